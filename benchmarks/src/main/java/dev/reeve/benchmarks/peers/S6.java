package dev.reeve.benchmarks.peers;

import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;

/// s6-svscan and its s6-supervise processes.
final class S6 extends Supervisor {
    private static final int MORE_THAN_ENOUGH = 100;

    S6() {
        super(Supervisors.S6, "s6-svscan", "s6");
    }

    @Override
    List<String> start(Stage stage) {
        int services = stage.services().size() + MORE_THAN_ENOUGH;
        return List.of(
                "s6-svscan", "-c", Integer.toString(services), stage.scan().toString());
    }

    @Override
    List<String> status(Stage stage, String service) {
        return List.of("s6-svstat", service);
    }

    @Override
    List<String> statusOfAll(Stage stage) {
        return List.of("sh", "-c", "for service in *; do s6-svstat $service; done");
    }

    /// A fifo, which is there once it has been made. To open it for writing alone would wait for its reader, perhaps in
    /// vain, and be deaf to interrupts.
    @Override
    Optional<Rescan> rescan() {
        return Optional.of(new Rescan(
                stage -> FileChannel.open(
                        stage.scan().resolve(".s6-svscan/control"), StandardOpenOption.READ, StandardOpenOption.WRITE),
                "a"));
    }
}
