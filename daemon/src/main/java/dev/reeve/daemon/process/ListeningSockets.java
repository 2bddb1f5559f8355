package dev.reeve.daemon.process;

import dev.reeve.bridge.ErrnoException;
import dev.reeve.bridge.Kernel;
import dev.reeve.daemon.config.ListenSettings;
import dev.reeve.daemon.service.ServiceName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/// The sockets that a service is handed. They stay open from one run to the next, so that whoever connects
/// meanwhile waits and is not refused.
///
/// They belong to the errand that spawns `run` while that is out, of which there is one at a time, and to the
/// loop's thread otherwise.
final class ListeningSockets {
    private volatile List<OpenSocket> open = List.of();

    /// Only errands take it: it keeps one that removes the file of a closed socket from removing a newer one's.
    private final ReentrantLock files = new ReentrantLock();

    int count() {
        return open.size();
    }

    /// Has those open that are wanted, and no others, and answers them in the order wanted: one that was open for
    /// the same address stays that very socket. **Blocks** for as long as the disk does. Those that could be opened
    /// stay open where another could not.
    List<OpenSocket> openAll(SpawnSupplies supplies, ServiceName name, List<ListenSettings> wanted)
            throws CannotLaunch {
        SocketOpening opening = new SocketOpening(supplies);
        files.lock();
        try {
            closeOthers(supplies, opening, name, wanted);
            List<OpenSocket> handed = new ArrayList<>(wanted.size());
            for (ListenSettings settings : wanted) {
                handed.add(openOne(supplies, opening, settings, handed));
            }
            return handed;
        } finally {
            files.unlock();
        }
    }

    /// Closes all of them, and answers those whose files are to be removed: connections that wait are refused.
    List<OpenSocket> closeAll(Kernel kernel) {
        List<OpenSocket> closed = open;
        if (closed.isEmpty()) {
            return closed;
        }
        open = List.of();
        closed.forEach(socket -> kernel.close(socket.fd()));
        return closed.stream().filter(socket -> socket.file().isPresent()).toList();
    }

    /// **Blocks** for as long as the disk does.
    void removeFiles(SpawnSupplies supplies, ServiceName name, List<OpenSocket> closed) {
        SocketOpening opening = new SocketOpening(supplies);
        files.lock();
        try {
            closed.forEach(socket -> removeFile(supplies, opening, name, socket));
        } finally {
            files.unlock();
        }
    }

    private void closeOthers(
            SpawnSupplies supplies, SocketOpening opening, ServiceName name, List<ListenSettings> wanted)
            throws CannotLaunch {
        for (OpenSocket socket : open) {
            if (wanted.stream().noneMatch(socket::serves) || !opening.isFound(socket)) {
                open = without(socket);
                supplies.kernel().close(socket.fd());
                removeFile(supplies, opening, name, socket);
            }
        }
    }

    private OpenSocket openOne(
            SpawnSupplies supplies, SocketOpening opening, ListenSettings settings, List<OpenSocket> handed)
            throws CannotLaunch {
        Optional<OpenSocket> there = open.stream()
                .filter(socket -> socket.serves(settings) && !handed.contains(socket))
                .findFirst();
        OpenSocket socket = there.isPresent() ? there.get().with(settings) : opening.open(settings);
        List<OpenSocket> all = there.map(this::without).orElse(open);
        open = with(all, socket);
        if (there.isPresent() && there.get().settings().backlog() != settings.backlog()) {
            setBacklog(supplies, socket);
        }
        return socket;
    }

    private static void setBacklog(SpawnSupplies supplies, OpenSocket socket) throws CannotLaunch {
        try {
            if (socket.settings().type() != ListenSettings.Type.DATAGRAM) {
                supplies.kernel().setBacklog(socket.fd(), socket.settings().backlog());
            }
        } catch (ErrnoException e) {
            throw new CannotLaunch(socket.settings().file() + ": " + e.getMessage());
        }
    }

    private static void removeFile(SpawnSupplies supplies, SocketOpening opening, ServiceName name, OpenSocket closed) {
        try {
            opening.removeFile(closed);
        } catch (ErrnoException e) {
            supplies.log()
                    .warning("service " + name + ": the socket "
                            + closed.settings().address() + " is closed, but its file stays: " + e.getMessage());
        }
    }

    private List<OpenSocket> without(OpenSocket socket) {
        return open.stream().filter(it -> it.fd() != socket.fd()).toList();
    }

    private static List<OpenSocket> with(List<OpenSocket> sockets, OpenSocket socket) {
        List<OpenSocket> all = new ArrayList<>(sockets);
        all.add(socket);
        return List.copyOf(all);
    }
}
