package dev.reeve.bridge;

import java.util.Optional;
import java.util.OptionalInt;

/// What a child is to have otherwise than its parent: user, umask, niceness, a PID namespace of its own. Empty: as
/// the parent.
///
/// posix_spawn(3) has no words for these, but on Linux each of them belongs to a thread, and a child takes after
/// the thread that spawns it: so a thread is made that way, spawns, and ends.
public record ProcessAttributes(
        Optional<Credentials> credentials, OptionalInt umask, OptionalInt niceness, boolean ownPidNamespace) {

    /// Nothing special.
    public static final ProcessAttributes INHERITED =
            new ProcessAttributes(Optional.empty(), OptionalInt.empty(), OptionalInt.empty(), false);

    boolean areInherited() {
        return equals(INHERITED);
    }

    /// Whom a process acts as.
    public record Credentials(int user, int group, java.util.List<Integer> supplementaryGroups) {}
}
