package dev.reeve.daemon.process;

import dev.reeve.bridge.ErrnoException;
import dev.reeve.bridge.Kernel;
import dev.reeve.daemon.log.Log;

/// Makes the file `down` of a service, or removes it.
public final class DownFileErrand implements Errand {
    private static final String DOWN = "down";
    private static final int MODE = 0644;

    private final Kernel kernel;
    private final Log log;
    private final ServiceDirectory directory;
    private final boolean isKept;
    private final Runnable homecoming;

    DownFileErrand(Kernel kernel, Log log, ServiceDirectory directory, boolean isKept, Runnable homecoming) {
        this.kernel = kernel;
        this.log = log;
        this.directory = directory;
        this.isKept = isKept;
        this.homecoming = homecoming;
    }

    @Override
    public Runnable run() {
        try {
            put(kernel, directory.fd(), isKept);
        } catch (ErrnoException e) {
            log.warning("service " + directory.name() + ": " + failure(isKept) + e.getMessage());
        }
        return homecoming;
    }

    @Override
    public void failed(Throwable cause) {
        log.bug("writing the file down of service " + directory.name(), cause);
        homecoming.run();
    }

    /// Makes the file in this directory if it is not there, or removes it. May block.
    public static void put(Kernel kernel, int directoryFd, boolean isKept) throws ErrnoException {
        if (!isKept) {
            kernel.removeFileAt(directoryFd, DOWN);
        } else if (kernel.statusAt(directoryFd, DOWN) == null) {
            kernel.replaceFileAt(directoryFd, DOWN, new byte[0], MODE);
        }
    }

    /// What it means where that fails, the beginning of a sentence that the reason ends.
    public static String failure(boolean isKept) {
        return "its file down cannot be " + (isKept ? "made" : "removed") + ", which was asked for: ";
    }
}
