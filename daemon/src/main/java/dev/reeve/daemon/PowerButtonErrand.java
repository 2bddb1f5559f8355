package dev.reeve.daemon;

import dev.reeve.bridge.ErrnoException;
import dev.reeve.bridge.Kernel;
import dev.reeve.daemon.log.Log;
import dev.reeve.daemon.process.Errand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

/// Looks which input devices have a power button, and opens them, unless they are `known`. Watches their directory
/// first: what comes after it has looked is told there.
record PowerButtonErrand(
        Kernel kernel,
        PowerButton.Opener opener,
        int inotifyFd,
        Path folder,
        Set<String> known,
        Consumer<Map<String, Integer>> found,
        Consumer<ErrnoException> notWatched,
        Log log)
        implements Errand {
    /// What the names of devices begin with.
    static final String DEVICE = "event";

    @Override
    public Runnable run() {
        Optional<ErrnoException> problem = watch();
        Map<String, Integer> opened = new HashMap<>();
        for (String name : devices()) {
            try {
                OptionalInt fd = opener.open(folder.resolve(name).toString());
                if (fd.isPresent()) {
                    opened.put(name, fd.getAsInt());
                }
            } catch (ErrnoException _) {
                // It has gone, or is no device.
            }
        }
        return () -> {
            problem.ifPresent(notWatched);
            found.accept(opened);
        };
    }

    /// The kernel would make the directory with the first device; one that is there already it takes. To watch the one
    /// above it instead would wake us with each use of /dev/null.
    private Optional<ErrnoException> watch() {
        try {
            Files.createDirectory(folder);
        } catch (IOException _) {
            // It is there already, or cannot be made, which the next call will tell.
        }
        try {
            kernel.watchDirectory(inotifyFd, folder.toString());
            return Optional.empty();
        } catch (ErrnoException e) {
            return Optional.of(e);
        }
    }

    private List<String> devices() {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.map(path -> path.getFileName().toString())
                    .filter(name -> name.startsWith(DEVICE) && !known.contains(name))
                    .sorted()
                    .toList();
        } catch (IOException _) {
            return List.of();
        }
    }

    @Override
    public void failed(Throwable cause) {
        log.bug("looking for the power button", cause);
        found.accept(Map.of());
    }
}
