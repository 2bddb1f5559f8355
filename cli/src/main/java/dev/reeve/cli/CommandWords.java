package dev.reeve.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A command line, taken apart at its command: what stands before that is reeve's own, what stands behind it may be
/// read by others' rules. `socket` is where the daemon listens, or null if that was not said.
record CommandWords(@Nullable Path socket, String command, List<String> words) {
    private static final String SOCKET = "--socket";

    static Optional<CommandWords> in(List<String> arguments) {
        Path socket = null;
        int next = 0;
        while (next < arguments.size() && arguments.get(next).startsWith("--")) {
            String option = arguments.get(next++);
            if (option.startsWith(SOCKET + "=")) {
                socket = Path.of(option.substring(SOCKET.length() + 1));
            } else if (option.equals(SOCKET) && next < arguments.size()) {
                socket = Path.of(arguments.get(next++));
            }
        }
        return next == arguments.size()
                ? Optional.empty()
                : Optional.of(
                        new CommandWords(socket, arguments.get(next), arguments.subList(next + 1, arguments.size())));
    }
}
