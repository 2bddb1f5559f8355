package dev.reeve.daemon.boot;

import dev.reeve.bridge.ErrnoException;
import dev.reeve.bridge.Kernel;
import dev.reeve.bridge.Machine;
import dev.reeve.bridge.Machine.MountOrder;
import dev.reeve.bridge.SpawnOrder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;

/// What is left of this machine, as /proc has it.
public final class LinuxRemains implements TheEnd.Remains {
    private static final Path PROC = Path.of("/proc");
    private static final int NAMED_MAX = 10;

    private final Kernel kernel;
    private final Machine machine;
    private final InitOptions options;
    private final List<byte[]> environment;

    /// `environment` is that of services, and of the script.
    public LinuxRemains(Kernel kernel, Machine machine, InitOptions options, List<byte[]> environment) {
        this.kernel = kernel;
        this.machine = machine;
        this.options = options;
        this.environment = environment;
    }

    @Override
    public boolean haveDisks() {
        return !options.inContainer();
    }

    /// Kernel threads have no command line, and neither has a zombie.
    @Override
    public List<String> survivors() throws IOException, ErrnoException {
        mountProc();
        List<String> names = new ArrayList<>();
        try (DirectoryStream<Path> processes = Files.newDirectoryStream(PROC, "{[2-9]*,1?*}")) {
            for (Path process : processes) {
                if (names.size() < NAMED_MAX
                        && !text(process.resolve("cmdline")).isEmpty()) {
                    names.add(process.getFileName() + " ("
                            + text(process.resolve("comm")).strip() + ")");
                }
            }
        }
        return names;
    }

    @Override
    public long unwrittenBytes() throws IOException, ErrnoException {
        mountProc();
        return text(PROC.resolve("meminfo"))
                .lines()
                .filter(line -> line.startsWith("Dirty:") || line.startsWith("Writeback:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) * 1024)
                .sum();
    }

    /// One a line, below a heading.
    @Override
    public List<String> swaps() throws IOException, ErrnoException {
        mountProc();
        Path swaps = PROC.resolve("swaps");
        if (!Files.exists(swaps)) {
            // A kernel without swap.
            return List.of();
        }
        return text(swaps)
                .lines()
                .skip(1)
                .map(line -> MountPoint.unescaped(line.split("[ \t]", 2)[0]))
                .toList();
    }

    @Override
    public String mounts() throws IOException, ErrnoException {
        mountProc();
        return text(PROC.resolve("mounts"));
    }

    @Override
    public boolean runFinalScript() throws ErrnoException {
        String script = options.script("rc.shutdown.final");
        if (!Files.exists(Path.of(script))) {
            return false;
        }
        int root = kernel.openDirectory("/");
        int pid = kernel.spawn(new SpawnOrder(root, script, List.of(script), environment, List.of()));
        OptionalInt ended = machine.awaitAnyChild();
        while (ended.isPresent() && ended.getAsInt() != pid) {
            ended = machine.awaitAnyChild();
        }
        return true;
    }

    /// Nobody has mounted it, or somebody has unmounted it already.
    private void mountProc() throws ErrnoException {
        if (!Files.exists(PROC.resolve("mounts"))) {
            machine.mount(new MountOrder("proc", PROC.toString(), "proc", Set.of(), ""));
        }
    }

    /// Whatever bytes there are in it.
    private static String text(Path file) throws IOException {
        return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    }
}
