package dev.reeve.daemon;

import dev.reeve.daemon.DaemonOptions.UsageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Where a container's daemon keeps its files when nobody says: the first of the usual places that is writable. The
/// root of many a container is not, and their users have no directory of their own.
final class ContainerRunDirectory {
    private ContainerRunDirectory() {}

    static Path choose(int user, Map<String, String> environment) throws UsageException {
        List<Path> candidates = candidates(user, environment);
        for (Path candidate : candidates) {
            if (canBeTaken(candidate, user)) {
                return candidate;
            }
        }
        throw new UsageException("none of " + candidates + " can be written to: mount a tmpfs on /run (docker run"
                + " --tmpfs /run), or name a directory that is writable with --run DIR");
    }

    private static List<Path> candidates(int user, Map<String, String> environment) {
        List<Path> candidates = new ArrayList<>();
        String runtime = environment.getOrDefault("XDG_RUNTIME_DIR", "");
        if (user != 0 && runtime.startsWith("/")) {
            candidates.add(Path.of(runtime, "reeve"));
        }
        candidates.add(Path.of("/run/reeve"));
        candidates.add(Path.of("/dev/shm/reeve-" + user));
        return candidates;
    }

    /// In a directory that all may write to, somebody else may have made it before.
    private static boolean canBeTaken(Path directory, int user) {
        if (Files.exists(directory, LinkOption.NOFOLLOW_LINKS)) {
            return Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)
                    && ownerOf(directory) == user
                    && Files.isWritable(directory);
        }
        Path parent = directory.getParent();
        return parent != null && Files.isDirectory(parent) && Files.isWritable(parent);
    }

    private static int ownerOf(Path directory) {
        try {
            return (int) Files.getAttribute(directory, "unix:uid", LinkOption.NOFOLLOW_LINKS);
        } catch (IOException _) {
            return -1;
        }
    }
}
