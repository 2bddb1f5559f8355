package dev.reeve.benchmarks.peers;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A program that keeps services running, and how it is used.
///
/// `program` is what must be in PATH, from Debian's package `debianPackage`. It is started in the stage's scan
/// directory by `start`, which may write files first; everything ends by `stopSignal`, and after it `stop`, if there
/// is one. `status` is what a user types to look.
record Supervisor(
        String name,
        String program,
        String debianPackage,
        Start start,
        int stopSignal,
        Optional<Words> stop,
        Optional<Status> status) {

    /// A command line that starts a supervisor.
    interface Start {
        List<String> command(Stage stage) throws IOException;
    }

    /// A command line about this stage.
    interface Words {
        List<String> command(Stage stage, String service);
    }

    /// What shows one service, and what shows all.
    record Status(Words ofOne, Words ofAll) {}

    /// What all their commands get on top of the environment.
    static Map<String, String> environment(Stage stage) {
        return Map.of("REEVE_SOCKET", stage.file("control.sock").toString());
    }

    /// The name, without what tells one reeve from another.
    String kind() {
        return name.replaceAll(":.*", "");
    }

    boolean isInstalled() {
        return Commands.exist(program);
    }
}
