package dev.reeve.daemon.process;

import dev.reeve.bridge.Errno;
import dev.reeve.bridge.ErrnoException;
import dev.reeve.bridge.Kernel;

/// The lock of a service with a `lock-fd`: `supervise/service-lock`, held by the process, and by what inherits the
/// descriptor from it, so that no second instance starts while one lives (s6's servicedir.html).
///
/// No symlink is followed: whoever owns the service directory could have root make a file anywhere.
final class ServiceLock {
    private static final String SUPERVISE = "supervise";
    private static final String LOCK = "service-lock";
    private static final int SUPERVISE_MODE = 0700;
    private static final int LOCK_MODE = 0644;

    private ServiceLock() {}

    /// The descriptor of the lock, taken.
    static int take(SpawnSupplies supplies, ServiceDirectory directory) throws CannotLaunch {
        Kernel kernel = supplies.kernel();
        try {
            boolean made = kernel.makeDirectoryAt(directory.fd(), SUPERVISE, SUPERVISE_MODE);
            int supervise = supplies.limit().taking(() -> kernel.openRealDirectoryAt(directory.fd(), SUPERVISE));
            try {
                int lock = supplies.limit().taking(() -> kernel.openLockedAt(supervise, LOCK, LOCK_MODE));
                if (lock == Kernel.WOULD_BLOCK) {
                    throw new CannotLaunch("lock-fd: another process holds " + SUPERVISE + "/" + LOCK
                            + (made ? "" : ", left by an earlier run perhaps; fuser(1) names it"));
                }
                return lock;
            } finally {
                kernel.close(supervise);
            }
        } catch (ErrnoException e) {
            if (e.errno() == Errno.ENOTDIR) {
                throw new CannotLaunch("lock-fd: " + SUPERVISE
                        + " is a symlink, which is not followed, or no directory: remove it, and reeved makes one");
            }
            throw new CannotLaunch("lock-fd: " + e.getMessage());
        }
    }
}
