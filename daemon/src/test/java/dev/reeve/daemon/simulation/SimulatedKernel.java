package dev.reeve.daemon.simulation;

import static dev.reeve.daemon.simulation.FleetInvariants.require;

import dev.reeve.bridge.Credentials;
import dev.reeve.bridge.Datagram;
import dev.reeve.bridge.Errno;
import dev.reeve.bridge.ErrnoException;
import dev.reeve.bridge.SocketOrder;
import dev.reeve.bridge.SpawnOrder;
import dev.reeve.daemon.simulation.OpenFile.ChildHandle;
import dev.reeve.daemon.simulation.OpenFile.Directory;
import dev.reeve.daemon.simulation.OpenFile.EventCounter;
import dev.reeve.daemon.simulation.OpenFile.Listener;
import dev.reeve.daemon.simulation.OpenFile.Lock;
import dev.reeve.daemon.simulation.OpenFile.NotifySocket;
import dev.reeve.daemon.simulation.OpenFile.PipeReader;
import dev.reeve.daemon.simulation.OpenFile.PipeWriter;
import dev.reeve.daemon.simulation.OpenFile.SentDatagram;
import dev.reeve.daemon.simulation.OpenFile.SignalQueue;
import dev.reeve.daemon.simulation.SimulatedProcess.Program;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// A kernel in memory. It keeps its own rules strictly: a descriptor that is not open, or is something else, a call
/// that may block on the loop's thread, a second process of a service, a child taken from its spawner, and a
/// `finish` that is told a lie are each an error at once.
final class SimulatedKernel extends SimulatedDescriptors {
    static final String SCAN_PATH = "/services";

    private static final int SIGCHLD = 17;

    /// As long as the reaper leaves a child that may be a spawner's.
    private static final Duration REAPERS_PATIENCE = Duration.ofSeconds(5);

    private final VirtualTime time;
    private final Weather weather;
    private final SimulatedChildren children;
    private final Map<String, SimulatedDirectory> scanDirectory = new TreeMap<>();
    private final Map<String, SimulatedDirectory> lastOpened = new HashMap<>();
    private final Map<String, SimulatedDirectory> elsewhere = new HashMap<>();
    private final Map<String, NotifySocket> notifySockets = new HashMap<>();
    private final SignalQueue signals = new SignalQueue();
    private boolean offTheLoop;

    SimulatedKernel(VirtualTime time, Weather weather) {
        this.time = time;
        this.weather = weather;
        this.children = new SimulatedChildren(time, weather, signals::raise);
    }

    SimulatedChildren children() {
        return children;
    }

    Map<String, SimulatedDirectory> scanDirectory() {
        return scanDirectory;
    }

    /// Whether what runs now is a spawner, which may wait.
    void setOffTheLoop(boolean offTheLoop) {
        this.offTheLoop = offTheLoop;
    }

    @Override
    public long monotonicNanos() {
        return time.now();
    }

    @Override
    public boolean isSameFile(int fd, int other) throws ErrnoException {
        weather.mayFail("fcntl", Errno.EBADF);
        return open(fd, OpenFile.class) == open(other, OpenFile.class);
    }

    @Override
    public Pipe pipe() throws ErrnoException {
        weather.mayFail("pipe2", Errno.EMFILE, Errno.ENFILE);
        SimulatedPipe pipe = new SimulatedPipe();
        int readEnd = add(new PipeReader(pipe));
        pipe.writers = 1;
        return new Pipe(readEnd, add(new PipeWriter(pipe)));
    }

    @Override
    public int signalfd(Set<Integer> numbers) throws ErrnoException {
        return add(signals);
    }

    @Override
    public @Nullable ArrivedSignal readSignalfd(int fd) {
        int pid = open(fd, SignalQueue.class).take();
        return pid == 0 ? null : new ArrivedSignal(SIGCHLD, pid);
    }

    @Override
    public Pipe pipeBetweenChildren() throws ErrnoException {
        mayBlock();
        return pipe();
    }

    /// Any path but that of the scan directory is a directory with nothing in it but sockets.
    @Override
    public int openDirectory(String path) throws ErrnoException {
        mayBlock();
        return add(new Directory(path.equals(SCAN_PATH) ? Optional.empty() : Optional.of(elsewhere(path))));
    }

    private SimulatedDirectory elsewhere(String path) {
        return elsewhere.computeIfAbsent(path, SimulatedDirectory::new);
    }

    @Override
    public int openDirectoryAt(int directoryFd, String name) throws ErrnoException {
        mayBlock();
        weather.mayFail("open " + name, Errno.EMFILE, Errno.EACCES, Errno.ENOENT);
        Optional<SimulatedDirectory> parent = open(directoryFd, Directory.class).service();
        @Nullable
        SimulatedDirectory found = parent.isPresent() ? parent.get().directories.get(name) : scanDirectory.get(name);
        if (found == null) {
            throw new ErrnoException("open " + name, Errno.ENOENT);
        }
        if (parent.isEmpty()) {
            lastOpened.put(name, found);
        }
        return add(new Directory(Optional.of(found)));
    }

    /// The directory that the daemon opened last by this name.
    SimulatedDirectory lastOpened(String name) {
        return Objects.requireNonNull(lastOpened.get(name));
    }

    @Override
    public int openRealDirectoryAt(int directoryFd, String name) throws ErrnoException {
        return openDirectoryAt(directoryFd, name);
    }

    @Override
    public List<String> listDirectory(int directoryFd) throws ErrnoException {
        mayBlock();
        weather.mayFail("open .", Errno.EMFILE, Errno.EIO);
        Optional<SimulatedDirectory> service =
                open(directoryFd, Directory.class).service();
        List<String> names =
                new ArrayList<>(service.isPresent() ? service.get().files.keySet() : scanDirectory.keySet());
        service.ifPresent(directory -> names.addAll(directory.directories.keySet()));
        return names;
    }

    @Override
    public @Nullable FileStatus statusAt(int directoryFd, String name) throws ErrnoException {
        mayBlock();
        weather.mayFail("stat " + name, Errno.EIO, Errno.ELOOP);
        Optional<SimulatedDirectory> service =
                open(directoryFd, Directory.class).service();
        if (service.isEmpty()) {
            @Nullable SimulatedDirectory directory = scanDirectory.get(name);
            return directory == null ? null : directory.status();
        }
        if (name.equals(".")) {
            return service.get().status();
        }
        @Nullable SimulatedDirectory inside = service.get().directories.get(name);
        if (inside != null) {
            return inside.status();
        }
        boolean exists = name.startsWith("/") || service.get().files.containsKey(name);
        FileStatus.Kind kind =
                elsewhere.containsValue(service.get()) ? FileStatus.Kind.SOCKET : FileStatus.Kind.REGULAR;
        return exists ? new FileStatus(1, 2, kind, 0755, 0) : null;
    }

    @Override
    public byte @Nullable [] readFileAt(int directoryFd, String name, int bytesMax) throws ErrnoException {
        mayBlock();
        weather.mayFail("read " + name, Errno.EMFILE, Errno.EIO, Errno.EISDIR, Errno.EACCES);
        String text = serviceAt(directoryFd).files.get(name);
        return text == null ? null : text.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public int spawn(SpawnOrder order, SpawnMoment moment) throws ErrnoException {
        mayBlock();
        moment.begins();
        try {
            return spawnNow(order);
        } finally {
            moment.ended();
        }
    }

    private int spawnNow(SpawnOrder order) throws ErrnoException {
        require(isGivenLimit(), () -> "a child would inherit the daemon's own limit: " + descriptorLimit());
        SimulatedOrder ordered = new SimulatedOrder(order, descriptors);
        String path = ordered.path();
        SimulatedDirectory directory = path.startsWith("./") ? serviceAt(order.directoryFd()) : serviceOf(path);
        String program = ordered.program();
        weather.mayFail(
                "posix_spawn " + program, Errno.EAGAIN, Errno.ENOMEM, Errno.EACCES, Errno.ENOEXEC, Errno.ENOENT);
        if (!directory.files.containsKey(program)) {
            throw new ErrnoException("posix_spawn " + program, Errno.ENOENT);
        }
        ordered.requireHandover();
        for (SimulatedProcess other : children.of(directory.name)) {
            require(isGivenUp(other), () -> program + " beside " + other);
        }
        if (program.equals("finish")) {
            children.requireTruth(directory.name, ordered.arguments());
            return children.startFinish(directory.name).pid;
        }
        Optional<NotifySocket> notifySocket =
                ordered.variable("NOTIFY_SOCKET").map(socket -> Objects.requireNonNull(notifySockets.get(socket)));
        return children.startRun(directory.name, ordered.readinessPipe(), notifySocket).pid;
    }

    private SimulatedDirectory serviceOf(String path) {
        String[] words = path.substring(SCAN_PATH.length() + 1).split("/");
        SimulatedDirectory service = Objects.requireNonNull(scanDirectory.get(words[0]));
        return words.length == 2 ? service : service.directory(words[1]);
    }

    /// Whether the process was killed because it could not be watched, and belongs to no service any more.
    boolean isGivenUp(SimulatedProcess process) {
        return process.killed
                && descriptors.values().stream()
                        .noneMatch(file -> file instanceof ChildHandle(SimulatedProcess it) && it == process);
    }

    @Override
    public int openPidfd(int pid) throws ErrnoException {
        weather.mayFail("pidfd_open", Errno.EMFILE, Errno.ENFILE, Errno.ENOMEM);
        return add(new ChildHandle(children.withPid(pid).orElseThrow()));
    }

    @Override
    public @Nullable ChildEnd reapPidfd(int pidfd) throws ErrnoException {
        return children.reap(open(pidfd, ChildHandle.class).process()).orElse(null);
    }

    @Override
    public @Nullable ChildEnd findEndedChild() {
        return children.unreaped().stream()
                .flatMap(process -> process.end.stream())
                .findFirst()
                .orElse(null);
    }

    @Override
    public @Nullable ChildEnd reapPid(int pid) throws ErrnoException {
        Optional<SimulatedProcess> found = children.withPid(pid);
        if (found.isEmpty()) {
            return null;
        }
        SimulatedProcess process = found.get();
        if (process.program != Program.ORPHAN && !isGivenUp(process)) {
            Duration waited = Duration.ofNanos(time.now() - children.endedSince());
            require(
                    waited.compareTo(REAPERS_PATIENCE) >= 0,
                    () -> "the reaper takes a child from its spawner: " + process);
        }
        return children.reap(process).orElse(null);
    }

    @Override
    public void signalPidfd(int pidfd, int signal) throws ErrnoException {
        signal(open(pidfd, ChildHandle.class).process(), signal);
    }

    @Override
    public void signalGroup(int processGroup, int signal) throws ErrnoException {
        signal(children.withPid(processGroup).orElseThrow(), signal);
    }

    private void signal(SimulatedProcess process, int signal) throws ErrnoException {
        if (process.reaped) {
            throw new ErrnoException("signal " + signal, Errno.ESRCH);
        }
        children.signal(process, signal);
    }

    @Override
    public boolean makeDirectoryAt(int directoryFd, String name, int mode) throws ErrnoException {
        mayBlock();
        weather.mayFail("mkdir " + name, Errno.ENOSPC, Errno.EROFS);
        SimulatedDirectory parent = serviceAt(directoryFd);
        boolean isNew = !parent.directories.containsKey(name);
        parent.directory(name);
        return isNew;
    }

    @Override
    public void replaceFileAt(int directoryFd, String name, byte[] bytes, int mode) throws ErrnoException {
        mayBlock();
        weather.mayFail("open " + name, Errno.EMFILE, Errno.ENOSPC, Errno.EROFS);
        serviceAt(directoryFd).files.put(name, new String(bytes, StandardCharsets.UTF_8));
    }

    @Override
    public int openLockedAt(int directoryFd, String name, int mode) throws ErrnoException {
        mayBlock();
        weather.mayFail("open " + name, Errno.EMFILE, Errno.ENOSPC);
        open(directoryFd, Directory.class);
        return add(new Lock());
    }

    @Override
    public int openSocket(SocketOrder order) throws ErrnoException {
        mayBlock();
        weather.mayFail("bind", Errno.EMFILE, Errno.EADDRNOTAVAIL, Errno.EACCES);
        boolean isTaken = descriptors.values().stream()
                .anyMatch(file -> file instanceof Listener(var address) && address.equals(order.address()));
        if (isTaken) {
            throw new ErrnoException("bind", Errno.EADDRINUSE);
        }
        int fd = add(new Listener(order.address()));
        if (order.address() instanceof SocketOrder.SocketFile file) {
            int slash = file.path().lastIndexOf('/');
            elsewhere(file.path().substring(0, slash)).with(file.path().substring(slash + 1), "");
        }
        return fd;
    }

    @Override
    public void setBacklog(int fd, int backlog) {
        open(fd, Listener.class);
    }

    @Override
    public void setDirectoryModeAt(int directoryFd, String name, int mode) throws ErrnoException {
        mayBlock();
        weather.mayFail("chmod " + name, Errno.EPERM);
        open(directoryFd, Directory.class);
    }

    @Override
    public void removeFileAt(int directoryFd, String name) {
        mayBlock();
        serviceAt(directoryFd).files.remove(name);
    }

    @Override
    public OptionalInt findGroup(String group) {
        mayBlock();
        return OptionalInt.of(1000);
    }

    @Override
    public int bindDatagramSocket(String path, int mode, int owner) throws ErrnoException {
        mayBlock();
        weather.mayFail("bind " + path, Errno.EMFILE, Errno.ENOSPC);
        NotifySocket socket = new NotifySocket(new ArrayDeque<>());
        int fd = add(socket);
        notifySockets.put(path, socket);
        return fd;
    }

    @Override
    public @Nullable Datagram receive(int fd, int bytesMax) throws ErrnoException {
        @Nullable SentDatagram sent = open(fd, NotifySocket.class).queue().poll();
        if (sent == null) {
            return null;
        }
        List<Integer> received = new ArrayList<>();
        for (int i = 0; i < sent.descriptors(); i++) {
            received.add(add(new EventCounter()));
        }
        Datagram.Sender sender = new Datagram.Sender(sent.pid(), 0, 0);
        return new Datagram(this, sent.text().getBytes(StandardCharsets.UTF_8), false, sender, received, false);
    }

    /// A process that is no child of the daemon is the child of one, in its session or in one of its own.
    @Override
    public int sessionOf(int pid) {
        return SimulatedChildren.isInASessionOfItsOwn(pid) ? pid : SimulatedChildren.parentOf(pid);
    }

    @Override
    public int parentOf(int pid) {
        return SimulatedChildren.parentOf(pid);
    }

    @Override
    public Optional<Credentials> findAccount(String account) {
        mayBlock();
        return Optional.of(new Credentials(1000, 1000, List.of(1000)));
    }

    @Override
    public void setOomScore(int pid, int score) {
        mayBlock();
    }

    @Override
    public int effectiveUser() {
        return 0;
    }

    private void mayBlock() {
        require(offTheLoop, () -> "the loop makes a call that may block");
    }

    private SimulatedDirectory serviceAt(int directoryFd) {
        return open(directoryFd, Directory.class).service().orElseThrow();
    }
}
