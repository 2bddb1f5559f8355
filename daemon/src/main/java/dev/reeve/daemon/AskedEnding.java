package dev.reeve.daemon;

import dev.reeve.bridge.Machine.Ending;

/// What the machine is to come to, as whoever asked last wants it. Any thread may ask.
final class AskedEnding {
    /// Where nobody has said it: services that all end by themselves are no reason to stay off.
    private volatile Ending ending = Ending.RESTART;

    void ask(Ending asked) {
        ending = asked;
    }

    Ending get() {
        return ending;
    }
}
