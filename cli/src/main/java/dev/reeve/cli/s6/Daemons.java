package dev.reeve.cli.s6;

import dev.reeve.cli.outside.ClientFailure;
import dev.reeve.cli.outside.ControlClient;
import dev.reeve.cli.outside.NotAllowed;
import dev.reeve.cli.outside.ServiceNames;
import dev.reeve.cli.outside.SocketAddress;
import dev.reeve.cli.outside.Surroundings;
import dev.reeve.protocol.Reply;
import dev.reeve.protocol.Request;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The daemons that have the services which directories stand for. A directory's daemon is the one that
/// `--socket` or `REEVE_SOCKET` names, else one that was started as reeve-svscan on the directory around it,
/// else the usual one. A connection serves for all that is asked of a daemon.
final class Daemons implements AutoCloseable {

    /// Where reeve-svscan listens, seen from its scan directory.
    private static final Path NESTED_SOCKET = Path.of(".s6-svscan", "reeve", "control.sock");

    private static final Path LOGGER = Path.of("log");

    private final Surroundings surroundings;
    private final @Nullable Path socket;
    private final Map<Path, ControlClient> clients = new HashMap<>();

    Daemons(Surroundings surroundings, @Nullable Path socket) {
        this.surroundings = surroundings;
        this.socket = socket;
    }

    /// The service of this directory. An IOException says that there is no such directory.
    Service find(String directory) throws IOException, NotSupervised, ClientFailure {
        Path path = Path.of(directory);
        Path real = path.toRealPath();
        if (!Files.isDirectory(real)) {
            throw new NotDirectoryException(directory);
        }
        // As it was typed it may be a symlink in a scan directory; what it leads to may be somewhere else.
        List<Path> asTypedAndReal = List.of(path.toAbsolutePath().normalize(), real);
        Path address = address(asTypedAndReal);
        ControlClient client = connect(address);
        Path scanDirectory = scanDirectory(client, address);
        return new Service(client, name(client, scanDirectory, address, asTypedAndReal, real), directory);
    }

    /// The daemon of a scan directory. An IOException says that there is no such directory.
    ControlClient ofScanDirectory(String directory) throws IOException, NotSupervised, ClientFailure {
        Path real = Path.of(directory).toRealPath();
        Path nested = real.resolve(NESTED_SOCKET);
        Path address = isNamed() || !Files.exists(nested) ? usual() : nested;
        ControlClient client = connect(address);
        Path scanDirectory = scanDirectory(client, address);
        if (!Files.isSameFile(scanDirectory, real)) {
            throw new NotSupervised("the daemon at " + address + " has the scan directory " + scanDirectory
                    + ": name another with --socket");
        }
        return client;
    }

    @Override
    public void close() {
        clients.values().forEach(ControlClient::close);
    }

    private Path address(List<Path> directories) throws ClientFailure {
        if (!isNamed()) {
            for (Path directory : directories) {
                for (Path parent : scanDirectoriesOf(directory)) {
                    Path nested = parent.resolve(NESTED_SOCKET);
                    if (Files.exists(nested)) {
                        return nested;
                    }
                }
            }
        }
        return usual();
    }

    private boolean isNamed() {
        return socket != null
                || !surroundings.environment().getOrDefault("REEVE_SOCKET", "").isEmpty();
    }

    private Path usual() throws ClientFailure {
        return SocketAddress.choose(socket, surroundings.environment());
    }

    /// The directory around it; for a logger that of its service first.
    private static List<Path> scanDirectoriesOf(Path directory) {
        List<Path> parents = new ArrayList<>();
        Path parent = directory.getParent();
        if (parent != null && parent.getParent() != null && LOGGER.equals(directory.getFileName())) {
            parents.add(parent.getParent());
        }
        if (parent != null) {
            parents.add(parent);
        }
        return parents;
    }

    private ControlClient connect(Path address) throws NotSupervised, NotAllowed {
        ControlClient known = clients.get(address);
        if (known != null) {
            return known;
        }
        try {
            ControlClient client = ControlClient.connect(address, surroundings.program("reeved") + " --scan DIR");
            clients.put(address, client);
            return client;
        } catch (NotAllowed e) {
            throw e;
        } catch (ClientFailure e) {
            throw new NotSupervised(String.valueOf(e.getMessage()));
        }
    }

    private static Path scanDirectory(ControlClient client, Path address) throws NotSupervised, ClientFailure {
        if (!(client.ask(Request.Version::new, _ -> {}) instanceof Reply.Version version)) {
            throw ControlClient.unexpected();
        }
        String scanDirectory = version.scanDirectory();
        if (scanDirectory == null) {
            throw new NotSupervised("the daemon at " + address + " has no scan directory, or is older than this reeve");
        }
        return Path.of(scanDirectory);
    }

    /// A path alone says too little: services elsewhere may have the same name, and a service may be a
    /// symlink in the scan directory.
    private static String name(
            ControlClient client, Path scanDirectory, Path address, List<Path> asTypedAndReal, Path real)
            throws NotSupervised, ClientFailure {
        Set<String> likely = new LinkedHashSet<>();
        asTypedAndReal.forEach(path -> likely.addAll(likelyNames(path)));
        for (String name : likely) {
            if (isSame(scanDirectory.resolve(name), real)) {
                return name;
            }
        }
        for (String name : ServiceNames.all(client)) {
            if (isSame(scanDirectory.resolve(name), real)) {
                return name;
            }
        }
        throw new NotSupervised(
                "it is none of the services in " + scanDirectory + " that the daemon at " + address + " has");
    }

    private static List<String> likelyNames(Path path) {
        int count = path.getNameCount();
        List<String> names = new ArrayList<>();
        if (count > 1 && path.endsWith(LOGGER)) {
            names.add(path.subpath(count - 2, count).toString());
        }
        if (count > 0) {
            names.add(path.getName(count - 1).toString());
        }
        return names;
    }

    private static boolean isSame(Path one, Path other) {
        try {
            return Files.isSameFile(one, other);
        } catch (IOException e) {
            return false;
        }
    }
}
