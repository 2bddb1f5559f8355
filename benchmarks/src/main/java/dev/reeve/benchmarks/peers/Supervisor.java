package dev.reeve.benchmarks.peers;

import java.io.IOException;
import java.nio.channels.WritableByteChannel;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A program that keeps services running, and how it is used. What a command line is of is a [Stage]; an empty one is
/// of what this supervisor has not.
abstract class Supervisor {
    private static final int SIGTERM = 15;

    private final String name;
    private final String program;
    private final String debianPackage;

    /// `program` is what must be in PATH, from Debian's package `debianPackage`.
    Supervisor(String name, String program, String debianPackage) {
        this.name = name;
        this.program = program;
        this.debianPackage = debianPackage;
    }

    /// The command line that starts it in the stage's scan directory. May write files first.
    abstract List<String> start(Stage stage) throws IOException;

    /// Has everything end.
    int stopSignal() {
        return SIGTERM;
    }

    /// What is to be run after that signal.
    List<String> stop(Stage stage) {
        return List.of();
    }

    /// What a user types to look at one service.
    List<String> status(Stage stage, String service) {
        return List.of();
    }

    /// What a user types to look at all.
    List<String> statusOfAll(Stage stage) {
        return List.of();
    }

    /// More services it does not take.
    int servicesMax() {
        return Integer.MAX_VALUE;
    }

    /// If it can be told to look at its scan directory again.
    Optional<Rescan> rescan() {
        return Optional.empty();
    }

    /// What has it look again: `words`, written to what `door` opens, which fails until there is somebody behind it.
    record Rescan(Door door, String words) {
        interface Door {
            WritableByteChannel open(Stage stage) throws IOException;
        }
    }

    /// What all their commands get on top of the environment.
    static Map<String, String> environment(Stage stage) {
        return Map.of("REEVE_SOCKET", stage.file("control.sock").toString());
    }

    final String name() {
        return name;
    }

    /// The name, without what tells one reeve from another.
    final String kind() {
        return name.replaceAll(":.*", "");
    }

    final String debianPackage() {
        return debianPackage;
    }

    final boolean isReeve() {
        return kind().equals(Supervisors.REEVE);
    }

    final boolean isFloor() {
        return name.equals(Supervisors.FLOOR);
    }

    final boolean isInstalled() {
        return Commands.exist(program);
    }
}
