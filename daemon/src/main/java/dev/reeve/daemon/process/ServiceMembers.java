package dev.reeve.daemon.process;

import dev.reeve.bridge.Datagram.Sender;
import dev.reeve.bridge.ErrnoException;
import dev.reeve.bridge.Kernel;
import dev.reeve.daemon.config.NotifyAccess;

/// Knows which processes are a service's: that of `run`, those in its session, and those that descend from it in
/// other sessions (docs/decisions/011).
final class ServiceMembers {
    private static final int GENERATIONS_MAX = 32;

    private final Kernel kernel;

    ServiceMembers(Kernel kernel) {
        this.kernel = kernel;
    }

    /// Whether a message of this sender counts for the run of a service whose process is `main`.
    boolean include(Sender sender, int main, NotifySocket socket) throws ErrnoException {
        int pid = sender.pid();
        if (pid == main) {
            return true;
        }
        if (pid <= 0 || socket.access() == NotifyAccess.MAIN) {
            return false;
        }
        int session = kernel.sessionOf(pid);
        if (session == 0) {
            // Gone already. Who acts as the service's own user could do anything to it, so is believed.
            return sender.user() == socket.user();
        }
        return session == main || descends(pid, main);
    }

    private boolean descends(int pid, int main) {
        int ancestor = pid;
        for (int generation = 0; generation < GENERATIONS_MAX && ancestor > 1; generation++) {
            ancestor = kernel.parentOf(ancestor);
            if (ancestor == main) {
                return true;
            }
        }
        return false;
    }
}
