package dev.reeve.cli.s6;

import dev.reeve.cli.s6.Options.Option;

/// What is waited for: that services are up or down, and ready in that (s6's capital letters), perhaps after
/// having been down.
record WaitFor(boolean up, boolean ready, boolean restart) {
    /// The letters of getopt(3) for it.
    static final String LETTERS = "uUdDrR";

    static final WaitFor UP = new WaitFor(true, false, false);

    static boolean isOne(Option option) {
        return LETTERS.indexOf(option.letter()) >= 0;
    }

    /// As one of [#LETTERS] has it.
    static WaitFor of(char letter) {
        return new WaitFor(
                letter != 'd' && letter != 'D', Character.isUpperCase(letter), letter == 'r' || letter == 'R');
    }

    /// The same without the readiness.
    WaitFor unready() {
        return new WaitFor(up, false, restart);
    }
}
