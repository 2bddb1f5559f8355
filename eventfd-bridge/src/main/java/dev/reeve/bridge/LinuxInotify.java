package dev.reeve.bridge;

import static dev.reeve.bridge.SystemCall.required;

import dev.reeve.bridge.Kernel.DirectoryChange;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// Directories that are watched: inotify(7).
final class LinuxInotify {
    private static final int INOTIFY_MASK = 4;
    private static final int INOTIFY_LENGTH = 12;
    private static final int INOTIFY_NAME = 16;
    private static final int CHANGES = Libc.IN_CREATE
            | Libc.IN_DELETE
            | Libc.IN_MOVED_FROM
            | Libc.IN_MOVED_TO
            | Libc.IN_ATTRIB
            | Libc.IN_CLOSE_WRITE
            | Libc.IN_DELETE_SELF
            | Libc.IN_MOVE_SELF
            | Libc.IN_ONLYDIR;

    private LinuxInotify() {}

    static int open() throws ErrnoException {
        return (int) required("inotify_init", LibcSockets.inotify_init1(Libc.IN_NONBLOCK | Libc.IN_CLOEXEC));
    }

    static int watch(int inotifyFd, String path) throws ErrnoException {
        long name = NativeMemory.ofThread().path("watch " + path, path);
        return (int) required("watch " + path, LibcSockets.inotify_add_watch(inotifyFd, name, CHANGES));
    }

    static void unwatch(int inotifyFd, int watch) throws ErrnoException {
        long result = LibcSockets.inotify_rm_watch(inotifyFd, watch);
        if (result != -Errno.EINVAL) {
            required("unwatch", result);
        }
    }

    static List<DirectoryChange> read(int fd) throws ErrnoException {
        NativeMemory memory = NativeMemory.ofThread();
        int from = memory.reserve(NativeMemory.TRANSFER_MAX);
        long length = LibcFiles.read(fd, memory.address(from), NativeMemory.TRANSFER_MAX);
        if (length == -Errno.EAGAIN) {
            return List.of();
        }
        required("read inotify", length);
        List<DirectoryChange> changes = new ArrayList<>();
        int event = from;
        while (event < from + length) {
            changes.add(changeFrom(memory.bytes(), event));
            event += INOTIFY_NAME + memory.bytes().getInt(event + INOTIFY_LENGTH);
        }
        return changes;
    }

    private static DirectoryChange changeFrom(ByteBuffer bytes, int event) {
        byte[] padded = new byte[bytes.getInt(event + INOTIFY_LENGTH)];
        bytes.get(event + INOTIFY_NAME, padded);
        int length = 0;
        while (length < padded.length && padded[length] != 0) {
            length++;
        }
        return new DirectoryChange(
                bytes.getInt(event),
                new String(padded, 0, length, StandardCharsets.UTF_8),
                whatOf(bytes.getInt(event + INOTIFY_MASK)));
    }

    private static DirectoryChange.What whatOf(int mask) {
        if ((mask & Libc.IN_Q_OVERFLOW) != 0) {
            return DirectoryChange.What.LOST;
        }
        if ((mask & (Libc.IN_DELETE_SELF | Libc.IN_MOVE_SELF | Libc.IN_UNMOUNT | Libc.IN_IGNORED)) != 0) {
            return DirectoryChange.What.ITSELF_LEFT;
        }
        if ((mask & (Libc.IN_DELETE | Libc.IN_MOVED_FROM)) != 0) {
            return DirectoryChange.What.LEFT;
        }
        boolean made = (mask & (Libc.IN_CREATE | Libc.IN_ISDIR)) == (Libc.IN_CREATE | Libc.IN_ISDIR);
        if (made) {
            return DirectoryChange.What.MADE;
        }
        return (mask & (Libc.IN_CREATE | Libc.IN_MOVED_TO)) != 0
                ? DirectoryChange.What.ARRIVED
                : DirectoryChange.What.CHANGED;
    }
}
