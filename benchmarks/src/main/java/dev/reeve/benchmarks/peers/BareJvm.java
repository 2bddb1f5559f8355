package dev.reeve.benchmarks.peers;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/// A program that does nothing, to tell what the JVM itself takes.
final class BareJvm {
    private static final double NANOS_A_MILLI = 1e6;

    private BareJvm() {}

    public static void main(String[] arguments) {}

    /// How long it takes from exec to its end on this Java, in milliseconds: with the options of a program that is to
    /// start quickly, and nothing on its class path but this class.
    static double millis(Path javaHome, Path classes) throws IOException {
        List<String> command = List.of(
                javaHome.resolve("bin/java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-XX:-UsePerfData",
                "-Xmx64m",
                "-cp",
                classes.toString(),
                BareJvm.class.getName());
        long before = System.nanoTime();
        Commands.run(command);
        return (System.nanoTime() - before) / NANOS_A_MILLI;
    }
}
