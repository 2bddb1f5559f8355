package dev.reeve.benchmarks.peers;

import java.io.IOException;
import java.nio.channels.WritableByteChannel;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A program that keeps services running, and how it is used.
///
/// `program` is what must be in PATH, from Debian's package `debianPackage`. It is started in the stage's scan
/// directory by `start`, which may write files first; everything ends by `stopSignal`, and after it `stop`, if there
/// is one. `status` is what a user types to look. More than `servicesMax` services it does not take.
record Supervisor(
        String name,
        String program,
        String debianPackage,
        Start start,
        int stopSignal,
        Optional<Words> stop,
        Optional<Status> status,
        int servicesMax,
        Optional<Rescan> rescan) {

    Supervisor(String name, String program, String debianPackage, int stopSignal, Start start) {
        this(
                name,
                program,
                debianPackage,
                start,
                stopSignal,
                Optional.empty(),
                Optional.empty(),
                Integer.MAX_VALUE,
                Optional.empty());
    }

    Supervisor stoppedBy(Words words) {
        return new Supervisor(
                name, program, debianPackage, start, stopSignal, Optional.of(words), status, servicesMax, rescan);
    }

    Supervisor shownBy(Words ofOne, Words ofAll) {
        return new Supervisor(
                name,
                program,
                debianPackage,
                start,
                stopSignal,
                stop,
                Optional.of(new Status(ofOne, ofAll)),
                servicesMax,
                rescan);
    }

    Supervisor upTo(int services) {
        return new Supervisor(name, program, debianPackage, start, stopSignal, stop, status, services, rescan);
    }

    Supervisor rescanning(Rescan by) {
        return new Supervisor(
                name, program, debianPackage, start, stopSignal, stop, status, servicesMax, Optional.of(by));
    }

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

    /// What has it look at its scan directory again: `words`, written to what `door` opens, which fails until there is
    /// somebody behind it.
    record Rescan(Door door, String words) {
        interface Door {
            WritableByteChannel open(Stage stage) throws IOException;
        }
    }

    /// What all their commands get on top of the environment.
    static Map<String, String> environment(Stage stage) {
        return Map.of("REEVE_SOCKET", stage.file("control.sock").toString());
    }

    /// The name, without what tells one reeve from another.
    String kind() {
        return name.replaceAll(":.*", "");
    }

    boolean isReeve() {
        return kind().equals(Supervisors.REEVE);
    }

    boolean isFloor() {
        return name.equals(Supervisors.FLOOR);
    }

    boolean isInstalled() {
        return Commands.exist(program);
    }
}
