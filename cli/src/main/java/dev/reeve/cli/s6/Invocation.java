package dev.reeve.cli.s6;

import dev.reeve.cli.outside.ClientFailure;
import dev.reeve.cli.outside.Output;
import dev.reeve.cli.outside.Surroundings;
import java.util.List;

/// One verb, the words behind it, and what it finds around it.
record Invocation(S6Verb verb, List<String> words, Surroundings surroundings, Daemons daemons) {

    /// The words as getopt(3) reads them.
    Options options(String letters) throws Fatal {
        try {
            return Options.read(words, letters);
        } catch (Options.Unknown e) {
            throw usage();
        }
    }

    Fatal usage() {
        return Fatal.usage(verb);
    }

    /// A number of milliseconds, or of anything else, as s6 reads it.
    int number(String text) throws Fatal {
        try {
            if (!text.isEmpty() && Character.isDigit(text.charAt(0))) {
                return Integer.parseUnsignedInt(text);
            }
        } catch (NumberFormatException e) {
            // Said below.
        }
        throw usage();
    }

    void print(String line) throws ClientFailure {
        new Output(surroundings.out()).line(line);
    }

    void warn(String sentence) {
        S6Client.tell(surroundings, verb, "warning: " + sentence);
    }
}
