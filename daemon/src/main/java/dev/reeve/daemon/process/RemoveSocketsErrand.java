package dev.reeve.daemon.process;

import dev.reeve.daemon.service.ServiceName;
import java.util.List;

/// Removes the files of a service's sockets that were closed.
record RemoveSocketsErrand(SpawnSupplies supplies, ServiceName name, ListeningSockets sockets, List<OpenSocket> closed)
        implements Errand {
    @Override
    public Runnable run() {
        sockets.removeFiles(supplies, name, closed);
        return () -> {};
    }

    @Override
    public void failed(Throwable cause) {
        supplies.log().bug("removing the sockets of " + name, cause);
    }
}
