package dev.reeve.cli.s6;

import java.util.ArrayList;
import java.util.List;

/// A command line as getopt(3) reads it: letters, several behind one hyphen if one likes; the argument of a
/// letter stands behind it, at once or as the next word; options end with the first word that is none, or
/// with `--`.
///
/// `given` are the options in their order, `operands` what follows them.
record Options(List<Option> given, List<String> operands) {

    /// An option, and its argument, which is empty for one that takes none.
    record Option(char letter, String argument) {}

    /// Of `letters`, those with a colon behind them take an argument.
    static Options read(List<String> words, String letters) throws Unknown {
        List<Option> given = new ArrayList<>();
        int next = 0;
        while (next < words.size()) {
            String word = words.get(next);
            if (word.length() < 2 || word.charAt(0) != '-') {
                break;
            }
            next++;
            if (word.equals("--")) {
                break;
            }
            for (int i = 1; i < word.length(); i++) {
                char letter = word.charAt(i);
                int known = letter == ':' ? -1 : letters.indexOf(letter);
                if (known < 0) {
                    throw new Unknown();
                }
                if (!letters.startsWith(":", known + 1)) {
                    given.add(new Option(letter, ""));
                    continue;
                }
                boolean isAttached = i + 1 < word.length();
                if (!isAttached && next == words.size()) {
                    throw new Unknown();
                }
                given.add(new Option(letter, isAttached ? word.substring(i + 1) : words.get(next++)));
                break;
            }
        }
        return new Options(List.copyOf(given), List.copyOf(words.subList(next, words.size())));
    }

    /// A letter that there is none of, or one that lacks its argument.
    static final class Unknown extends Exception {
        @java.io.Serial
        private static final long serialVersionUID = 1L;
    }
}
