package dev.reeve.benchmarks.peers;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/// A program that does nothing, to tell what the JVM itself takes: the floor of all that runs on one.
final class BareJvm {
    private static final double NANOS_A_MILLI = 1e6;

    private BareJvm() {}

    public static void main(String[] arguments) {}

    /// How long it takes from exec to its end, in milliseconds: with the options of a program that is to start
    /// quickly, and nothing on its class path but this class. It runs on the Java that this JVM is, for reeve's
    /// own runtimes, too: a JDK comes with an archive of its classes, which a runtime that was made for one
    /// program lacks, and needs half the time. `-Xint` would need a tenth less, but nobody has a program run so.
    static double millis(Path classes) throws IOException {
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin/java").toString(),
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
