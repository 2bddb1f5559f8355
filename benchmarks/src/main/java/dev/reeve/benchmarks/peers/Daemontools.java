package dev.reeve.benchmarks.peers;

import java.util.List;
import java.util.stream.Stream;

/// svscan and its supervise processes, which go on without it until `svc -dx` ends them.
final class Daemontools extends Supervisor {
    /// SERVICES in svscan.c.
    private static final int SERVICES_MAX = 1_000;

    Daemontools() {
        super("daemontools", "svscan", "daemontools");
    }

    @Override
    List<String> start(Stage stage) {
        return List.of("svscan", stage.scan().toString());
    }

    @Override
    List<String> stop(Stage stage) {
        Stream<String> services =
                stage.services().stream().map(name -> stage.service(name).toString());
        return Stream.concat(Stream.of("svc", "-dx"), services).toList();
    }

    @Override
    List<String> status(Stage stage, String service) {
        return List.of("svstat", service);
    }

    @Override
    List<String> statusOfAll(Stage stage) {
        return List.of("sh", "-c", "svstat *");
    }

    @Override
    int servicesMax() {
        return SERVICES_MAX;
    }
}
