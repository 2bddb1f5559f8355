package dev.reeve.daemon.boot;

import dev.reeve.bridge.ErrnoException;
import dev.reeve.bridge.Kernel;
import dev.reeve.bridge.Machine;
import dev.reeve.bridge.Machine.MountOrder;
import dev.reeve.bridge.SpawnOrder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;

/// What is left of a machine when everybody has ended.
public final class LinuxRemains implements TheEnd.Remains {
    private static final Path MOUNTS = Path.of("/proc/mounts");

    private final Kernel kernel;
    private final Machine machine;
    private final String finalScript;
    private final List<byte[]> environment;

    public LinuxRemains(Kernel kernel, Machine machine, InitOptions options, List<byte[]> environment) {
        this.kernel = kernel;
        this.machine = machine;
        this.finalScript = options.script("rc.shutdown.final");
        this.environment = environment;
    }

    @Override
    public String mounts() throws IOException, ErrnoException {
        if (!Files.exists(MOUNTS)) {
            // Nobody has mounted it, or somebody has unmounted it already.
            machine.mount(new MountOrder("proc", "/proc", "proc", Set.of(), ""));
        }
        // Whatever bytes there are in it.
        return new String(Files.readAllBytes(MOUNTS), StandardCharsets.UTF_8);
    }

    @Override
    public void runFinalScript() throws ErrnoException {
        if (!Files.exists(Path.of(finalScript))) {
            return;
        }
        int root = kernel.openDirectory("/");
        int pid = kernel.spawn(new SpawnOrder(root, finalScript, List.of(finalScript), environment, List.of()));
        OptionalInt ended = machine.awaitAnyChild();
        while (ended.isPresent() && ended.getAsInt() != pid) {
            ended = machine.awaitAnyChild();
        }
    }
}
