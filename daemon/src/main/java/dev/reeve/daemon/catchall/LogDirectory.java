package dev.reeve.daemon.catchall;

import dev.reeve.daemon.log.TaiLabel;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A directory of a log as s6-log keeps it (s6-log.html), so that s6-log can go on with it, and `reeve log` reads
/// either's: lines with a TAI64N label are added to `current`, which becomes `@LABEL.s` when it is full; the oldest of
/// these go, and sooner where there is no room.
///
/// The owner may execute `current` when it was closed in order; where he may not, whoever wrote it was killed, and it
/// is put aside as `@LABEL.u`.
final class LogDirectory implements AutoCloseable {
    /// s6-log's: a file ends with the line that makes it larger than `s99999` less the tolerance `l2000`.
    static final int FILE_BYTES_MAX = 99_999 - 2_000;

    /// `n10`.
    static final int ARCHIVES_MAX = 10;

    private static final String CURRENT = "current";
    private static final Set<PosixFilePermission> WRITTEN = PosixFilePermissions.fromString("rw-r--r--");
    private static final Set<PosixFilePermission> FINISHED = PosixFilePermissions.fromString("rwxr--r--");

    private final Path directory;
    private final InstantSource clock;
    private @Nullable FileChannel current;
    private @Nullable Object key;
    private long size;
    private Instant lastArchived = Instant.MIN;

    /// The directory is there. Nothing is opened yet.
    LogDirectory(Path directory, InstantSource clock) {
        this.directory = directory;
        this.clock = clock;
    }

    /// Adds a line, which comes without its newline. Throws where there is no room for it, even without the archives;
    /// it is not there then, not even in part.
    void append(byte[] line) throws IOException {
        byte[] label = (TaiLabel.text(clock.instant()) + " ").getBytes(StandardCharsets.US_ASCII);
        ByteBuffer bytes = ByteBuffer.allocate(label.length + line.length + 1);
        bytes.put(label).put(line).put((byte) '\n').flip();
        while (true) {
            try {
                write(bytes);
                break;
            } catch (IOException e) {
                if (!removeOldest()) {
                    throw e;
                }
                bytes.rewind();
            }
        }
        if (size >= FILE_BYTES_MAX) {
            rotate();
        }
    }

    private void write(ByteBuffer bytes) throws IOException {
        FileChannel file = current != null ? current : open();
        try {
            while (bytes.hasRemaining()) {
                file.write(bytes);
            }
            size += bytes.limit();
        } catch (IOException e) {
            // Half a line would be taken for the beginning of the next one.
            file.truncate(size);
            throw e;
        }
    }

    private FileChannel open() throws IOException {
        Path path = directory.resolve(CURRENT);
        if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)
                && !Files.getPosixFilePermissions(path, LinkOption.NOFOLLOW_LINKS)
                        .contains(PosixFilePermission.OWNER_EXECUTE)) {
            archive(path, ".u");
        }
        FileChannel opened = FileChannel.open(
                path,
                Set.of(StandardOpenOption.CREATE, StandardOpenOption.APPEND, LinkOption.NOFOLLOW_LINKS),
                PosixFilePermissions.asFileAttribute(WRITTEN));
        current = opened;
        size = opened.size();
        key = keyOf(path);
        Files.setPosixFilePermissions(path, WRITTEN);
        return opened;
    }

    private void rotate() {
        try {
            close();
            archive(directory.resolve(CURRENT), ".s");
            while (archives().size() > ARCHIVES_MAX) {
                removeOldest();
            }
        } catch (IOException _) {
            // The line is written; the next one finds a file that is full, and this is tried again.
        }
    }

    private void archive(Path file, String suffix) throws IOException {
        Instant now = clock.instant();
        // A clock that stands still, or goes back, must not have one archive take the place of another.
        lastArchived = now.isAfter(lastArchived) ? now : lastArchived.plusNanos(1);
        Files.move(file, directory.resolve(TaiLabel.text(lastArchived) + suffix), StandardCopyOption.ATOMIC_MOVE);
    }

    /// Whether there was one.
    private boolean removeOldest() throws IOException {
        List<Path> archives = archives();
        if (archives.isEmpty()) {
            return false;
        }
        Files.deleteIfExists(archives.getFirst());
        return true;
    }

    /// The oldest first.
    private List<Path> archives() throws IOException {
        List<Path> archives = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, "@*.[su]")) {
            files.forEach(archives::add);
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        archives.sort(null);
        return archives;
    }

    /// Closes the file in order. Another line opens it again.
    @Override
    public void close() throws IOException {
        FileChannel file = current;
        if (file != null) {
            current = null;
            file.close();
            Path path = directory.resolve(CURRENT);
            // A logger that has begun meanwhile has put it aside, and writes one of its own.
            if (Objects.equals(key, keyOf(path))) {
                Files.setPosixFilePermissions(path, FINISHED);
            }
        }
    }

    /// What the kernel knows the file by; null where there is none.
    private static @Nullable Object keyOf(Path path) throws IOException {
        try {
            return Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
                    .fileKey();
        } catch (NoSuchFileException _) {
            return null;
        }
    }
}
