package dev.reeve.benchmarks.peers;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;
import java.util.Set;

/// A directory that everything measured lives in: programs, services, supervisors. What is left when it is closed or
/// this JVM ends, files and processes, goes with it.
public final class WorkDirectory implements AutoCloseable {
    /// A file system of memory, as /run is.
    private static final Path IN_MEMORY = Path.of("/dev/shm");

    private final Path path;
    private int stages;
    private int names;

    public WorkDirectory() throws IOException {
        this(usualParent());
    }

    /// Makes it in this one.
    WorkDirectory(Path parent) throws IOException {
        path = Files.createTempDirectory(parent, "reeve-bench-").toRealPath();
        Runtime.getRuntime().addShutdownHook(new Thread(this::close));
        compile("service");
        compile("finish");
        compile("floor");
    }

    /// In memory, where that may be had: services stand in /run as a rule, and a disk is busy for seconds with what was
    /// written and removed before, of which one supervisor has more than another.
    static Path usualParent() {
        return holdsPrograms(IN_MEMORY) ? IN_MEMORY : Path.of(System.getProperty("java.io.tmpdir"));
    }

    /// Whether files can be made and executed there: in a container /dev/shm is often mounted `noexec`.
    static boolean holdsPrograms(Path directory) {
        try {
            Path program = Files.createTempFile(
                    directory,
                    "reeve-bench-",
                    "",
                    PosixFilePermissions.asFileAttribute(Set.of(PosixFilePermission.OWNER_EXECUTE)));
            try {
                return Files.isExecutable(program);
            } finally {
                Files.delete(program);
            }
        } catch (IOException _) {
            return false;
        }
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

    @Override
    public synchronized void close() {
        if (Files.exists(path)) {
            Removal.remove(path);
            // Whoever was about to start a supervisor when this JVM was told to end either has, or finds no directory.
            Removal.killAllIn(path);
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
}
