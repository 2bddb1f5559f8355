package dev.reeve.benchmarks.peers;

import dev.reeve.bridge.ErrnoException;
import dev.reeve.bridge.Kernel;
import dev.reeve.bridge.LinuxKernel;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A supervisor at work, and what is measured of it. Times are in nanoseconds.
final class Supervision implements AutoCloseable {
    /// Every supervisor here waits for up to a second before it starts what has just been started, so no service is
    /// killed before it has been up for that long: what is measured is the work, not the wait.
    private static final long UP_BEFORE_KILLED = TimeUnit.MILLISECONDS.toNanos(1_100);

    /// What follows a restart (readiness, `finish`, statistics) is over before the next one.
    private static final long GAP_MIN = TimeUnit.MILLISECONDS.toNanos(3);

    private static final long DOOR_RETRY = TimeUnit.MILLISECONDS.toNanos(10);

    private static final int SIGKILL = 9;
    private static final Kernel KERNEL = new LinuxKernel();

    private final Supervisor supervisor;
    private final Stage stage;
    private final Stamps stamps;
    private final Process process;
    private final long startedAt;
    private final int[] pids;
    private final long[] upSince;
    private long lastKill;
    private int nextVictim;
    private volatile boolean stopping;

    /// Starts it, and does not wait.
    Supervision(Supervisor supervisor, Stage stage) throws IOException {
        this.supervisor = supervisor;
        this.stage = stage;
        stamps = new Stamps(stage.file("stamps"));
        pids = new int[stage.services().size()];
        upSince = new long[pids.length];
        ProcessBuilder builder = command(supervisor.start(stage));
        startedAt = System.nanoTime();
        process = builder.start();
        // Whoever waits for a stamp then waits in vain.
        CompletableFuture<Void> _ = process.onExit().thenRun(this::ended);
    }

    Stage stage() {
        return stage;
    }

    /// Until the first service ran, and until all did.
    record Started(long firstNanos, long allNanos) {}

    /// Waits until every service has come up. An IOException with the supervisor's words if that ends first.
    Started awaitStarted() throws IOException {
        return awaitStarted(startedAt);
    }

    private Started awaitStarted(long since) throws IOException {
        try {
            return started(since);
        } catch (ClosedChannelException e) {
            if (process.isAlive()) {
                throw e;
            }
            throw new IOException("it ended at once: " + log(), e);
        }
    }

    private Started started(long since) throws IOException {
        long first = Long.MAX_VALUE;
        long last = 0;
        for (int missing = pids.length; missing > 0; ) {
            Stamp stamp = stamps.next();
            missing -= pids[stamp.service()] == 0 ? 1 : 0;
            cameUp(stamp);
            first = Math.min(first, stamp.nanos());
            last = Math.max(last, stamp.nanos());
        }
        return new Started(first - since, last - since);
    }

    /// Waits until it serves its scan directory, which is empty yet, shows it the services, and answers how long
    /// it took from when it was told to look.
    Started rescan(Supervisor.Rescan rescan) throws IOException {
        try (WritableByteChannel channel = opened(rescan)) {
            stage.show();
            long before = System.nanoTime();
            channel.write(ByteBuffer.wrap(rescan.words().getBytes(StandardCharsets.UTF_8)));
            return awaitStarted(before);
        }
    }

    private WritableByteChannel opened(Supervisor.Rescan rescan) throws IOException {
        while (true) {
            try {
                return rescan.door().open(stage);
            } catch (IOException e) {
                if (!process.isAlive() || Thread.currentThread().isInterrupted()) {
                    throw e;
                }
                LockSupport.parkNanos(DOOR_RETRY);
            }
        }
    }

    /// Waits until the next service, in turn, may be killed.
    void awaitTurn() {
        sleepUntil(Math.max(lastKill + GAP_MIN, upSince[nextVictim] + UP_BEFORE_KILLED));
    }

    /// From the kill of the next service to the first instruction of the process in its place.
    long restart() throws IOException, ErrnoException {
        int victim = nextVictim;
        lastKill = killNext();
        Stamp stamp;
        do {
            stamp = stamps.next();
            cameUp(stamp);
        } while (stamp.service() != victim);
        return stamp.nanos() - lastKill;
    }

    /// Answers when that was.
    private long killNext() throws ErrnoException {
        int pidfd = KERNEL.openPidfd(pids[nextVictim]);
        nextVictim = (nextVictim + 1) % pids.length;
        try {
            long before = System.nanoTime();
            KERNEL.signalPidfd(pidfd, SIGKILL);
            return before;
        } finally {
            KERNEL.close(pidfd);
        }
    }

    /// Kills all services at once, and answers how long each was away.
    long[] crashAll() throws IOException, ErrnoException {
        sleepUntil(Arrays.stream(upSince).max().orElseThrow() + UP_BEFORE_KILLED);
        int[] pidfds = new int[pids.length];
        for (int i = 0; i < pids.length; i++) {
            pidfds[i] = KERNEL.openPidfd(pids[i]);
        }
        long[] killedAt = new long[pids.length];
        for (int i = 0; i < pids.length; i++) {
            killedAt[i] = System.nanoTime();
            KERNEL.signalPidfd(pidfds[i], SIGKILL);
        }
        for (int pidfd : pidfds) {
            KERNEL.close(pidfd);
        }
        long[] away = new long[pids.length];
        for (int missing = pids.length; missing > 0; ) {
            Stamp stamp = stamps.next();
            missing -= away[stamp.service()] == 0 ? 1 : 0;
            away[stamp.service()] = stamp.nanos() - killedAt[stamp.service()];
            cameUp(stamp);
        }
        return away;
    }

    /// Kills the services in turn, one each `every`, for `kills` times, whatever becomes of those before, and
    /// answers how long each was away.
    long[] storm(int kills, Duration every) throws IOException, InterruptedException {
        sleepUntil(Arrays.stream(upSince).max().orElseThrow() + UP_BEFORE_KILLED);
        long[] killedAt = new long[pids.length];
        long[] away = new long[kills];
        Thread killing = Thread.ofPlatform().daemon().start(() -> killInTurn(kills, every.toNanos(), killedAt));
        try {
            for (int i = 0; i < kills; i++) {
                Stamp stamp = stamps.next();
                synchronized (upSince) {
                    away[i] = stamp.nanos() - killedAt[stamp.service()];
                    cameUp(stamp);
                }
            }
            return away;
        } finally {
            killing.interrupt();
            killing.join();
        }
    }

    /// At its times; late only where the next victim has not been up for long enough.
    private void killInTurn(int kills, long every, long[] killedAt) {
        long begin = System.nanoTime();
        for (int killed = 0; killed < kills && !Thread.currentThread().isInterrupted(); ) {
            sleepUntil(begin + killed * every);
            synchronized (upSince) {
                int victim = nextVictim;
                if (upSince[victim] + UP_BEFORE_KILLED <= System.nanoTime()) {
                    try {
                        killedAt[victim] = killNext();
                        killed++;
                        continue;
                    } catch (ErrnoException e) {
                        System.err.println("bench-peers: " + e.getMessage());
                        ended();
                        return;
                    }
                }
            }
            LockSupport.parkNanos(every);
        }
    }

    /// Has everything end, and answers how long the last service took to.
    long stop() throws IOException, ErrnoException {
        stopping = true;
        long before = System.nanoTime();
        int pidfd = KERNEL.openPidfd((int) process.pid());
        KERNEL.signalPidfd(pidfd, supervisor.stopSignal());
        KERNEL.close(pidfd);
        List<String> after = supervisor.stop(stage);
        if (!after.isEmpty()) {
            Commands.run(after);
        }
        stamps.awaitAllGone();
        return System.nanoTime() - before;
    }

    /// How long a command takes that a user types.
    long time(List<String> words) throws IOException, InterruptedException {
        ProcessBuilder builder = command(words);
        long before = System.nanoTime();
        int exit = builder.start().waitFor();
        long taken = System.nanoTime() - before;
        if (exit != 0) {
            throw new IOException(String.join(" ", words) + " exited " + exit + ": " + log());
        }
        return taken;
    }

    /// The supervisor's own processes, as they are now.
    SupervisingProcesses supervising() {
        var services = Arrays.stream(pids).mapToObj(pid -> (long) pid).collect(Collectors.toSet());
        return new SupervisingProcesses(Stream.concat(Stream.of(process.toHandle()), process.descendants())
                .filter(one -> !services.contains(one.pid()))
                .toList());
    }

    /// Of the services' tables of descriptors.
    double descriptorTableMebibytes() throws IOException {
        return DescriptorTables.mebibytes(Arrays.stream(pids)
                .mapToObj(ProcessHandle::of)
                .flatMap(Optional::stream)
                .toList());
    }

    /// What it and its commands have said.
    String log() throws IOException {
        return Files.readString(stage.file("log"));
    }

    /// Ends it, and removes its stage, which makes room for the next one's.
    @Override
    public void close() throws IOException {
        stopping = true;
        stamps.close();
        Removal.remove(stage.directory());
    }

    private void cameUp(Stamp stamp) {
        pids[stamp.service()] = stamp.pid();
        upSince[stamp.service()] = stamp.nanos();
    }

    /// Waits until then, or until this thread is interrupted.
    private static void sleepUntil(long nanos) {
        for (long left = nanos - System.nanoTime();
                left > 0 && !Thread.currentThread().isInterrupted();
                left = nanos - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }

    private void ended() {
        if (!stopping) {
            try {
                stamps.close();
            } catch (IOException e) {
                System.err.println("bench-peers: closing the fifo: " + e.getMessage());
            }
        }
    }

    private ProcessBuilder command(List<String> words) {
        ProcessBuilder builder = new ProcessBuilder(words)
                .directory(stage.scan().toFile())
                .redirectErrorStream(true)
                .redirectInput(Path.of("/dev/null").toFile())
                .redirectOutput(
                        ProcessBuilder.Redirect.appendTo(stage.file("log").toFile()));
        builder.environment().putAll(Supervisor.environment(stage));
        return builder;
    }
}
