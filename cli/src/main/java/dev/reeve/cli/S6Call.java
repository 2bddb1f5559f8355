package dev.reeve.cli;

import dev.reeve.cli.s6.S6Verb;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A command line whose command is one of s6's verbs: what stands behind that is read by s6's rules, before
/// it by reeve's. `socket` is where the daemon listens, or null if that was not said.
record S6Call(S6Verb verb, @Nullable Path socket, List<String> words) {
    static Optional<S6Call> in(List<String> arguments) {
        return CommandWords.in(arguments).flatMap(S6Call::in);
    }

    private static Optional<S6Call> in(CommandWords line) {
        List<String> words = line.words();
        if (line.command().equals(CommandName.HELP.word()) && !words.isEmpty()) {
            return S6Verb.of(words.getFirst()).map(verb -> new S6Call(verb, line.socket(), List.of("--help")));
        }
        return S6Verb.of(line.command()).map(verb -> new S6Call(verb, line.socket(), words));
    }
}
