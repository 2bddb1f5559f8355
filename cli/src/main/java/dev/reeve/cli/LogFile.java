package dev.reeve.cli;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A file of a log, open: it stays readable under whatever name, and none at all.
final class LogFile implements AutoCloseable {
    /// The first two bytes of what those write.
    private static final Set<Integer> MAGIC = Set.of(0x1f8b0000, 0x425a0000, 0xfd370000, 0x28b50000);

    private final FileChannel channel;
    private final Object key;
    private final String label;
    private final String newestOlder;

    private LogFile(FileChannel channel, Object key, String label, String newestOlder) {
        this.channel = channel;
        this.key = key;
        this.label = label;
        this.newestOlder = newestOlder;
    }

    /// Opens the file; empty where there is none. `newestOlder` is what [#newestOlder()] tells.
    static Optional<LogFile> open(Path path, String newestOlder) throws IOException {
        Object before = key(path);
        while (before != null) {
            FileChannel channel;
            try {
                channel = FileChannel.open(path);
            } catch (NoSuchFileException e) {
                return Optional.empty();
            }
            // Java does not tell which file a channel is open on. The same one before and after was it
            // throughout.
            Object after = key(path);
            if (before.equals(after)) {
                return Optional.of(new LogFile(channel, before, RotatedLog.label(path), newestOlder));
            }
            channel.close();
            before = after;
        }
        return Optional.empty();
    }

    /// What the kernel knows the file by, whatever its name; null where there is none.
    static @Nullable Object key(Path path) throws IOException {
        try {
            return Files.readAttributes(path, BasicFileAttributes.class).fileKey();
        } catch (NoSuchFileException e) {
            return null;
        }
    }

    /// The label of an archive that is known to be older than this file, no other such being newer as far as is
    /// known; empty if there is none.
    String newestOlder() {
        return newestOlder;
    }

    /// Whether it was opened as one that is finished, and whose name says when.
    boolean isArchive() {
        return !label.isEmpty();
    }

    /// The time in its name; empty where it is no archive.
    String label() {
        return label;
    }

    boolean isAt(Path path) throws IOException {
        return key.equals(key(path));
    }

    boolean isSameAs(LogFile other) {
        return key.equals(other.key);
    }

    long size() throws IOException {
        return channel.size();
    }

    /// Reads some bytes from this position on; below zero at the end.
    int read(ByteBuffer into, long position) throws IOException {
        return channel.read(into, position);
    }

    /// Whether it begins as gzip, bzip2, xz or zstd have it, which a logger's processor may have applied.
    boolean isCompressed() throws IOException {
        ByteBuffer first = ByteBuffer.allocate(Integer.BYTES);
        return channel.read(first, 0) == Integer.BYTES && MAGIC.contains(first.getInt(0) & 0xffff0000);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
