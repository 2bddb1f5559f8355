package dev.reeve.benchmarks.peers;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/// The command line of `bin/bench-peers`, and how much is measured. `work` is where files are made,
/// `homes` are the trees whose reeve is measured, `names` the supervisors that are wanted (all, if empty).
record BenchOptions(
        boolean quick, int rounds, Optional<Path> json, Optional<Path> work, List<Path> homes, List<String> names) {
    static final String USAGE = """
            Usage: bench-peers [--quick] [--rounds N] [--json FILE] [--work DIR] [--home DIR]... [NAME]...

            Measures reeve beside other supervisors (those named, or all that are installed), taking turns, and says
            which of reeve's targets are met. What is named reeve:no-s6-files is reeve with that option.
            bin/bench-report makes tables and plots of the JSON.

              --quick      under a minute: fewer samples, fewer services, and of reeve only what is as built
              --rounds N   how many lives of each supervisor; default 1, which takes some fifteen minutes. What
                           has not been measured after half an hour a round is left out, and told of
              --json FILE  writes one object a row, after one about the machine
              --work DIR   makes all files in this directory; default: /dev/shm, which is in memory as /run is,
                           or /tmp where no program can be executed in that
              --home DIR   measures the reeve that was built in this tree, or that is this distribution; may be
                           given more than once. Default: this tree, and what bin/dist has made of it
            """;

    private static final List<String> NAMES = List.of("floor", "reeve", "s6", "runit", "daemontools", "supervisor");

    /// The options; an IllegalArgumentException that says what is wrong with them.
    static BenchOptions parse(List<String> arguments) {
        boolean quick = arguments.contains("--quick");
        int rounds = 1;
        Optional<Path> json = Optional.empty();
        Optional<Path> work = Optional.empty();
        List<Path> homes = new ArrayList<>();
        List<String> names = new ArrayList<>();
        for (Iterator<String> rest = arguments.iterator(); rest.hasNext(); ) {
            String argument = rest.next();
            switch (argument) {
                case "--quick" -> {}
                case "--rounds" -> rounds = rounds(valueOf(argument, rest));
                case "--json" -> json = Optional.of(Path.of(valueOf(argument, rest)));
                case "--work" -> work = Optional.of(work(valueOf(argument, rest)));
                case "--home" -> homes.add(home(valueOf(argument, rest)));
                default -> names.add(known(argument));
            }
        }
        return new BenchOptions(quick, rounds, json, work, homes, names);
    }

    private static int rounds(String number) {
        if (!number.matches("[1-9][0-9]?")) {
            throw new IllegalArgumentException("--rounds takes a number from 1 to 99, not " + number);
        }
        return Integer.parseInt(number);
    }

    private static Path work(String directory) {
        Path work = Path.of(directory).toAbsolutePath().normalize();
        if (!WorkDirectory.holdsPrograms(work)) {
            throw new IllegalArgumentException("--work " + directory
                    + " cannot be used: name a directory in which files can be made and executed");
        }
        return work;
    }

    private static Path home(String directory) {
        Path home = Path.of(directory).toAbsolutePath().normalize();
        if (!Files.isExecutable(home.resolve("bin/reeved"))) {
            throw new IllegalArgumentException("--home " + directory
                    + " has no bin/reeved: name a tree in which bin/build was typed, or what bin/dist has made");
        }
        return home;
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

    boolean wants(String name) {
        return names.isEmpty() || names.contains(name);
    }

    /// What a run may take: twice what it takes beside others, three times where it is a quick one.
    Duration timeMax() {
        return Duration.ofMinutes(quick ? 3 : 30).multipliedBy(rounds);
    }

    /// How many services many are.
    int many() {
        return quick ? 100 : 1_000;
    }

    /// And the most, with which only some of it is measured.
    private int most() {
        return quick ? many() : 4_000;
    }

    /// For those that cannot have the most: thousands of services, more than many.
    private int mostUpTo(int servicesMax) {
        return servicesMax >= most() ? most() : Math.max(many(), servicesMax / many() * many());
    }

    /// How often a round starts every supervisor on one service.
    int livesAlone() {
        return quick ? 1 : 3;
    }

    /// How often that service is killed, the first time included.
    int restartsAlone() {
        return quick ? 3 : 8;
    }

    int restartsUnannounced() {
        return quick ? 0 : 3;
    }

    /// How often a round starts every supervisor, with each of [#sizes], only to look at it.
    int livesIdle() {
        return quick ? 0 : 2;
    }

    /// With how many services that is: one, many, and the most that it can have.
    SortedSet<Integer> sizes(Supervisor supervisor) {
        return new TreeSet<>(List.of(1, many(), mostUpTo(supervisor.servicesMax())));
    }

    /// How often a round has those that can start many services by a rescan.
    int rescansOfMany() {
        return quick ? 1 : 3;
    }

    /// How often it is counted how many requests a connection has answered.
    int roundTrips() {
        return quick ? 3 : 15;
    }

    /// How often a round types each command.
    int statuses() {
        return quick ? 1 : 8;
    }

    Life.Plan idleLife(int services) {
        return new Life.Plan(services, settling(), Duration.ZERO, Life.Load.NONE);
    }

    /// Over the rounds, 10,000 restarts by whom targets speak of, and a quarter of that by the others.
    Life.Plan lifeOfMany(Supervisor supervisor) {
        boolean isPeer = !supervisor.isReeve() && !supervisor.isFloor();
        int restarts = quick ? 100 : 10_000 / rounds / (isPeer ? 4 : 1);
        Duration time = Duration.ofSeconds(quick ? 1 : isPeer ? 6 : 40);
        Duration storm = Duration.ofSeconds(quick ? 0 : 4);
        return new Life.Plan(
                many(), settling(), idle(), new Life.Load(restarts, time, true, storm, statuses(), roundTrips()));
    }

    /// `services` is [#most], or what is left of it where not as many descriptors may be had.
    Life.Plan lifeOfMost(int services) {
        Life.Load restarts = new Life.Load(2_000, Duration.ofSeconds(4), false, Duration.ZERO, 0, 0);
        return new Life.Plan(services, settling(), idle(), restarts);
    }

    /// Some supervisors look again at what they started a second ago, which takes more time than a quick run has.
    private Duration settling() {
        return quick ? Duration.ZERO : Duration.ofMillis(1_100);
    }

    private Duration idle() {
        return Duration.ofSeconds(quick ? 1 : 5);
    }
}
