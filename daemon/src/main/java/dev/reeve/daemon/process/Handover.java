package dev.reeve.daemon.process;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What tells `run` of the descriptors that it is handed, by their names and in their order, from 3 on
/// (sd_listen_fds(3)).
record Handover(List<String> names) {
    static final int FIRST = 3;
    static final Handover NONE = new Handover(List.of());

    /// posix_spawn(3) does not tell the pid before there is a process, and a process's environment is its own: so
    /// the process sets this variable itself, before it becomes `run`.
    static final String SHELL = "/bin/sh";

    private static final String SAY_PID = "LISTEN_PID=$$; export LISTEN_PID; exec \"$@\"";

    boolean isEmpty() {
        return names.isEmpty();
    }

    /// The first number that is none of theirs.
    int end() {
        return FIRST + names.size();
    }

    Map<String, Optional<String>> environment() {
        return isEmpty()
                ? Map.of()
                : Map.of(
                        "LISTEN_FDS",
                        Optional.of(Integer.toString(names.size())),
                        "LISTEN_FDNAMES",
                        Optional.of(String.join(":", names)));
    }

    /// What is executed before `run`.
    List<String> words() {
        return isEmpty() ? List.of() : List.of(SHELL, "-c", SAY_PID, "sh");
    }
}
