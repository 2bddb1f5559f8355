package dev.reeve.benchmarks.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// `bin/bench-report`: makes tables and plots of what `bin/bench-peers --json FILE` has written.
public final class BenchReport {
    private static final int EXIT_FAILED = 1;
    private static final int EXIT_USAGE = 2;
    private static final String USAGE = """
            Usage: bench-report FILE.json [DIR]

            Makes README.md and plots of what bin/bench-peers --json FILE.json has written, in DIR: by default
            docs/benchmarks of this tree.
            """;

    private static final String PSS = "PSS of supervising processes";
    private static final String KERNEL = "kernel memory beyond the floor's";

    private BenchReport() {}

    public static void main(String[] arguments) {
        if (List.of(arguments).contains("--help")) {
            System.out.print(USAGE);
            return;
        }
        if (arguments.length == 0 || arguments.length > 2 || arguments[0].startsWith("-")) {
            System.err.print(USAGE);
            System.exit(EXIT_USAGE);
        }
        Path home = Path.of(System.getProperty("reeve.home", "."));
        Path directory = arguments.length > 1 ? Path.of(arguments[1]) : home.resolve("docs/benchmarks");
        try {
            write(Run.read(Path.of(arguments[0])), directory);
        } catch (IOException e) {
            System.err.println("bench-report: no report could be made of " + arguments[0] + ": " + e);
            System.exit(EXIT_FAILED);
        }
        System.err.println("bench-report: " + directory.resolve("README.md"));
    }

    static void write(Run run, Path directory) throws IOException {
        Files.createDirectories(directory);
        int many = new Tables(run).many();
        Files.writeString(
                directory.resolve("latency.svg"),
                RangePlot.draw(
                        "Restart latency with %,d services".formatted(many),
                        "microseconds from the kill to the first instruction of the next process",
                        run.of("restart").stream()
                                .filter(row -> row.services() == many)
                                .toList(),
                        run.supervisors()));
        Files.writeString(
                directory.resolve("memory.svg"),
                LinePlot.draw("Memory that supervision takes, user and kernel", "MiB", memory(run), run.supervisors()));
        Files.writeString(
                directory.resolve("start.svg"),
                LinePlot.draw(
                        "Start, from exec of the supervisor until the last service runs",
                        "ms",
                        lines(run, "start of all, from exec"),
                        run.supervisors()));
        Files.writeString(directory.resolve("README.md"), new Tables(run).page());
    }

    private static List<LinePlot.Line> memory(Run run) {
        List<LinePlot.Line> lines = new ArrayList<>();
        for (LinePlot.Line line : lines(run, PSS)) {
            lines.add(new LinePlot.Line(
                    line.supervisor(),
                    line.points().stream()
                            .map(point -> new LinePlot.Point(
                                    point.services(),
                                    point.value() + kernel(run, (int) point.services(), line.supervisor())))
                            .toList()));
        }
        return lines;
    }

    private static double kernel(Run run, int services, String supervisor) {
        Optional<Run.Row> row = run.of(KERNEL, services, supervisor);
        return row.isPresent() ? Math.max(0, row.get().median()) : 0;
    }

    private static List<LinePlot.Line> lines(Run run, String scenario) {
        List<LinePlot.Line> lines = new ArrayList<>();
        for (String supervisor : run.supervisors()) {
            List<LinePlot.Point> points = run.of(scenario).stream()
                    .filter(row -> row.supervisor().equals(supervisor))
                    .map(row -> new LinePlot.Point(row.services(), row.median()))
                    .sorted((one, other) -> Double.compare(one.services(), other.services()))
                    .toList();
            if (!points.isEmpty()) {
                lines.add(new LinePlot.Line(supervisor, points));
            }
        }
        return lines;
    }
}
