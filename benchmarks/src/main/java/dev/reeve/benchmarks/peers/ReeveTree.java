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
/// tells each pause.
///
/// The launchers read their options beside themselves, so `bin` is a copy, and the rest symlinks.
final class ReeveTree {
    /// Seen from the scan directory, in which the daemon is started, and in a stage.
    static final String COLLECTOR_LOG = "collector.log";

    private static final Path OPTIONS = Path.of("bin/lib/reeved.jvm-options");
    private static final Pattern PAUSE = Pattern.compile("Pause .* ([0-9.]+)ms$");

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
                "-Xlog:gc:file=../" + COLLECTOR_LOG + "::filecount=0\n",
                StandardOpenOption.APPEND);
        return tree;
    }

    /// The Java that the launchers of this tree take: a distribution's own, or the one that this JVM is.
    static Path javaHome(Path home) {
        Path own = home.resolve("jre");
        return Files.isDirectory(own) ? own : Path.of(System.getProperty("java.home"));
    }

    /// How long each pause was that such a log tells of, in milliseconds.
    static List<Double> pauses(Path collectorLog) throws IOException {
        try (Stream<String> lines = Files.lines(collectorLog)) {
            return lines.map(PAUSE::matcher)
                    .filter(Matcher::find)
                    .map(pause -> Double.valueOf(pause.group(1)))
                    .toList();
        }
    }
}
