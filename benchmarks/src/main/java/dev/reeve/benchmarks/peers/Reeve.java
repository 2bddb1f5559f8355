package dev.reeve.benchmarks.peers;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// reeve of one tree, whose daemon may be started from a copy of it.
final class Reeve extends Supervisor {
    private static final String NO_S6_FILES = "--no-s6-files";

    /// What it holds open for a service, with s6's files and without, and for itself.
    private static final int DESCRIPTORS_A_SERVICE = 8;

    private static final int DESCRIPTORS_WITHOUT_S6_FILES = 3;
    private static final int OWN_DESCRIPTORS = 100;

    private final Path client;
    private final Path daemon;
    private final List<String> options;
    private final int servicesMax;

    /// Without s6's files if the name ends in [Supervisors#NO_S6_FILES].
    Reeve(String name, Path home, Path daemonHome) throws IOException {
        super(name, "sh", "dash");
        client = home.resolve("bin/reeve");
        daemon = daemonHome.resolve("bin/reeved");
        boolean makesFiles = !name.endsWith(Supervisors.NO_S6_FILES);
        options = makesFiles ? List.of() : List.of(NO_S6_FILES);
        int each = makesFiles ? DESCRIPTORS_A_SERVICE : DESCRIPTORS_WITHOUT_S6_FILES;
        servicesMax = (Machine.descriptorsMax() - OWN_DESCRIPTORS) / each;
    }

    @Override
    List<String> start(Stage stage) {
        List<String> command = new ArrayList<>(
                List.of(daemon.toString(), "--scan", stage.scan().toString()));
        command.addAll(List.of("--run", stage.directory().toString()));
        command.addAll(options);
        return command;
    }

    @Override
    List<String> status(Stage stage, String service) {
        return List.of(client.toString(), "status", service);
    }

    @Override
    List<String> statusOfAll(Stage stage) {
        return List.of(client.toString(), "status");
    }

    @Override
    int servicesMax() {
        return servicesMax;
    }

    @Override
    Optional<Rescan> rescan() {
        return Optional.of(new Rescan(
                stage -> new ControlConnection(stage.file("control.sock")).channel(),
                "{\"id\":1,\"op\":\"rescan\"}\n"));
    }
}
