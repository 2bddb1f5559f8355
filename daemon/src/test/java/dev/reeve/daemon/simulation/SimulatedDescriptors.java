package dev.reeve.daemon.simulation;

import dev.reeve.bridge.Errno;
import dev.reeve.bridge.ErrnoException;
import dev.reeve.daemon.simulation.OpenFile.EventCounter;
import dev.reeve.daemon.simulation.OpenFile.PipeReader;
import dev.reeve.daemon.simulation.OpenFile.PipeWriter;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The descriptors of the daemon in a simulated kernel: as few as its limit allows, and each is used as what it is.
abstract class SimulatedDescriptors extends UnneededCalls {
    private static final ResourceLimit GIVEN = new ResourceLimit(256, 1024);

    final TreeMap<Integer, OpenFile> descriptors = new TreeMap<>();
    private ResourceLimit limit = GIVEN;

    SimulatedDescriptors() {
        for (int fd = 0; fd < 3; fd++) {
            descriptors.put(fd, new EventCounter());
        }
    }

    /// Whether the limit is the one that the daemon was started with.
    final boolean isGivenLimit() {
        return limit.equals(GIVEN);
    }

    final List<OpenFile> openFiles() {
        return List.copyOf(descriptors.values());
    }

    final boolean isReadable(int fd) {
        return open(fd, OpenFile.class).isReadable();
    }

    @Override
    public int read(int fd, ByteBuffer buffer) {
        SimulatedPipe pipe = open(fd, PipeReader.class).pipe();
        if (!pipe.isReadable()) {
            return WOULD_BLOCK;
        }
        int before = buffer.position();
        while (buffer.hasRemaining() && !pipe.bytes.isEmpty()) {
            buffer.put(pipe.bytes.remove());
        }
        return buffer.position() - before;
    }

    @Override
    public void close(int fd) {
        OpenFile closed = open(fd, OpenFile.class);
        descriptors.remove(fd);
        if (closed instanceof PipeWriter(SimulatedPipe pipe)) {
            pipe.writers--;
        }
    }

    @Override
    public int eventfd() throws ErrnoException {
        return add(new EventCounter());
    }

    @Override
    public void signalEventfd(int fd) {
        open(fd, EventCounter.class).signalled = true;
    }

    @Override
    public boolean drainEventfd(int fd) {
        EventCounter counter = open(fd, EventCounter.class);
        boolean signalled = counter.signalled;
        counter.signalled = false;
        return signalled;
    }

    @Override
    public ResourceLimit descriptorLimit() {
        return limit;
    }

    @Override
    public void setDescriptorLimit(ResourceLimit limit) {
        this.limit = limit;
    }

    final int add(OpenFile file) throws ErrnoException {
        int fd = 0;
        while (descriptors.containsKey(fd)) {
            fd++;
        }
        if (fd >= limit.soft()) {
            throw new ErrnoException("descriptor " + fd, Errno.EMFILE);
        }
        descriptors.put(fd, file);
        return fd;
    }

    final <F extends OpenFile> F open(int fd, Class<F> kind) {
        @Nullable OpenFile file = descriptors.get(fd);
        if (!kind.isInstance(file)) {
            throw new AssertionError("descriptor " + fd + " is used as " + kind.getSimpleName() + " and is " + file);
        }
        return kind.cast(file);
    }
}
