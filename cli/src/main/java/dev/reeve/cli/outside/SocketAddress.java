package dev.reeve.cli.outside;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Where the daemon listens: what `--socket` says, else `REEVE_SOCKET`, else the usual place of this user.
public final class SocketAddress {

    /// What the kernel has room for in a unix socket's address.
    private static final int MAX_PATH_BYTES = 107;

    private static final int ROOT = 0;
    private static final int NOBODY = -1;

    /// Those of a daemon of root's, and of a machine's init.
    private static final List<Path> PLACES =
            List.of(Path.of("/run/reeve/control.sock"), Path.of("/run/service/.s6-svscan/reeve/control.sock"));

    private SocketAddress() {}

    public static Path choose(@Nullable Path option, Map<String, String> environment) throws ClientFailure {
        Path path = option != null ? option : usual(environment);
        int length = path.toString().getBytes(StandardCharsets.UTF_8).length;
        if (length > MAX_PATH_BYTES) {
            throw new ClientFailure(
                    ExitCode.USAGE,
                    "the socket's path has " + length + " bytes, and a unix socket's may have " + MAX_PATH_BYTES + ": "
                            + path);
        }
        return path;
    }

    private static Path usual(Map<String, String> environment) throws ClientFailure {
        String named = environment.getOrDefault("REEVE_SOCKET", "");
        if (!named.isEmpty()) {
            return Path.of(named);
        }
        int user = user();
        String runtime = environment.getOrDefault("XDG_RUNTIME_DIR", "");
        boolean hasOwn = user != ROOT && !runtime.isEmpty();
        Stream<Path> own = hasOwn ? Stream.of(Path.of(runtime, "reeve", "control.sock")) : Stream.of();
        // Where there is a place of one's own, only one's own daemon may have had to go elsewhere.
        Stream<Path> common = PLACES.stream().filter(path -> !hasOwn || ownerOf(path) == user);
        Stream<Path> inSharedMemory =
                Stream.of(Path.of("/dev/shm/reeve-" + user + "/control.sock")).filter(path -> ownerOf(path) == user);
        List<Path> places =
                Stream.of(own, common, inSharedMemory).flatMap(place -> place).toList();
        Optional<Path> there = places.stream().filter(Files::exists).findFirst();
        if (there.isEmpty() && user != ROOT && !hasOwn) {
            throw new ClientFailure(
                    ExitCode.USAGE, "where is the daemon's socket? Name it with --socket FILE, or set REEVE_SOCKET");
        }
        return there.orElse(places.getFirst());
    }

    private static int user() {
        int owner = ownerOf(Path.of("/proc/self"));
        return owner == NOBODY && System.getProperty("user.name", "").equals("root") ? ROOT : owner;
    }

    private static int ownerOf(Path path) {
        try {
            return (int) Files.getAttribute(path, "unix:uid");
        } catch (IOException e) {
            return NOBODY;
        }
    }
}
