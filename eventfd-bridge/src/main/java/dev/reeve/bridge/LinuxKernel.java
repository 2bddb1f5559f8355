package dev.reeve.bridge;

import static dev.reeve.bridge.SystemCall.failed;
import static dev.reeve.bridge.SystemCall.required;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The kernel of this machine, by way of glibc. Linux 5.9 or later.
public final class LinuxKernel implements Kernel {
    private final PosixSpawn posixSpawn = new PosixSpawn();
    final SpawnThreads spawnThreads = new SpawnThreads(posixSpawn);

    /// System.nanoTime is CLOCK_MONOTONIC in HotSpot on Linux.
    @Override
    public long monotonicNanos() {
        return System.nanoTime();
    }

    @Override
    public int read(int fd, ByteBuffer buffer) throws ErrnoException {
        int length = transferLength(buffer);
        NativeMemory memory = NativeMemory.ofThread();
        int from = memory.reserve(length);
        long result = LibcFiles.read(fd, memory.address(from), length);
        if (result == -Errno.EAGAIN) {
            return WOULD_BLOCK;
        }
        if (result < 0) {
            throw failed("read descriptor " + fd, result);
        }
        int read = (int) result;
        buffer.put(buffer.position(), memory.bytes(), from, read).position(buffer.position() + read);
        return read;
    }

    @Override
    public int write(int fd, ByteBuffer buffer) throws ErrnoException {
        int length = transferLength(buffer);
        NativeMemory memory = NativeMemory.ofThread();
        int to = memory.reserve(length);
        memory.bytes().put(to, buffer, buffer.position(), length);
        long result = LibcFiles.write(fd, memory.address(to), length);
        if (result == -Errno.EAGAIN) {
            return WOULD_BLOCK;
        }
        if (result < 0) {
            throw failed("write descriptor " + fd, result);
        }
        buffer.position(buffer.position() + (int) result);
        return (int) result;
    }

    private static int transferLength(ByteBuffer buffer) {
        if (!buffer.hasRemaining()) {
            // The answer would be 0, which means something else.
            throw new IllegalArgumentException("nothing remains in the buffer");
        }
        return Math.min(buffer.remaining(), NativeMemory.TRANSFER_MAX);
    }

    @Override
    public boolean isPassedOn(int fd) throws ErrnoException {
        return DescriptorTable.isPassedOn(fd);
    }

    @Override
    public void duplicate(int fd, int copy) throws ErrnoException {
        DescriptorTable.duplicate(fd, copy);
        spawnThreads.descriptorChanged(copy);
    }

    @Override
    public void close(int fd) {
        LibcFiles.close(fd);
    }

    @Override
    public boolean isSameFile(int fd, int other) throws ErrnoException {
        long result = LibcFiles.fcntl(fd, Libc.F_DUPFD_QUERY, other);
        return result != -Errno.EINVAL && required("compare descriptors", result) == 1;
    }

    @Override
    public Pipe pipe() throws ErrnoException {
        Pipe pipe = pipeBetweenChildren();
        long result = LibcFiles.fcntl(pipe.readEnd(), Libc.F_SETFL, Libc.O_NONBLOCK);
        if (result < 0) {
            LibcFiles.close(pipe.readEnd());
            LibcFiles.close(pipe.writeEnd());
            throw failed("pipe", result);
        }
        return pipe;
    }

    @Override
    public Pipe pipeBetweenChildren() throws ErrnoException {
        NativeMemory memory = NativeMemory.ofThread();
        int ends = memory.reserve(2 * Integer.BYTES);
        required("pipe", LibcSockets.pipe2(memory.address(ends), Libc.O_CLOEXEC));
        return new Pipe(memory.bytes().getInt(ends), memory.bytes().getInt(ends + Integer.BYTES));
    }

    @Override
    public int eventfd() throws ErrnoException {
        return (int) required("eventfd", LibcSockets.eventfd(0, Libc.EFD_NONBLOCK | Libc.EFD_CLOEXEC));
    }

    @Override
    public void signalEventfd(int fd) throws ErrnoException {
        long result = LibcSockets.eventfd_write(fd, 1);
        if (result != -Errno.EAGAIN) {
            required("write eventfd", result);
        }
    }

    @Override
    public boolean drainEventfd(int fd) throws ErrnoException {
        NativeMemory memory = NativeMemory.ofThread();
        int count = memory.reserve(Long.BYTES);
        long result = LibcSockets.eventfd_read(fd, memory.address(count));
        if (result == -Errno.EAGAIN) {
            return false;
        }
        required("read eventfd", result);
        return true;
    }

    @Override
    public int signalfd(Set<Integer> signals) throws ErrnoException {
        return LinuxSignals.open(signals);
    }

    @Override
    public @Nullable ArrivedSignal readSignalfd(int fd) throws ErrnoException {
        return LinuxSignals.read(fd);
    }

    @Override
    public Set<Integer> blockedSignals() throws ErrnoException {
        return LinuxSignals.blocked();
    }

    @Override
    public int inotify() throws ErrnoException {
        return LinuxInotify.open();
    }

    @Override
    public int watchDirectory(int inotifyFd, String path) throws ErrnoException {
        return LinuxInotify.watch(inotifyFd, path);
    }

    @Override
    public void unwatchDirectory(int inotifyFd, int watch) throws ErrnoException {
        LinuxInotify.unwatch(inotifyFd, watch);
    }

    @Override
    public List<DirectoryChange> readInotify(int fd) throws ErrnoException {
        return LinuxInotify.read(fd);
    }

    @Override
    public void makeFifoAt(int directoryFd, String name, int mode) throws ErrnoException {
        LinuxFiles.makeFifo(directoryFd, name, mode);
    }

    @Override
    public int openFifoAt(int directoryFd, String name) throws ErrnoException {
        return LinuxFiles.openFifo(directoryFd, name);
    }

    @Override
    public boolean writeFifoAt(int directoryFd, String name, byte[] bytes) throws ErrnoException {
        return LinuxWriting.writeFifo(directoryFd, name, bytes);
    }

    @Override
    public int openDirectory(String path) throws ErrnoException {
        return LinuxFiles.openDirectory(LinuxFiles.AT_FDCWD, path);
    }

    @Override
    public int openDirectoryAt(int directoryFd, String name) throws ErrnoException {
        return LinuxFiles.openDirectory(directoryFd, name);
    }

    @Override
    public int openRealDirectoryAt(int directoryFd, String name) throws ErrnoException {
        return LinuxFiles.openRealDirectory(directoryFd, name);
    }

    @Override
    public List<String> listDirectory(int directoryFd) throws ErrnoException {
        return LinuxFiles.list(directoryFd);
    }

    @Override
    public @Nullable FileStatus statusAt(int directoryFd, String name) throws ErrnoException {
        return LinuxFiles.status(directoryFd, name);
    }

    @Override
    public byte @Nullable [] readFileAt(int directoryFd, String name, int bytesMax) throws ErrnoException {
        return LinuxFiles.read(directoryFd, name, bytesMax);
    }

    @Override
    public boolean makeDirectoryAt(int directoryFd, String name, int mode) throws ErrnoException {
        return LinuxFiles.makeDirectory(directoryFd, name, mode);
    }

    @Override
    public void setDirectoryModeAt(int directoryFd, String name, int mode) throws ErrnoException {
        LinuxWriting.setDirectoryMode(directoryFd, name, mode);
    }

    @Override
    public @Nullable Symlink readLinkAt(int directoryFd, String name) throws ErrnoException {
        return LinuxFiles.readLink(directoryFd, name);
    }

    @Override
    public void replaceFileAt(int directoryFd, String name, byte[] bytes, int mode) throws ErrnoException {
        LinuxWriting.replaceFile(directoryFd, name, bytes, mode);
    }

    @Override
    public void removeFileAt(int directoryFd, String name) throws ErrnoException {
        LinuxWriting.remove(directoryFd, name);
    }

    @Override
    public int openLockedAt(int directoryFd, String name, int mode) throws ErrnoException {
        return LinuxFiles.openLocked(directoryFd, name, mode);
    }

    @Override
    public int bindDatagramSocket(String path, int mode, int owner) throws ErrnoException {
        return LinuxSockets.bindDatagram(path, mode, owner);
    }

    @Override
    public @Nullable Datagram receive(int fd, int bytesMax) throws ErrnoException {
        return LinuxSockets.receive(this, fd, bytesMax);
    }

    @Override
    public int sessionOf(int pid) throws ErrnoException {
        return LinuxChildren.sessionOf(pid);
    }

    @Override
    public int parentOf(int pid) {
        return LinuxChildren.parentOf(pid);
    }

    @Override
    public Optional<Credentials> findAccount(String account) throws ErrnoException {
        return Accounts.find(account);
    }

    @Override
    public OptionalInt findGroup(String group) throws ErrnoException {
        return Accounts.findGroup(group);
    }

    @Override
    public int openSocket(SocketOrder order) throws ErrnoException {
        return LinuxListening.open(order);
    }

    @Override
    public void setBacklog(int fd, int backlog) throws ErrnoException {
        LinuxListening.setBacklog(fd, backlog);
    }

    @Override
    public void setOomScore(int pid, int score) throws ErrnoException {
        LinuxFiles.overwrite("/proc/" + pid + "/oom_score_adj", Integer.toString(score));
    }

    @Override
    public int spawn(SpawnOrder order, SpawnMoment moment) throws ErrnoException {
        return order.attributes().areInherited()
                ? spawnThreads.spawn(order, moment)
                : OneSpawnThread.spawn(posixSpawn, order, moment);
    }

    @Override
    public int openPidfd(int pid) throws ErrnoException {
        return LinuxChildren.openPidfd(pid);
    }

    @Override
    public @Nullable ChildEnd reapPidfd(int pidfd) throws ErrnoException {
        return LinuxChildren.reapPidfd(pidfd);
    }

    @Override
    public void adoptOrphans() throws ErrnoException {
        LinuxChildren.adoptOrphans();
    }

    @Override
    public @Nullable ChildEnd findEndedChild() throws ErrnoException {
        return LinuxChildren.findEnded();
    }

    @Override
    public @Nullable ChildEnd reapPid(int pid) throws ErrnoException {
        return LinuxChildren.reapPid(pid);
    }

    @Override
    public void signalPidfd(int pidfd, int signal) throws ErrnoException {
        LinuxChildren.signalPidfd(pidfd, signal);
    }

    @Override
    public void signalGroup(int processGroup, int signal) throws ErrnoException {
        LinuxChildren.signalGroup(processGroup, signal);
    }

    @Override
    public ResourceLimit descriptorLimit() throws ErrnoException {
        return DescriptorTable.limit();
    }

    @Override
    public void setDescriptorLimit(ResourceLimit limit) throws ErrnoException {
        DescriptorTable.setLimit(limit);
    }

    @Override
    public void closeOnExecFrom(int first) throws ErrnoException {
        DescriptorTable.closeOnExecFrom(first);
    }

    @Override
    public List<byte[]> environment() {
        return LinuxEnvironment.entries();
    }

    @Override
    public int pid() {
        return LibcProcesses.getpid();
    }

    @Override
    public int effectiveUser() {
        return LibcProcesses.geteuid();
    }
}
