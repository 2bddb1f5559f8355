package dev.reeve.cli;

import dev.reeve.cli.s6.S6Verb;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A command line whose command is one of s6's verbs: what stands behind that is read by s6's rules, before
/// it by reeve's. `socket` is where the daemon listens, or null if that was not said.
record S6Call(S6Verb verb, @Nullable Path socket, List<String> words) {
    private static final String SOCKET = "--socket";

    static Optional<S6Call> in(List<String> arguments) {
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
        if (next == arguments.size()) {
            return Optional.empty();
        }
        @Nullable Path named = socket;
        List<String> words = arguments.subList(next + 1, arguments.size());
        if (arguments.get(next).equals(CommandName.HELP.word()) && !words.isEmpty()) {
            return S6Verb.of(words.getFirst()).map(verb -> new S6Call(verb, named, List.of("--help")));
        }
        return S6Verb.of(arguments.get(next)).map(verb -> new S6Call(verb, named, words));
    }
}
