package dev.reeve.daemon.process;

import dev.reeve.bridge.Credentials;
import dev.reeve.bridge.Errno;
import dev.reeve.bridge.ErrnoException;
import dev.reeve.bridge.Kernel;
import dev.reeve.bridge.Kernel.FileStatus;
import dev.reeve.bridge.SocketOrder;
import dev.reeve.daemon.config.ListenSettings;
import dev.reeve.daemon.config.ListenSettings.InternetAddress;
import dev.reeve.daemon.config.ListenSettings.SocketFile;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Opens the sockets of a service, and removes the files of those that were closed. **Blocks** for as long as the
/// disk does.
final class SocketOpening {
    private static final String NUMBER = "[0-9]{1,9}";

    private final SpawnSupplies supplies;
    private final Kernel kernel;

    SocketOpening(SpawnSupplies supplies) {
        this.supplies = supplies;
        this.kernel = supplies.kernel();
    }

    OpenSocket open(ListenSettings settings) throws CannotLaunch {
        try (Descriptors descriptors = new Descriptors(kernel)) {
            SocketOrder order = new SocketOrder(type(settings), address(settings), settings.backlog());
            int fd = descriptors.add(supplies.limit().taking(() -> kernel.openSocket(order)));
            OpenSocket socket = new OpenSocket(settings, fd, fileOf(settings));
            descriptors.release(fd);
            return socket;
        } catch (ErrnoException e) {
            throw new CannotLaunch(settings.file() + ": " + explain(settings, e));
        }
    }

    /// Whether clients find it: someone may have removed its file.
    boolean isFound(OpenSocket socket) throws CannotLaunch {
        try {
            Optional<FileStatus> found = fileOf(socket.settings());
            return socket.file().isEmpty()
                    || found.filter(it -> isSame(it, socket)).isPresent();
        } catch (ErrnoException e) {
            throw new CannotLaunch(socket.settings().file() + ": " + e.getMessage());
        }
    }

    /// Removes the file of a socket that was closed, if it is that one still.
    void removeFile(OpenSocket closed) throws ErrnoException {
        if (closed.file().isEmpty() || !(closed.settings().address() instanceof SocketFile file)) {
            return;
        }
        int directory = openDirectoryOf(file);
        try {
            @Nullable FileStatus found = kernel.statusAt(directory, nameOf(file));
            if (found != null && isSame(found, closed)) {
                kernel.removeFileAt(directory, nameOf(file));
            }
        } finally {
            kernel.close(directory);
        }
    }

    private static boolean isSame(FileStatus found, OpenSocket socket) {
        FileStatus own = socket.file().orElseThrow();
        return found.kind() == FileStatus.Kind.SOCKET
                && DirectoryIdentity.of(found).equals(DirectoryIdentity.of(own));
    }

    private Optional<FileStatus> fileOf(ListenSettings settings) throws ErrnoException {
        if (!(settings.address() instanceof SocketFile file)) {
            return Optional.empty();
        }
        int directory = openDirectoryOf(file);
        try {
            return Optional.ofNullable(kernel.statusAt(directory, nameOf(file)));
        } finally {
            kernel.close(directory);
        }
    }

    private int openDirectoryOf(SocketFile file) throws ErrnoException {
        int slash = Math.max(1, file.path().lastIndexOf('/'));
        return supplies.limit().taking(() -> kernel.openDirectory(file.path().substring(0, slash)));
    }

    private static String nameOf(SocketFile file) {
        return file.path().substring(file.path().lastIndexOf('/') + 1);
    }

    private static SocketOrder.Type type(ListenSettings settings) {
        return switch (settings.type()) {
            case STREAM -> SocketOrder.Type.STREAM;
            case DATAGRAM -> SocketOrder.Type.DATAGRAM;
            case SEQPACKET -> SocketOrder.Type.SEQPACKET;
        };
    }

    private SocketOrder.Address address(ListenSettings settings) throws CannotLaunch, ErrnoException {
        return switch (settings.address()) {
            case InternetAddress(String address, int port, boolean shared, boolean early) ->
                new SocketOrder.InternetAddress(address, port, shared, early);
            case SocketFile(String path, int mode, Optional<String> owner) -> {
                String[] words = owner.orElse("").split(":", 2);
                int user = words[0].isEmpty() ? SocketOrder.SocketFile.UNCHANGED : user(settings, words[0]);
                int group = words.length < 2 ? SocketOrder.SocketFile.UNCHANGED : group(settings, words[1]);
                yield new SocketOrder.SocketFile(path, mode, user, group);
            }
        };
    }

    private int user(ListenSettings settings, String user) throws CannotLaunch, ErrnoException {
        if (user.matches(NUMBER)) {
            return Integer.parseInt(user);
        }
        return supplies.limit()
                .taking(() -> kernel.findAccount(user))
                .map(Credentials::user)
                .orElseThrow(() -> new CannotLaunch(settings.file() + ": this machine has no account " + user));
    }

    private int group(ListenSettings settings, String group) throws CannotLaunch, ErrnoException {
        if (group.matches(NUMBER)) {
            return Integer.parseInt(group);
        }
        return supplies.limit()
                .taking(() -> kernel.findGroup(group))
                .orElseThrow(() -> new CannotLaunch(settings.file() + ": this machine has no group " + group));
    }

    private static String explain(ListenSettings settings, ErrnoException e) {
        return switch (settings.address()) {
            case InternetAddress address -> explain(address, e);
            case SocketFile file -> explain(file, e);
        };
    }

    private static String explain(InternetAddress address, ErrnoException e) {
        return switch (e.errno()) {
            case Errno.EADDRINUSE ->
                address + " is another's already (EADDRINUSE): \"ss -tulnp\" says whose; end that, or choose another"
                        + " port";
            case Errno.EACCES ->
                address + " is not for reeved's user (EACCES): choose a port above those of"
                        + " net.ipv4.ip_unprivileged_port_start, or run reeved as root";
            case Errno.EADDRNOTAVAIL ->
                "no interface of this machine has the address " + address.address() + " (EADDRNOTAVAIL): if it will"
                        + " have it later, add a line freebind";
            case Errno.EINVAL -> address.address() + " is no IP address";
            case Errno.EAFNOSUPPORT -> "this machine has no addresses such as " + address.address();
            default -> String.valueOf(e.getMessage());
        };
    }

    private static String explain(SocketFile file, ErrnoException e) {
        return switch (e.errno()) {
            case Errno.EADDRINUSE ->
                "another listens on " + file
                        + " already (EADDRINUSE): \"ss -xlp\" says who; end that, or choose another" + " path";
            case Errno.ENOTSOCK -> file + " is there and is no socket: remove it, or choose another path";
            case Errno.ENOENT -> "the directory of " + file + " is not there (ENOENT): make it before";
            default -> String.valueOf(e.getMessage());
        };
    }
}
