package dev.reeve.protocol;

/// What became of a line that claims to be a [Request].
public sealed interface Decoded {

    /// It is one.
    record Ok(Request request) implements Decoded {}

    /// It is none: `reason` says what to write instead. `id` is the one it carries, or 0 where none could be read.
    record Bad(long id, String reason) implements Decoded {}
}
