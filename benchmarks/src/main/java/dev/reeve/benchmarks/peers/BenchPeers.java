package dev.reeve.benchmarks.peers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// `bin/bench-peers`: reeve and other supervisors, measured in turns in one run on one machine, with the least that
/// a supervisor can do as the floor.
public final class BenchPeers {
    private static final int EXIT_USAGE = 2;

    private BenchPeers() {}

    public static void main(String[] arguments) throws IOException {
        Path home = Path.of(System.getProperty("reeve.home", "."));
        if (List.of(arguments).contains("--help")) {
            System.out.print(BenchOptions.USAGE);
            return;
        }
        BenchOptions options;
        try {
            options = BenchOptions.parse(List.of(arguments), home);
        } catch (IllegalArgumentException e) {
            System.err.println("bench-peers: " + e.getMessage());
            System.exit(EXIT_USAGE);
            return;
        }
        Results results = new Results(Supervisors.FLOOR, "reeve");
        System.out.println(Machine.words());
        if (Machine.isBusy()) {
            System.err.println("bench-peers: other work is under way here, and the figures will tell of that, too");
        }
        try (WorkDirectory work = new WorkDirectory()) {
            List<Supervisor> supervisors = supervisors(options, work);
            System.out.println(Machine.versions(
                    supervisors.stream().map(Supervisor::debianPackage).toList()));
            try (Bench bench = new Bench(work, supervisors, options, results)) {
                bench.run();
            }
        }
        System.out.print(results.table());
        if (options.json().isPresent()) {
            Files.write(options.json().get(), results.rows());
        }
    }

    private static List<Supervisor> supervisors(BenchOptions options, WorkDirectory work) {
        List<Supervisor> all = new ArrayList<>();
        all.add(Supervisors.floor(work));
        for (Path home : options.homes()) {
            String name = options.homes().size() == 1 ? "reeve" : "reeve:" + home.getFileName();
            all.add(Supervisors.reeve(name, home));
        }
        all.addAll(Supervisors.peers());
        if (!options.names().isEmpty()) {
            all.removeIf(one -> !options.names().contains(one.kind()));
        }
        List<Supervisor> missing =
                all.stream().filter(one -> !one.isInstalled()).toList();
        if (!missing.isEmpty()) {
            System.err.println("bench-peers: not installed, so left out: "
                    + String.join(", ", missing.stream().map(Supervisor::name).toList())
                    + ". To have them: apt-get install "
                    + String.join(
                            " ", missing.stream().map(Supervisor::debianPackage).toList()));
        }
        all.removeAll(missing);
        return all;
    }
}
