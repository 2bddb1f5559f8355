package dev.reeve.bridge;

import java.util.OptionalInt;

/// What a child is to have otherwise than its parent: umask, niceness, a PID namespace of its own. Empty: as the
/// parent.
///
/// posix_spawn(3) has no words for these, but on Linux each of them belongs to a thread, and a child takes after
/// the thread that spawns it: so a thread is made that way, spawns, and ends. The user is not among them: a user may
/// kill a thread that acts as that user, and the daemon with it (kill(2) takes a thread's number).
public record ProcessAttributes(OptionalInt umask, OptionalInt niceness, boolean ownPidNamespace) {

    /// Nothing special.
    public static final ProcessAttributes INHERITED =
            new ProcessAttributes(OptionalInt.empty(), OptionalInt.empty(), false);

    boolean areInherited() {
        return umask.isEmpty() && niceness.isEmpty() && !ownPidNamespace;
    }
}
