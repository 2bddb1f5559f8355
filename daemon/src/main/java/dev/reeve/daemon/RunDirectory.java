package dev.reeve.daemon;

import dev.reeve.bridge.ErrnoException;
import dev.reeve.bridge.Kernel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;

/// The daemon's own directory, locked for as long as the daemon lives: two daemons on one would run every service
/// twice.
final class RunDirectory implements AutoCloseable {
    private static final String LOCK = "lock";
    private static final int LOCK_MODE = 0644;

    private final Kernel kernel;
    private final int lock;

    private RunDirectory(Kernel kernel, int lock) {
        this.kernel = kernel;
        this.lock = lock;
    }

    /// Makes the directory, mode 0700, where there is none, and locks it. Throws an IOException that says what to
    /// do.
    static RunDirectory take(Kernel kernel, Path path) throws IOException {
        make(path);
        try {
            int directory = kernel.openDirectory(path.toString());
            try {
                int lock = kernel.openLockedAt(directory, LOCK, LOCK_MODE);
                if (lock == Kernel.WOULD_BLOCK) {
                    throw new IOException(
                            "another reeved runs in " + path + ": stop it first (reeve shutdown, or SIGTERM to"
                                    + " it), or choose another directory with --run");
                }
                return new RunDirectory(kernel, lock);
            } finally {
                kernel.close(directory);
            }
        } catch (ErrnoException e) {
            throw new IOException(
                    "the run directory " + path + " cannot be used: " + e.getMessage() + ". Choose another with --run",
                    e);
        }
    }

    /// Others may go through it, to a socket that is theirs to open; they can neither list it nor touch the lock.
    static void letOthersThrough(Path path) throws IOException {
        Files.setPosixFilePermissions(path.resolve(LOCK), PosixFilePermissions.fromString("rw-------"));
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwx--x--x"));
    }

    /// Whether everybody can go through it and all that is above it.
    static boolean isPassedByOthers(Path path) throws IOException {
        for (Path step = path.toRealPath(); step != null; step = step.getParent()) {
            if (!Files.getPosixFilePermissions(step).contains(PosixFilePermission.OTHERS_EXECUTE)) {
                return false;
            }
        }
        return true;
    }

    private static void make(Path path) throws IOException {
        if (Files.isDirectory(path)) {
            return;
        }
        try {
            Files.createDirectories(
                    path, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        } catch (IOException e) {
            throw new IOException(
                    "the run directory " + path + " cannot be made (" + e + "): choose another with --run", e);
        }
    }

    @Override
    public void close() {
        kernel.close(lock);
    }
}
