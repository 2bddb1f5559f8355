package dev.reeve.cli.outside;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Where the daemon listens: what `--socket` says, else `REEVE_SOCKET`, else the usual place of this user.
public final class SocketAddress {

    /// What the kernel has room for in a unix socket's address.
    private static final int MAX_PATH_BYTES = 107;

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
        if (isRoot()) {
            return Path.of("/run/reeve/control.sock");
        }
        String runtime = environment.getOrDefault("XDG_RUNTIME_DIR", "");
        if (runtime.isEmpty()) {
            throw new ClientFailure(
                    ExitCode.USAGE, "where is the daemon's socket? Name it with --socket FILE, or set REEVE_SOCKET");
        }
        return Path.of(runtime, "reeve", "control.sock");
    }

    private static boolean isRoot() {
        try {
            return Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0);
        } catch (IOException e) {
            return System.getProperty("user.name", "").equals("root");
        }
    }
}
