package dev.reeve.cli.s6;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/// `event/` of a service directory, which says by its mode who may listen.
final class EventFolder {
    /// Its group may listen (<https://skarnet.org/software/s6/fifodir.html>).
    private static final int RESTRICTED = 03730;

    /// Everybody may.
    private static final int PUBLIC = 01733;

    private EventFolder() {}

    /// Makes it, or, where that is forced, gives one that is there the mode of a new one. A symlink to nothing is
    /// followed by whoever supervises the service.
    static void prepare(Path service, boolean isPublic, boolean isForced) throws IOException {
        Path event = service.resolve("event");
        boolean isNew = !Files.exists(event, LinkOption.NOFOLLOW_LINKS) && isMade(event);
        if (isNew || (isForced && Files.isDirectory(event))) {
            Files.setAttribute(event, "unix:mode", isPublic ? PUBLIC : RESTRICTED);
        }
    }

    private static boolean isMade(Path event) throws IOException {
        try {
            Files.createDirectory(event);
            return true;
        } catch (FileAlreadyExistsException e) {
            return false;
        }
    }
}
