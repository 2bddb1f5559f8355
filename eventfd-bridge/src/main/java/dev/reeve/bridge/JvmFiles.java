package dev.reeve.bridge;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/// The files that the JVM holds open, and reads from on any thread that needs a class: its own, and the jars. HotSpot
/// does not survive it if a class of its own cannot be read.
final class JvmFiles {
    private static final Path OPEN = Path.of("/proc/self/fd");
    private static final String REMOVED = " (deleted)";

    private JvmFiles() {}

    /// Their descriptors below `end`, as they are now: they are never closed. Throws where they cannot be found.
    static BitSet descriptors(int end) throws IOException {
        String modules = Path.of(System.getProperty("java.home"), "lib", "modules")
                .toRealPath()
                .toString();
        BitSet descriptors = new BitSet(end);
        boolean hasModules = false;
        for (int fd = 0; fd < end; fd++) {
            @Nullable String file = fileBehind(fd);
            if (file != null && (file.equals(modules) || file.endsWith(".jar"))) {
                descriptors.set(fd);
                hasModules |= file.equals(modules);
            }
        }
        if (!hasModules) {
            throw new IOException("no descriptor below " + end + " is " + modules);
        }
        return descriptors;
    }

    private static @Nullable String fileBehind(int fd) {
        try {
            String file =
                    Files.readSymbolicLink(OPEN.resolve(Integer.toString(fd))).toString();
            // A new Java may have been installed meanwhile.
            return file.endsWith(REMOVED) ? file.substring(0, file.length() - REMOVED.length()) : file;
        } catch (IOException _) {
            return null;
        }
    }
}
