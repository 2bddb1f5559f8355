package dev.reeve.benchmarks.peers;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/// The command line of `bin/bench-peers`. `homes` are the trees whose reeve is measured, `names` the supervisors
/// that are wanted (all, if empty).
record BenchOptions(boolean quick, int rounds, Optional<Path> json, List<Path> homes, List<String> names) {
    static final String USAGE = """
            Usage: bench-peers [--quick] [--rounds N] [--json FILE] [--home DIR]... [NAME]...

            Measures reeve beside other supervisors (those named, or all that are installed), taking turns.

              --quick      under a minute, with fewer samples
              --rounds N   how many lives of each supervisor; default 3, with --quick 1
              --json FILE  writes one object a row
              --home DIR   measures the reeve that was built in this tree; may be given more than once
            """;

    private static final List<String> NAMES = List.of("floor", "reeve", "s6", "runit", "daemontools", "supervisor");

    /// The options; an IllegalArgumentException that says what is wrong with them.
    static BenchOptions parse(List<String> arguments, Path home) {
        boolean quick = arguments.contains("--quick");
        int rounds = quick ? 1 : 3;
        Optional<Path> json = Optional.empty();
        List<Path> homes = new ArrayList<>();
        List<String> names = new ArrayList<>();
        for (Iterator<String> rest = arguments.iterator(); rest.hasNext(); ) {
            String argument = rest.next();
            switch (argument) {
                case "--quick" -> {}
                case "--rounds" -> rounds = Integer.parseInt(valueOf(argument, rest));
                case "--json" -> json = Optional.of(Path.of(valueOf(argument, rest)));
                case "--home" -> homes.add(Path.of(valueOf(argument, rest)).toAbsolutePath());
                default -> names.add(known(argument));
            }
        }
        return new BenchOptions(quick, rounds, json, homes.isEmpty() ? List.of(home) : homes, names);
    }

    private static String known(String name) {
        if (!NAMES.contains(name)) {
            throw new IllegalArgumentException(name + " is none of " + String.join(", ", NAMES) + "; see --help");
        }
        return name;
    }

    private static String valueOf(String option, Iterator<String> rest) {
        if (!rest.hasNext()) {
            throw new IllegalArgumentException(option + " needs a value after it");
        }
        return rest.next();
    }

    /// How many services many are.
    int many() {
        return quick ? 200 : 1_000;
    }

    /// How often a round starts every supervisor on one service.
    int livesAlone() {
        return quick ? 1 : 3;
    }

    /// How often that service is killed, the first time included.
    int restartsAlone() {
        return quick ? 3 : 8;
    }

    int restartsOfMany() {
        return quick ? 300 : 3_400;
    }

    /// For those that wait a second before each.
    Duration restartsTime() {
        return Duration.ofSeconds(quick ? 2 : 20);
    }

    int statuses() {
        return quick ? 3 : 10;
    }

    /// Some supervisors look again at what they started a second ago.
    Duration settling() {
        return Duration.ofMillis(quick ? 1_500 : 2_000);
    }

    Duration idle() {
        return Duration.ofSeconds(quick ? 2 : 10);
    }
}
