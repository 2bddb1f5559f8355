package dev.reeve.daemon.control;

import dev.reeve.protocol.Reply;
import dev.reeve.protocol.ThreadTrace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryUsage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// Looks at the JVM from within, since jcmd and jstack do not work here. Done on a thread of its own: it takes its
/// time, loads classes and reads /proc. One at a time.
final class DebugReports {
    private static final int FRAMES_MAX = 100;
    private static final long LOOP_GOES_ON_NANOS = 5_000_000;

    private final Executor loop;
    private boolean underWay;

    DebugReports(Executor loop) {
        this.loop = loop;
    }

    /// Makes the answer to this request and hands it over, on the loop; answers whether it can be had now.
    boolean make(long id, Supplier<Reply> report, Consumer<Reply> answer) {
        if (underWay) {
            return false;
        }
        Thread thread = new Thread(
                () -> {
                    Reply reply = made(id, report);
                    loop.execute(() -> {
                        underWay = false;
                        answer.accept(reply);
                    });
                },
                "debug");
        thread.setDaemon(true);
        try {
            thread.start();
        } catch (OutOfMemoryError _) {
            // pthread_create's EAGAIN: no thread is to be had.
            return false;
        }
        underWay = true;
        return true;
    }

    static Reply threads(long id) {
        // The loop has just started this thread: let it get back to what it does.
        LockSupport.parkNanos(LOOP_GOES_ON_NANOS);
        List<ThreadTrace> traces = Thread.getAllStackTraces().entrySet().stream()
                .filter(thread -> !thread.getKey().equals(Thread.currentThread()))
                .sorted(Comparator.comparing(thread -> thread.getKey().threadId()))
                .map(thread -> trace(thread.getKey(), thread.getValue()))
                .toList();
        return new Reply.Threads(id, traces);
    }

    static Reply memory(long id, long clientBytes, long clientBytesMax) {
        MemoryUsage heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage();
        MemoryUsage other = ManagementFactory.getMemoryMXBean().getNonHeapMemoryUsage();
        SequencedMap<String, Long> figures = new LinkedHashMap<>();
        figures.put("heap-used-bytes", heap.getUsed());
        figures.put("heap-max-bytes", heap.getMax());
        figures.put("nonheap-used-bytes", other.getUsed());
        figures.put("nonheap-committed-bytes", other.getCommitted());
        figures.put(
                "direct-used-bytes",
                ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
                        .mapToLong(BufferPoolMXBean::getMemoryUsed)
                        .sum());
        figures.put("clients-held-bytes", clientBytes);
        figures.put("clients-max-bytes", clientBytesMax);
        figures.put("resident-bytes", residentBytes());
        List<GarbageCollectorMXBean> collectors = ManagementFactory.getGarbageCollectorMXBeans();
        figures.put("collections", sum(collectors.stream().map(GarbageCollectorMXBean::getCollectionCount)));
        figures.put("collecting-millis", sum(collectors.stream().map(GarbageCollectorMXBean::getCollectionTime)));
        return new Reply.Figures(id, figures);
    }

    private static Reply made(long id, Supplier<Reply> report) {
        try {
            return report.get();
        } catch (RuntimeException | Error e) {
            return new Reply.Refused(id, Reply.Refusal.NOT_AVAILABLE, "looking failed: " + e);
        }
    }

    private static ThreadTrace trace(Thread thread, StackTraceElement[] frames) {
        return new ThreadTrace(
                thread.getName(),
                thread.getState().name().toLowerCase(java.util.Locale.ROOT).replace('_', '-'),
                Stream.of(frames)
                        .limit(FRAMES_MAX)
                        .map(StackTraceElement::toString)
                        .toList());
    }

    private static long sum(Stream<Long> values) {
        return values.mapToLong(Long::longValue).filter(value -> value > 0).sum();
    }

    /// What of it is in memory, -1 where /proc does not say.
    private static long residentBytes() {
        try (Stream<String> lines = Files.lines(Path.of("/proc/self/status"))) {
            return lines.filter(line -> line.startsWith("VmRSS:"))
                    .mapToLong(line -> 1024 * Long.parseLong(line.replaceAll("[^0-9]", "")))
                    .findFirst()
                    .orElse(-1);
        } catch (IOException | UncheckedIOException _) {
            return -1;
        }
    }
}
