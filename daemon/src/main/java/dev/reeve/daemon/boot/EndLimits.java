package dev.reeve.daemon.boot;

import java.time.Duration;

/// How long each step of a machine's end may take. `grace` is that of processes that were told to end; it ends
/// sooner when nobody is left.
public record EndLimits(
        Duration grace,
        Duration killed,
        Duration writing,
        Duration unmount,
        Duration allUnmounts,
        Duration finalScript) {

    /// As long as s6-linux-init gives them (S6-BEHAVIOUR 1.6), and for the rest what a disk under load may need.
    public static final EndLimits USUAL = new EndLimits(
            Duration.ofSeconds(3),
            Duration.ofSeconds(2),
            Duration.ofSeconds(30),
            Duration.ofSeconds(10),
            Duration.ofSeconds(60),
            Duration.ofSeconds(30));

    /// The same, with another grace.
    public EndLimits withGrace(Duration other) {
        return new EndLimits(other, killed, writing, unmount, allUnmounts, finalScript);
    }
}
