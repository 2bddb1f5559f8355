package dev.reeve.daemon.process;

import dev.reeve.bridge.Datagram.Sender;
import dev.reeve.bridge.ErrnoException;
import dev.reeve.bridge.Kernel;
import dev.reeve.daemon.config.NotifyAccess;

/// Knows which processes are a service's: that of `run`, or its main process if it has named another, those in the
/// session of either, and those that descend from either in other sessions (docs/decisions/011).
final class ServiceMembers {
    private static final int GENERATIONS_MAX = 32;

    private final Kernel kernel;

    ServiceMembers(Kernel kernel) {
        this.kernel = kernel;
    }

    /// Whether a message of this sender counts for the run of a service whose main process is `main`; `leader` is what
    /// was executed as `run`, if it lives, else `main` again.
    boolean include(Sender sender, int main, int leader, NotifySocket socket) throws ErrnoException {
        int pid = sender.pid();
        if (pid == main) {
            return true;
        }
        if (pid <= 0 || socket.access() == NotifyAccess.MAIN) {
            return false;
        }
        int session = kernel.sessionOf(pid);
        if (session == Kernel.NO_PROCESS) {
            // Gone already. Who acts as the service's own user could do anything to it, so is believed.
            return sender.user() == socket.user();
        }
        return belongs(pid, session, main, leader);
    }

    /// Whether this process lives and is one of that run's.
    boolean include(int pid, int main, int leader) throws ErrnoException {
        int session = kernel.sessionOf(pid);
        return session != Kernel.NO_PROCESS && belongs(pid, session, main, leader);
    }

    private boolean belongs(int pid, int session, int main, int leader) throws ErrnoException {
        return isItsSession(session, main, leader) || descends(pid, main, leader);
    }

    /// A session's number is no other's while a process is in it: so what `main` is in counts, even if it was made by
    /// a process that has gone. Those from outside of our PID namespace have one number, 0, and nothing in common.
    private boolean isItsSession(int session, int main, int leader) throws ErrnoException {
        return session > 0 && (session == main || session == leader || session == kernel.sessionOf(main));
    }

    private boolean descends(int pid, int main, int leader) {
        int ancestor = pid;
        for (int generation = 0; generation < GENERATIONS_MAX && ancestor > 1; generation++) {
            ancestor = kernel.parentOf(ancestor);
            if (ancestor == main || ancestor == leader) {
                return true;
            }
        }
        return false;
    }
}
