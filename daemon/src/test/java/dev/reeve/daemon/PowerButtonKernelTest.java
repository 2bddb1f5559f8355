package dev.reeve.daemon;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reeve.bridge.EpollLoop;
import dev.reeve.bridge.ErrnoException;
import dev.reeve.bridge.Kernel;
import dev.reeve.bridge.LinuxKernel;
import dev.reeve.daemon.fleet.ServiceSituation;
import dev.reeve.daemon.life.MachineLife;
import dev.reeve.daemon.log.NotedLog;
import dev.reeve.daemon.process.Errand;
import dev.reeve.daemon.process.SpawnerThreads;
import dev.reeve.daemon.process.Spawners;
import dev.reeve.daemon.service.History;
import dev.reeve.daemon.service.Moment;
import dev.reeve.daemon.service.ServiceState.Down;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Devices come and go, and one of them has a power button: fifos in their place, on a real loop with real threads.
class PowerButtonKernelTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final short KEY = 1;
    private static final short POWER = 116;
    private static final short ENTER = 28;

    private final Kernel kernel = new LinuxKernel();
    private final List<String> log = new ArrayList<>();
    private int pressed;

    @TempDir
    private Path dev;

    @Test
    void itIsHeardWhicheverDeviceHasItAndWheneverThatComes() throws Exception {
        try (EpollLoop loop = new EpollLoop((_, cause) -> log.add("bug: " + cause));
                SpawnerThreads spawners = new SpawnerThreads(kernel, loop, new NotedLog(log))) {
            Path folder = dev.resolve("input");
            PowerButton button =
                    new PowerButton(kernel, this::open, loop, spawners, folder, () -> pressed++, new NotedLog(log));
            button.listen();
            await(loop, spawners, () -> Files.isDirectory(folder));

            makeDevice("event0-keyboard");
            makeDevice("event1-button");
            await(loop, spawners, () -> log.contains("the power button is heard, by " + folder + "/event1-button"));

            press("event1-button", ENTER, ENTER, POWER);
            await(loop, spawners, () -> pressed > 0);
            assertEquals(1, pressed, "by another key");

            makeDevice("event2-button");
            await(loop, spawners, () -> log.contains("the power button is heard, by " + folder + "/event2-button"));
            press("event2-button", POWER);
            await(loop, spawners, () -> pressed > 1);
        }
        assertEquals(
                2, log.stream().filter("the power button was pressed"::equals).count());
        assertTrue(log.stream().noneMatch(line -> line.startsWith("bug")), log::toString);
    }

    @Test
    void whereThereAreNoDevicesNothingIsTold() throws Exception {
        lookTwiceAt(dev.resolve("no-devtmpfs/input"));
        assertEquals(List.of(), log);
    }

    @Test
    void whatIsWrongWithTheirDirectoryIsToldOnce() throws Exception {
        lookTwiceAt(Files.createFile(dev.resolve("file")));
        assertEquals(1, log.size(), log::toString);
        assertTrue(log.getFirst().contains("ENOTDIR"), log::toString);
    }

    /// The loop has not turned since the first look, so that one is under way, whatever its thread has done.
    @Test
    void whatChangesWhileItIsLookedForIsLookedAtOnceMore() throws Exception {
        try (EpollLoop loop = new EpollLoop((_, cause) -> log.add("bug: " + cause));
                SpawnerThreads spawners = new SpawnerThreads(kernel, loop, new NotedLog(log))) {
            CountedErrands errands = new CountedErrands(spawners);
            PowerButton button = new PowerButton(
                    kernel, this::open, loop, errands, dev.resolve("none"), () -> pressed++, new NotedLog(log));
            button.listen();
            button.changed(new ServiceSituation(MachineLife.INIT, new Down(History.NONE), new Moment(0)));
            button.changed(new ServiceSituation(MachineLife.INIT, new Down(History.NONE), new Moment(0)));
            assertEquals(1, errands.sent);
            await(loop, spawners, () -> errands.home == 2);
            assertEquals(2, errands.sent);
        }
    }

    /// As a machine does: when it begins, and when `rc.init` has ended, which may have mounted a /dev.
    private void lookTwiceAt(Path folder) throws ErrnoException {
        try (EpollLoop loop = new EpollLoop((_, cause) -> log.add("bug: " + cause));
                SpawnerThreads spawners = new SpawnerThreads(kernel, loop, new NotedLog(log))) {
            CountedErrands errands = new CountedErrands(spawners);
            PowerButton button =
                    new PowerButton(kernel, this::open, loop, errands, folder, () -> pressed++, new NotedLog(log));
            button.listen();
            await(loop, spawners, () -> errands.home == 1);
            button.changed(new ServiceSituation(MachineLife.INIT, new Down(History.NONE), new Moment(0)));
            await(loop, spawners, () -> errands.home == 2);
        }
    }

    /// In the kernel's place: which devices have the key.
    private OptionalInt open(String path) throws ErrnoException {
        if (!path.endsWith("-button")) {
            return OptionalInt.empty();
        }
        int folder = kernel.openDirectory(dev.resolve("input").toString());
        try {
            return OptionalInt.of(
                    kernel.openFifoAt(folder, Path.of(path).getFileName().toString()));
        } finally {
            kernel.close(folder);
        }
    }

    private void makeDevice(String name) throws ErrnoException {
        int folder = kernel.openDirectory(dev.resolve("input").toString());
        kernel.makeFifoAt(folder, name, 0600);
        kernel.close(folder);
    }

    /// All at once: they are read together.
    private void press(String device, short... keys) throws IOException {
        ByteBuffer events = ByteBuffer.allocate(24 * keys.length).order(ByteOrder.nativeOrder());
        for (short key : keys) {
            events.putLong(0).putLong(0).putShort(KEY).putShort(key).putInt(1);
        }
        Files.write(dev.resolve("input").resolve(device), events.array());
    }

    private void await(EpollLoop loop, SpawnerThreads spawners, BooleanSupplier condition) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() < end, () -> "pressed " + pressed + " times; the log: " + log);
            loop.await(Duration.ofMillis(50).toNanos());
            spawners.check(new Moment(kernel.monotonicNanos()));
        }
    }

    /// Counts which have been sent, and which have come home.
    private static final class CountedErrands implements Spawners {
        private final SpawnerThreads spawners;
        private int sent;
        private int home;

        CountedErrands(SpawnerThreads spawners) {
            this.spawners = spawners;
        }

        @Override
        public void submit(Errand errand, Moment now) {
            submitAside(now, errand, now);
        }

        @Override
        public void submitAside(Moment due, Errand errand, Moment now) {
            sent++;
            spawners.submitAside(due, counted(errand), now);
        }

        private Errand counted(Errand errand) {
            return new Errand() {
                @Override
                public Runnable run() {
                    Runnable result = errand.run();
                    return () -> {
                        result.run();
                        home++;
                    };
                }

                @Override
                public void failed(Throwable cause) {
                    errand.failed(cause);
                }
            };
        }

        @Override
        public void mention(Runnable fact) {
            throw new AssertionError("nothing mentions anything");
        }

        @Override
        public Moment nextCheck() {
            return spawners.nextCheck();
        }

        @Override
        public void check(Moment now) {
            spawners.check(now);
        }
    }
}
