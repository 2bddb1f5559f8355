package dev.reeve.daemon.s6;

import dev.reeve.bridge.Errno;
import dev.reeve.bridge.ErrnoException;
import dev.reeve.bridge.Kernel;
import dev.reeve.bridge.Kernel.Symlink;
import dev.reeve.daemon.process.DescriptorLimit;
import dev.reeve.daemon.process.DirectoryGate.CannotHold;
import dev.reeve.daemon.process.DownFileErrand;
import dev.reeve.daemon.service.Moment;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// `supervise/` of a service directory, its lock held, and `event/` beside it. May block, so only errands use it; but
/// for [#controlFd] and [#close].
///
/// Both may be symlinks, as s6 has it for service directories on a read-only disk, and where one leads to nothing, that
/// is made; but only symlinks of this process's own user or of root's: another who owns the service directory could
/// have files made anywhere.
final class SuperviseDirectory {
    /// Descriptors that it keeps open.
    static final int DESCRIPTORS = 5;

    private static final String NAME = "supervise";
    private static final String LOCK = "lock";
    private static final String CONTROL = "control";
    private static final String STATUS = "status";
    private static final String DOWN = "down";
    private static final String ITSELF = ".";
    private static final int PRIVATE = 0700;
    private static final int CONTROL_MODE = 0600;
    private static final int FILE_MODE = 0644;

    private final Kernel kernel;
    private final DescriptorLimit limit;
    private final int service;
    private final int supervise;
    private final int lock;
    private final int control;
    private final EventDirectory event;
    private final DeathTally deaths;

    private SuperviseDirectory(
            Kernel kernel,
            DescriptorLimit limit,
            int service,
            int supervise,
            int lock,
            int control,
            EventDirectory event) {
        this.kernel = kernel;
        this.limit = limit;
        this.service = service;
        this.supervise = supervise;
        this.lock = lock;
        this.control = control;
        this.event = event;
        this.deaths = new DeathTally(kernel, service, supervise);
    }

    /// Makes what is missing, and takes the lock.
    static SuperviseDirectory take(Kernel kernel, DescriptorLimit limit, int serviceFd)
            throws ErrnoException, CannotHold {
        List<Integer> open = new ArrayList<>(DESCRIPTORS);
        try {
            boolean isNew = makeDirectory(kernel, serviceFd, NAME, PRIVATE);
            int supervise = opened(open, openDirectory(kernel, limit, serviceFd, NAME, PRIVATE));
            int lock = limit.taking(() -> kernel.openLockedAt(supervise, LOCK, FILE_MODE));
            if (lock == Kernel.WOULD_BLOCK) {
                throw new CannotHold("another process holds " + NAME + "/" + LOCK
                        + ", s6-supervise perhaps (fuser(1) names it): end that first, then use reeve rescan");
            }
            opened(open, lock);
            if (!isNew) {
                kernel.removeFileAt(supervise, STATUS);
            }
            boolean hasNewEvents = makeDirectory(kernel, serviceFd, EventDirectory.NAME, EventDirectory.MODE);
            int eventFd =
                    opened(open, openDirectory(kernel, limit, serviceFd, EventDirectory.NAME, EventDirectory.MODE));
            EventDirectory event = new EventDirectory(kernel, limit, eventFd);
            if (!hasNewEvents) {
                event.sweep();
            }
            DeathTally.clear(kernel, supervise);
            int service = opened(open, limit.taking(() -> kernel.openDirectoryAt(serviceFd, ITSELF)));
            int control = opened(open, openControl(kernel, limit, supervise));
            // Last: whoever can read it, s6-svstat for one, finds all else ready to be used.
            boolean wantedUp = kernel.statusAt(serviceFd, DOWN) == null;
            kernel.replaceFileAt(
                    supervise,
                    STATUS,
                    Status.notStartedYet(Instant.now(), wantedUp).bytes(),
                    FILE_MODE);
            open.clear();
            return new SuperviseDirectory(kernel, limit, service, supervise, lock, control, event);
        } finally {
            open.forEach(kernel::close);
        }
    }

    /// The fifo by which s6-svc gives orders, to be read on the loop.
    int controlFd() {
        return control;
    }

    /// What is wrong with the service's own files is told to `complaints`.
    void deliver(Delivery delivery, Consumer<String> complaints) throws ErrnoException {
        switch (delivery) {
            case Announcement announcement -> announce(announcement, complaints);
            case DownFile(boolean isKept) -> DownFileErrand.put(kernel, service, isKept);
        }
    }

    /// Tells the events that were held until now, see [#heldUntil].
    void tellHeld() throws ErrnoException {
        event.tellDue();
    }

    /// Until when events are held that were delivered; [Moment#NEVER] where none are.
    Moment heldUntil() {
        return event.heldUntil();
    }

    /// No event is held from now on.
    void hurry() {
        event.hurry();
    }

    /// Whoever waits for an event is told of it even where the rest cannot be written.
    private void announce(Announcement announcement, Consumer<String> complaints) throws ErrnoException {
        try {
            if (!announcement.deaths().isEmpty()) {
                deaths.add(announcement.deaths(), complaints);
            }
        } finally {
            show(announcement);
        }
    }

    private void show(Announcement announcement) throws ErrnoException {
        try {
            if (announcement.status().isPresent()) {
                byte[] status = announcement.status().get().bytes();
                limit.taking(() -> {
                    kernel.replaceFileAt(supervise, STATUS, status, FILE_MODE);
                    return status;
                });
            }
        } finally {
            if (!announcement.events().isEmpty()) {
                event.announce(announcement.events());
            }
        }
    }

    /// Gives the lock back, and everything else but the control fifo, which whoever reads it closes.
    void close() {
        event.close();
        kernel.close(service);
        kernel.close(supervise);
        kernel.close(lock);
    }

    private static int opened(List<Integer> open, int fd) {
        open.add(fd);
        return fd;
    }

    private static int openControl(Kernel kernel, DescriptorLimit limit, int supervise) throws ErrnoException {
        try {
            kernel.makeFifoAt(supervise, CONTROL, CONTROL_MODE);
        } catch (ErrnoException e) {
            if (e.errno() != Errno.EEXIST) {
                throw e;
            }
        }
        return limit.taking(() -> kernel.openFifoAt(supervise, CONTROL));
    }

    /// Where it is a symlink to nothing, that is made.
    private static int openDirectory(Kernel kernel, DescriptorLimit limit, int serviceFd, String name, int mode)
            throws ErrnoException, CannotHold {
        try {
            return limit.taking(() -> kernel.openRealDirectoryAt(serviceFd, name));
        } catch (ErrnoException e) {
            if (e.errno() != Errno.ENOTDIR) {
                throw e;
            }
        }
        String target = trustedTarget(kernel, serviceFd, name);
        makeDirectory(kernel, serviceFd, target, mode);
        return limit.taking(() -> kernel.openDirectoryAt(serviceFd, target));
    }

    /// Whether there was none.
    private static boolean makeDirectory(Kernel kernel, int serviceFd, String name, int mode) throws ErrnoException {
        boolean isNew = kernel.makeDirectoryAt(serviceFd, name, PRIVATE);
        if (isNew && mode != PRIVATE) {
            kernel.setDirectoryModeAt(serviceFd, name, mode);
        }
        return isNew;
    }

    private static String trustedTarget(Kernel kernel, int serviceFd, String name) throws ErrnoException, CannotHold {
        @Nullable Symlink link = kernel.readLinkAt(serviceFd, name);
        if (link == null) {
            throw new CannotHold(name + " is no directory: remove it, and reeved makes one");
        }
        if (!link.isTrustedBy(kernel.effectiveUser())) {
            throw new CannotHold(name + " is a symlink of user " + Integer.toUnsignedString(link.owner())
                    + ", which is not followed: have it made by the user that reeved runs as");
        }
        return link.target();
    }
}
