package dev.reeve.daemon.s6;

import dev.reeve.bridge.Errno;
import dev.reeve.bridge.ErrnoException;
import dev.reeve.bridge.Kernel;
import dev.reeve.daemon.log.Log;
import org.jspecify.annotations.Nullable;

/// `.s6-svscan/` in the scan directory, its lock held, so that no s6-svscan and no second reeved serves that directory
/// (s6-svscan.html). Taken before the loop runs, because it may block.
public final class SvscanDirectory implements AutoCloseable {
    /// Where everything about a scan directory as a whole is, seen from there.
    public static final String NAME = ".s6-svscan";

    private static final String LOCK = "lock";
    private static final String CONTROL = "control";
    private static final int DIRECTORY_MODE = 0700;
    private static final int FILE_MODE = 0600;

    private final Kernel kernel;
    private final int scanDirectory;
    private final int lock;
    private final int control;

    private SvscanDirectory(Kernel kernel, int scanDirectory, int lock, int control) {
        this.kernel = kernel;
        this.scanDirectory = scanDirectory;
        this.lock = lock;
        this.control = control;
    }

    /// Why a scan directory cannot be served, in a sentence that says what to do.
    public static final class CannotServe extends Exception {
        private static final long serialVersionUID = 1;

        CannotServe(String problem) {
            super(problem);
        }
    }

    /// The same, but nothing where nothing may be written: the daemon does without, and the log says so.
    public static @Nullable SvscanDirectory takeIfWritable(Kernel kernel, String path, Log log)
            throws CannotServe, ErrnoException {
        try {
            return take(kernel, path);
        } catch (ErrnoException e) {
            if (!SuperviseGate.CANNOT_WRITE.contains(e.errno())) {
                throw e;
            }
            log.warning("s6-svscanctl cannot reach reeved, since " + path + "/" + NAME + " cannot be made ("
                    + e.getMessage() + "): use reeve rescan and reeve shutdown");
            return null;
        }
    }

    /// Makes what is missing, and takes the lock.
    public static SvscanDirectory take(Kernel kernel, String path) throws CannotServe, ErrnoException {
        int scanDirectory = kernel.openDirectory(path);
        boolean taken = false;
        try {
            int directory = openOrMake(kernel, scanDirectory, path);
            try {
                SvscanDirectory svscan = take(kernel, path, scanDirectory, directory);
                taken = true;
                return svscan;
            } finally {
                kernel.close(directory);
            }
        } finally {
            if (!taken) {
                kernel.close(scanDirectory);
            }
        }
    }

    private static SvscanDirectory take(Kernel kernel, String path, int scanDirectory, int directory)
            throws CannotServe, ErrnoException {
        int lock = kernel.openLockedAt(directory, LOCK, FILE_MODE);
        if (lock == Kernel.WOULD_BLOCK) {
            throw new CannotServe("the scan directory " + path + " is served by another process, s6-svscan or reeved"
                    + " (fuser(1) on its " + NAME + "/" + LOCK + " names it): end that first");
        }
        try {
            return new SvscanDirectory(kernel, scanDirectory, lock, openControl(kernel, path, directory));
        } catch (CannotServe | ErrnoException e) {
            kernel.close(lock);
            throw e;
        }
    }

    /// The scan directory itself.
    public int scanDirectoryFd() {
        return scanDirectory;
    }

    /// The fifo by which s6-svscanctl gives orders, to be read on the loop; whoever reads it closes it.
    int controlFd() {
        return control;
    }

    /// Gives the scan directory back.
    @Override
    public void close() {
        kernel.close(lock);
        kernel.close(scanDirectory);
    }

    private static int openOrMake(Kernel kernel, int scanDirectory, String path) throws CannotServe, ErrnoException {
        kernel.makeDirectoryAt(scanDirectory, NAME, DIRECTORY_MODE);
        try {
            return kernel.openDirectoryAt(scanDirectory, NAME);
        } catch (ErrnoException e) {
            if (e.errno() == Errno.ENOTDIR) {
                throw new CannotServe(path + "/" + NAME + " is no directory: remove it, and reeved makes one");
            }
            throw e;
        }
    }

    private static int openControl(Kernel kernel, String path, int directory) throws CannotServe, ErrnoException {
        try {
            kernel.makeFifoAt(directory, CONTROL, FILE_MODE);
        } catch (ErrnoException e) {
            if (e.errno() != Errno.EEXIST) {
                throw e;
            }
        }
        try {
            return kernel.openFifoAt(directory, CONTROL);
        } catch (ErrnoException e) {
            if (e.errno() == Errno.ENXIO || e.errno() == Errno.ELOOP) {
                throw new CannotServe(
                        path + "/" + NAME + "/" + CONTROL + " is no fifo: remove it, and reeved makes one");
            }
            throw e;
        }
    }
}
