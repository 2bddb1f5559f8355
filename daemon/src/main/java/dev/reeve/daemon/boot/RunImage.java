package dev.reeve.daemon.boot;

import dev.reeve.bridge.ErrnoException;
import dev.reeve.bridge.Machine;
import dev.reeve.daemon.catchall.Console;
import java.io.IOException;
import java.nio.file.CopyOption;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;

/// Copies a directory as it is: fifos, devices and symlinks for what they are, with modes, owners and times. What
/// cannot be copied is told, and everything else is copied.
///
/// Nothing but regular files is opened: a fifo would wait for a writer.
final class RunImage {
    private static final CopyOption[] AS_IT_IS = {
        LinkOption.NOFOLLOW_LINKS, StandardCopyOption.COPY_ATTRIBUTES, StandardCopyOption.REPLACE_EXISTING
    };

    private final Machine machine;
    private final Console console;

    RunImage(Machine machine, Console console) {
        this.machine = machine;
        this.console = console;
    }

    /// Into a directory that is there. What has a name already is replaced, but a directory's other files stay.
    void copy(Path from, Path to) {
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(from)) {
            for (Path entry : entries) {
                copyEntry(entry, to.resolve(entry.getFileName()));
            }
        } catch (IOException | RuntimeException e) {
            console.say("not all of " + from + " is copied", e);
        }
    }

    private void copyEntry(Path from, Path to) {
        try {
            BasicFileAttributes attributes =
                    Files.readAttributes(from, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            if (attributes.isDirectory()) {
                copyDirectory(from, to, attributes);
            } else if (attributes.isOther()) {
                copyNode(from, to);
            } else {
                Files.copy(from, to, AS_IT_IS);
            }
        } catch (IOException | ErrnoException | RuntimeException e) {
            console.say(from + " is not copied", e);
        }
    }

    /// Its times last, because each file in it has changed them.
    private void copyDirectory(Path from, Path to, BasicFileAttributes attributes) throws IOException {
        if (!Files.isDirectory(to, LinkOption.NOFOLLOW_LINKS)) {
            Files.deleteIfExists(to);
            Files.createDirectory(to);
        }
        copy(from, to);
        copyOwner(from, to);
        Files.setAttribute(to, "unix:mode", attribute(from, "unix:mode"));
        Files.getFileAttributeView(to, BasicFileAttributeView.class)
                .setTimes(attributes.lastModifiedTime(), attributes.lastAccessTime(), null);
    }

    private void copyNode(Path from, Path to) throws IOException, ErrnoException {
        Files.deleteIfExists(to);
        machine.makeNode(to.toString(), (Integer) attribute(from, "unix:mode"), (Long) attribute(from, "unix:rdev"));
        copyOwner(from, to);
    }

    /// Before the mode is set: chown(2) takes its special bits away.
    private static void copyOwner(Path from, Path to) throws IOException {
        Files.setAttribute(to, "unix:uid", attribute(from, "unix:uid"));
        Files.setAttribute(to, "unix:gid", attribute(from, "unix:gid"));
    }

    private static Object attribute(Path path, String name) throws IOException {
        return Files.getAttribute(path, name, LinkOption.NOFOLLOW_LINKS);
    }
}
