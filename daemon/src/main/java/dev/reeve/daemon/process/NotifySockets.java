package dev.reeve.daemon.process;

import dev.reeve.bridge.ErrnoException;
import dev.reeve.bridge.Kernel;
import dev.reeve.daemon.config.NotifyAccess;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/// The sockets by which services say how they are (sd_notify(3)): files of a directory in the run directory, each by
/// the number of its service. May block, so only errands use it.
///
/// Who can reach a socket is no matter of trust, for every message has its sender: what the modes do is to keep others
/// from filling it. A service that acts as a user of its own has it for itself. One that is root's may become
/// anybody's in its `run`, so everybody can write to its socket. Where others cannot get to the run directory, a
/// service of root's, or one that root makes another user's, has an abstract socket instead.
public final class NotifySockets {
    private static final String DIRECTORY = "notify";
    private static final int DIRECTORY_MODE = 0711;
    private static final int ITS_OWN = 0600;
    private static final int EVERYBODYS = 0666;
    private static final int ROOT = 0;

    /// What sockaddr_un has room for, less its final NUL (unix(7)).
    private static final int PATH_BYTES_MAX = 107;

    private final Kernel kernel;
    private final String runDirectory;
    private final WayThrough wayThrough;
    private boolean prepared;
    private boolean abstractly;

    /// Lets other users go through the run directory, and answers whether they get there.
    @FunctionalInterface
    public interface WayThrough {
        boolean open() throws IOException;
    }

    /// Nothing is made before a service wants a socket.
    public NotifySockets(Kernel kernel, String runDirectory, WayThrough wayThrough) {
        this.kernel = kernel;
        this.runDirectory = runDirectory;
        this.wayThrough = wayThrough;
    }

    /// Makes a service's socket, in the place of that of its last run.
    NotifySocket bind(long number, int user, NotifyAccess access, DescriptorLimit limit) throws CannotLaunch {
        try {
            String path = path(number);
            requireShort(path);
            remove(number);
            boolean isAnybodys = user == ROOT && kernel.effectiveUser() == ROOT;
            int mode = isAnybodys ? EVERYBODYS : ITS_OWN;
            int fd = limit.taking(() -> kernel.bindDatagramSocket(path, mode, user));
            return new NotifySocket(fd, path, user, access);
        } catch (ErrnoException | IOException e) {
            throw new CannotLaunch("notify-socket: its socket cannot be made: " + e.getMessage());
        }
    }

    /// An abstract name that somebody else may have taken already would keep a service from starting: so nobody
    /// knows it beforehand.
    private String path(long number) throws ErrnoException, IOException {
        prepare();
        String path = runDirectory + "/" + DIRECTORY + "/" + number;
        return abstractly ? "@" + path + "." + Long.toHexString(kernel.monotonicNanos()) : path;
    }

    private static void requireShort(String path) throws CannotLaunch {
        int length = path.getBytes(StandardCharsets.UTF_8).length;
        if (length > PATH_BYTES_MAX) {
            throw new CannotLaunch("notify-socket: the path of its socket, " + path + ", has " + length
                    + " bytes, and the kernel takes at most " + PATH_BYTES_MAX
                    + ": start reeved with a shorter one (--run)");
        }
    }

    /// The service wants none any more.
    void remove(long number) throws ErrnoException {
        int run = kernel.openDirectory(runDirectory);
        try {
            int sockets = kernel.openRealDirectoryAt(run, DIRECTORY);
            try {
                kernel.removeFileAt(sockets, Long.toString(number));
            } finally {
                kernel.close(sockets);
            }
        } finally {
            kernel.close(run);
        }
    }

    /// A daemon that was killed leaves its sockets behind; nobody listens there any more.
    private synchronized void prepare() throws ErrnoException, IOException {
        if (prepared) {
            return;
        }
        int run = kernel.openDirectory(runDirectory);
        try {
            kernel.makeDirectoryAt(run, DIRECTORY, DIRECTORY_MODE);
            kernel.setDirectoryModeAt(run, DIRECTORY, DIRECTORY_MODE);
            int sockets = kernel.openRealDirectoryAt(run, DIRECTORY);
            try {
                for (String left : kernel.listDirectory(sockets)) {
                    kernel.removeFileAt(sockets, left);
                }
            } finally {
                kernel.close(sockets);
            }
        } finally {
            kernel.close(run);
        }
        if (kernel.effectiveUser() == ROOT) {
            abstractly = !wayThrough.open();
        }
        prepared = true;
    }
}
