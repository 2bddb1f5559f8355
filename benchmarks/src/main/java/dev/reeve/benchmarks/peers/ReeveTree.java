package dev.reeve.benchmarks.peers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// A tree of reeve's (as built, or a distribution) that is measured as it is, but for one more option: its collector
/// tells each pause, and what came before it.
///
/// The launchers read their options beside themselves, so `bin` is a copy, and the rest symlinks.
final class ReeveTree {
    /// Seen from the scan directory, in which the daemon is started, and in a stage.
    static final String COLLECTOR_LOG = "collector.log";

    private static final Path OPTIONS = Path.of("bin/lib/reeved.jvm-options");
    private static final Pattern PAUSE = Pattern.compile("Pause .* ([0-9.]+)ms$");
    private static final Pattern STOPPING =
            Pattern.compile("Safepoint \"Serial[A-Za-z]+\", .*Reaching safepoint: ([0-9]+) ns");
    private static final double NANOS_A_MILLI = 1e6;

    private ReeveTree() {}

    static Path listening(Path home, WorkDirectory work) throws IOException {
        Path tree = work.newStage();
        try (Stream<Path> entries = Files.list(home)) {
            for (Path entry : entries.filter(Files::isDirectory).toList()) {
                if (!entry.endsWith("bin")) {
                    Files.createSymbolicLink(tree.resolve(entry.getFileName()), entry);
                }
            }
        }
        Commands.run("cp", "-pR", home.resolve("bin").toString(), tree.toString());
        Files.writeString(
                tree.resolve(OPTIONS),
                "-Xlog:gc,safepoint:file=../" + COLLECTOR_LOG + "::filecount=0\n",
                StandardOpenOption.APPEND);
        return tree;
    }

    /// How long each pause was that such a log tells of, in milliseconds.
    static List<Double> pauses(Path collectorLog) throws IOException {
        return figures(collectorLog, PAUSE);
    }

    /// How long it took before each pause until all threads had stopped, in milliseconds.
    static List<Double> stoppings(Path collectorLog) throws IOException {
        return figures(collectorLog, STOPPING).stream()
                .map(nanos -> nanos / NANOS_A_MILLI)
                .toList();
    }

    private static List<Double> figures(Path log, Pattern pattern) throws IOException {
        try (Stream<String> lines = Files.lines(log)) {
            return lines.map(pattern::matcher)
                    .filter(Matcher::find)
                    .map(line -> Double.valueOf(line.group(1)))
                    .toList();
        }
    }
}
