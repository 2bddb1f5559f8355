package dev.reeve.daemon.process;

import dev.reeve.bridge.Errno;
import dev.reeve.bridge.ErrnoException;
import dev.reeve.bridge.Kernel;
import dev.reeve.daemon.log.Log;
import dev.reeve.daemon.process.ServiceProcess.Child;
import dev.reeve.daemon.service.Program;
import org.jspecify.annotations.Nullable;

/// Makes another process of a service its main process, as that has asked for by `MAINPID=` (docs/decisions/011).
final class Succession {
    private static final String STRANGER = "is none of its own";

    private final SpawnSupplies supplies;
    private final Kernel kernel;
    private final ServiceMembers members;
    private final Children children;
    private final Reaper reaper;
    private final Log log;

    Succession(SpawnSupplies supplies, ServiceMembers members, Children children, Reaper reaper) {
        this.supplies = supplies;
        this.kernel = supplies.kernel();
        this.members = members;
        this.children = children;
        this.reaper = reaper;
        this.log = supplies.log();
    }

    /// A process that is heard has said that this is the main one.
    void told(ServiceProcess service, NotifySocket socket, int pid) {
        @Nullable Child main = service.child;
        @Nullable Child leader = service.leader;
        if (main == null || main.program() != Program.RUN || main.pid() == pid) {
            return;
        }
        if (leader != null && leader.pid() == pid) {
            children.goBackTo(service, leader, main);
            return;
        }
        if (pid <= 1 || pid == kernel.pid() || reaper.isKnown(pid)) {
            passOver(service, STRANGER);
            return;
        }
        try {
            open(service, socket, main, pid);
        } catch (ErrnoException e) {
            passOver(service, "cannot be watched: " + Errno.describe(e.errno()));
        }
    }

    /// What a number means is asked once its process is held: it may become another's until then, and not be believed
    /// then, or have ended, which is told.
    private void open(ServiceProcess service, NotifySocket socket, Child main, int pid) throws ErrnoException {
        try (Descriptors opened = new Descriptors(kernel)) {
            int pidfd = supplies.limit().taking(() -> kernel.openPidfd(pid));
            opened.add(pidfd);
            if (!members.include(pid, main.pid(), service.leaderPid(main)) && !isItsOrphan(socket, pid)) {
                passOver(service, STRANGER);
                return;
            }
            opened.release(pidfd);
            children.goOnAs(service, main, new SpawnedProcess(pid, pidfd));
        }
    }

    /// Whether it is nobody else's, and has become a child of ours: it went into the background, and those between it
    /// and `run` have ended, so that no trace leads to it. Only who has our rights is believed that.
    private boolean isItsOrphan(NotifySocket socket, int pid) throws ErrnoException {
        int session = kernel.sessionOf(pid);
        return socket.user() == kernel.effectiveUser()
                && kernel.parentOf(pid) == kernel.pid()
                && session > 0
                && !reaper.isKnown(session);
    }

    /// Without its number, so that a storm of them is one line and a number.
    private void passOver(ServiceProcess service, String why) {
        log.warning("service " + service.name() + ": a MAINPID= is passed over, since that process " + why);
    }
}
