package dev.reeve.benchmarks.peers;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/// A directory that everything measured lives in: programs, services, supervisors. What is left when it is closed or
/// this JVM ends, files and processes, goes with it.
public final class WorkDirectory implements AutoCloseable {
    private static final int SWEEPS_MAX = 20;
    private static final int STAGES_REMOVED_AT_ONCE = 20;

    private final Path path;
    private int stages;
    private int names;

    public WorkDirectory() throws IOException {
        path = Files.createTempDirectory("reeve-bench-").toRealPath();
        Runtime.getRuntime().addShutdownHook(new Thread(this::close));
        compile("service");
        compile("finish");
        compile("floor");
    }

    /// A name that nothing else on this machine has.
    synchronized String newName() {
        return path.getFileName() + "-" + ++names;
    }

    /// A compiled program of this package.
    Path program(String name) {
        return path.resolve(name);
    }

    /// Where the class of [BareJvm] is, and nothing else.
    Path classes() throws IOException {
        Path classes = path.resolve("classes");
        String file = BareJvm.class.getName().replace('.', '/') + ".class";
        Files.createDirectories(classes.resolve(file).getParent());
        if (!Files.exists(classes.resolve(file))) {
            try (InputStream bytes = BareJvm.class.getResourceAsStream("BareJvm.class")) {
                Files.copy(Objects.requireNonNull(bytes), classes.resolve(file));
            }
        }
        return classes;
    }

    /// A new directory for one supervisor and its services.
    synchronized Path newStage() throws IOException {
        return Files.createDirectory(path.resolve(Integer.toString(++stages)));
    }

    private void compile(String name) throws IOException {
        Path source = path.resolve(name + ".c");
        try (InputStream text = WorkDirectory.class.getResourceAsStream(name + ".c")) {
            Files.copy(Objects.requireNonNull(text), source);
        }
        try {
            Commands.run("gcc", "-O2", "-static", "-o", path.resolve(name).toString(), source.toString());
        } catch (IOException e) {
            throw new IOException("needs a C compiler: apt-get install gcc libc6-dev (" + e.getMessage() + ")", e);
        }
    }

    /// Kills every process that stands in this directory or below: supervisors are started in that of their stage, and
    /// what they start stands in the directories of the services.
    void killAllIn(Path directory) {
        for (int sweep = 0; sweep < SWEEPS_MAX; sweep++) {
            List<ProcessHandle> ours = new ArrayList<>(ProcessHandle.allProcesses()
                    .filter(process -> standsIn(process, directory))
                    .toList());
            if (ours.isEmpty()) {
                return;
            }
            ours.forEach(ProcessHandle::destroyForcibly);
        }
    }

    private static boolean standsIn(ProcessHandle process, Path directory) {
        try {
            return Files.readSymbolicLink(Path.of("/proc", Long.toString(process.pid()), "cwd"))
                    .startsWith(directory);
        } catch (IOException _) {
            // It ended meanwhile, or is another user's, or a kernel thread.
            return false;
        }
    }

    @Override
    public synchronized void close() {
        killAllIn(path);
        if (Files.exists(path)) {
            if (stages > STAGES_REMOVED_AT_ONCE) {
                Watchdog.say("removing the files of all those services, which may take a minute");
            }
            delete(path);
            // Whoever was about to start a supervisor when this JVM was told to end either has, or finds no directory.
            killAllIn(path);
            removeGroups();
        }
    }

    private void removeGroups() {
        try {
            if (MemoryGroup.isPossible()) {
                MemoryGroup.removeAll(path.getFileName() + "-");
            }
        } catch (IOException e) {
            System.err.println("left behind: a memory cgroup (" + e.getMessage() + ")");
        }
    }

    private static void delete(Path tree) {
        try (Stream<Path> files = Files.walk(tree)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException | UncheckedIOException e) {
            System.err.println("left behind: " + tree + " (" + e.getMessage() + ")");
        }
    }
}
