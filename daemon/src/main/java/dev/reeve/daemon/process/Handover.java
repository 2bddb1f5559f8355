package dev.reeve.daemon.process;

import dev.reeve.bridge.SpawnOrder.PassedFd;
import dev.reeve.daemon.process.StoredDescriptors.Stored;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/// The descriptors that `run` is handed, from 3 on in their order, and what tells it of them (sd_listen_fds(3)).
/// Those below `end` are kept free for them.
record Handover(List<Integer> descriptors, List<String> names, int end) {
    private static final int FIRST = 3;

    /// Nothing is handed over.
    static final Handover NONE = new Handover(List.of(), List.of(), FIRST);

    /// posix_spawn(3) does not tell the pid before there is a process, and a process's environment is its own: so
    /// the process sets this variable itself, before it becomes `run`.
    static final String SHELL = "/bin/sh";

    private static final String SAY_PID = "LISTEN_PID=$$; export LISTEN_PID; exec \"$@\"";

    /// First the sockets, then as many of those it has stored as may be.
    static Handover of(List<OpenSocket> sockets, List<Stored> stored, int storedMax) {
        List<Integer> descriptors = new ArrayList<>(sockets.size() + stored.size());
        List<String> names = new ArrayList<>(sockets.size() + stored.size());
        for (OpenSocket socket : sockets) {
            descriptors.add(socket.fd());
            names.add(socket.settings().name());
        }
        for (Stored kept : stored.subList(0, Math.min(stored.size(), storedMax))) {
            descriptors.add(kept.fd());
            names.add(kept.name());
        }
        return new Handover(descriptors, names, FIRST + sockets.size() + storedMax);
    }

    boolean isEmpty() {
        return names.isEmpty();
    }

    List<PassedFd> passed() {
        List<PassedFd> passed = new ArrayList<>(descriptors.size());
        for (int i = 0; i < descriptors.size(); i++) {
            passed.add(new PassedFd(descriptors.get(i), FIRST + i));
        }
        return passed;
    }

    /// The descriptor that this file names is to be none of theirs.
    void requireFree(String file, OptionalInt descriptor) throws CannotLaunch {
        if (descriptor.isPresent() && descriptor.getAsInt() >= FIRST && descriptor.getAsInt() < end) {
            throw new CannotLaunch(file + " is " + descriptor.getAsInt() + ", but the descriptors from " + FIRST
                    + " to " + (end - 1) + " are those of listen/ and fd-store: choose " + end + " or more");
        }
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
