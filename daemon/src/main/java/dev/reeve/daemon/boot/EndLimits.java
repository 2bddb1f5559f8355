package dev.reeve.daemon.boot;

import java.time.Duration;

/// How long each step of a machine's end may take.
///
/// - `grace`: processes that were told to end; less when nobody is left
/// - `killed`: processes that were killed, which end at once unless a disk or a server keeps them
/// - `writingStalled`: writing to the disks, without getting on; `writing`: even if it gets on
/// - `unmount`: unmounting one file system; `allUnmounts`: all of them together
/// - `finalScript`: `rc.shutdown.final`
public record EndLimits(
        Duration grace,
        Duration killed,
        Duration writingStalled,
        Duration writing,
        Duration unmount,
        Duration allUnmounts,
        Duration finalScript) {

    /// s6-linux-init's grace (s6-linux-init's documentation), and for the rest more than a disk under load needs.
    public static final EndLimits USUAL = new EndLimits(
            Duration.ofSeconds(3),
            Duration.ofSeconds(2),
            Duration.ofSeconds(10),
            Duration.ofMinutes(5),
            Duration.ofSeconds(10),
            Duration.ofSeconds(60),
            Duration.ofSeconds(30));

    /// With another grace.
    public EndLimits withGrace(Duration other) {
        return new EndLimits(other, killed, writingStalled, writing, unmount, allUnmounts, finalScript);
    }
}
