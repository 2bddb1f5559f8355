package dev.reeve.benchmarks.peers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/// `bin/bench-peers`: reeve and other supervisors, measured in turns in one run on one machine, with the least that
/// a supervisor can do as the floor.
public final class BenchPeers {
    private static final int EXIT_FAILED = 1;
    private static final int EXIT_USAGE = 2;

    private BenchPeers() {}

    public static void main(String[] arguments) {
        if (List.of(arguments).contains("--help")) {
            System.out.print(BenchOptions.USAGE);
            return;
        }
        try {
            run(BenchOptions.parse(List.of(arguments)), String.join(" ", arguments));
        } catch (IllegalArgumentException e) {
            Watchdog.say("" + e.getMessage());
            System.exit(EXIT_USAGE);
        } catch (IOException e) {
            Watchdog.say("given up: " + e.getMessage());
            System.exit(EXIT_FAILED);
        }
    }

    private static void run(BenchOptions options, String arguments) throws IOException {
        if (Machine.isBusy()) {
            Watchdog.say("other work is under way here, and the figures will tell of that, too");
        }
        if (options.json().isPresent()) {
            beginWriting(options.json().get());
        }
        Path home = Path.of(System.getProperty("reeve.home", "."));
        Results results = new Results();
        Path place = options.work().orElseGet(WorkDirectory::usualParent);
        String machine = Machine.words(place);
        System.out.println(machine);
        try (WorkDirectory work = new WorkDirectory(place);
                Watchdog watchdog = new Watchdog(options.timeMax())) {
            List<Supervisor> supervisors = supervisors(options, home, work);
            String versions = Machine.versions(
                    supervisors.stream().map(Supervisor::debianPackage).toList());
            System.out.println(versions);
            new Bench(work, supervisors, options, results, watchdog).run();
            new MemorySplit(results, Supervisors.FLOOR).add();
            List<Targets.Verdict> verdicts = new Targets(results, options.many()).verdicts();
            System.out.println(results.table(List.of(Supervisors.FLOOR, Supervisors.REEVE)));
            verdicts.forEach(verdict -> System.out.print(verdict.words()));
            if (options.json().isPresent()) {
                Report report = new Report(machine, versions, arguments);
                Files.write(options.json().get(), report.lines(results, verdicts, watchdog.missing()));
            }
            watchdog.missing().forEach(one -> System.out.println("Missing: " + one.what() + " (" + one.why() + ")"));
            Watchdog.say("took " + watchdog.clock());
        }
    }

    /// Who may not write there is to hear of it now, and not in a quarter of an hour; until then what was there stays.
    private static void beginWriting(Path json) throws IOException {
        try {
            Files.newOutputStream(json, StandardOpenOption.CREATE, StandardOpenOption.APPEND)
                    .close();
        } catch (IOException e) {
            throw new IOException("--json " + json + " cannot be written (" + e + ")", e);
        }
    }

    private static List<Supervisor> supervisors(BenchOptions options, Path home, WorkDirectory work)
            throws IOException {
        List<Supervisor> all = new ArrayList<>();
        all.add(new Floor(work));
        if (options.wants(Supervisors.REEVE)) {
            all.addAll(reeves(options, home, work));
        }
        all.addAll(Supervisors.peers());
        all.removeIf(one -> !options.wants(one.kind()));
        List<Supervisor> missing =
                all.stream().filter(one -> !one.isInstalled()).toList();
        if (!missing.isEmpty()) {
            Watchdog.say("not installed, so left out: "
                    + String.join(", ", missing.stream().map(Supervisor::name).toList())
                    + ". To have them: apt-get install "
                    + String.join(
                            " ", missing.stream().map(Supervisor::debianPackage).toList()));
            all.removeAll(missing);
        }
        return all;
    }

    /// The first tree's, without s6's files, too, where there is time for that; and those of the others.
    private static List<Supervisor> reeves(BenchOptions options, Path home, WorkDirectory work) throws IOException {
        List<Path> homes = options.homes().isEmpty() ? ownHomes(home, options.quick()) : options.homes();
        List<Supervisor> reeves = new ArrayList<>();
        for (Path each : homes) {
            Path daemonHome = ReeveTree.listening(each, work);
            if (reeves.isEmpty()) {
                reeves.add(new Reeve(Supervisors.REEVE, each, daemonHome));
                if (!options.quick()) {
                    reeves.add(new Reeve(Supervisors.REEVE + Supervisors.NO_S6_FILES, each, daemonHome));
                }
            } else {
                reeves.add(new Reeve(Supervisors.REEVE + ":" + each.getFileName(), each, daemonHome));
            }
        }
        return reeves;
    }

    private static List<Path> ownHomes(Path home, boolean quick) {
        Path distribution = home.resolve("target/dist");
        if (quick) {
            return List.of(home);
        }
        if (!Files.isDirectory(distribution)) {
            Watchdog.say("the distribution is left out: bin/dist makes it");
            return List.of(home);
        }
        return List.of(home, distribution);
    }
}
