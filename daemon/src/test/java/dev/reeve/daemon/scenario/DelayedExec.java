package dev.reeve.daemon.scenario;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import jnr.ffi.LibraryLoader;
import jnr.ffi.Memory;
import jnr.ffi.Pointer;
import jnr.ffi.Runtime;

/// Holds up every execve(2) of one file, as a disk would that does not answer, until it is released: fanotify(7)
/// with permission events. Needs CAP_SYS_ADMIN.
final class DelayedExec implements AutoCloseable {
    private static final int FAN_CLASS_CONTENT = 0x4;
    private static final int FAN_CLOEXEC = 0x1;
    private static final int FAN_MARK_ADD = 0x1;
    private static final long FAN_OPEN_EXEC_PERM = 0x40000;
    private static final int FAN_ALLOW = 1;
    private static final int AT_FDCWD = -100;

    /// struct fanotify_event_metadata: its size, and where its descriptor is.
    private static final int EVENT_SIZE = 24;

    private static final int EVENT_FD = 16;
    private static final int RESPONSE_SIZE = 8;

    private final Fanotify libc = LibraryLoader.create(Fanotify.class).load("c");
    private final Pointer memory = Memory.allocateDirect(Runtime.getRuntime(libc), EVENT_SIZE + RESPONSE_SIZE);
    private final CountDownLatch released = new CountDownLatch(1);
    private final AtomicBoolean held = new AtomicBoolean();
    private final int group;
    private final Thread gate = new Thread(this::holdUp, "delayed-exec");

    /// The functions of glibc that it takes; public for jnr's sake.
    public interface Fanotify {
        int fanotify_init(int flags, int eventFlags);

        int fanotify_mark(int group, int flags, long mask, int directory, String path);

        long read(int fd, Pointer buffer, long length);

        long write(int fd, Pointer buffer, long length);

        int close(int fd);
    }

    DelayedExec(Path file) throws IOException {
        group = libc.fanotify_init(FAN_CLASS_CONTENT | FAN_CLOEXEC, 0);
        if (group < 0 || libc.fanotify_mark(group, FAN_MARK_ADD, FAN_OPEN_EXEC_PERM, AT_FDCWD, file.toString()) < 0) {
            throw new IOException("fanotify is not to be had");
        }
        gate.setDaemon(true);
        gate.start();
    }

    /// Whether an exec of the file is being held up.
    boolean isHolding() {
        return held.get() && released.getCount() > 0;
    }

    void release() {
        released.countDown();
    }

    @Override
    public void close() {
        release();
        libc.close(group);
    }

    private void holdUp() {
        while (libc.read(group, memory, EVENT_SIZE) == EVENT_SIZE) {
            held.set(true);
            int fd = memory.getInt(EVENT_FD);
            try {
                released.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            memory.putInt(EVENT_SIZE, fd);
            memory.putInt(EVENT_SIZE + Integer.BYTES, FAN_ALLOW);
            libc.write(group, memory.slice(EVENT_SIZE), RESPONSE_SIZE);
            libc.close(fd);
        }
    }
}
