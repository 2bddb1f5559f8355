package dev.reeve.daemon.s6;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.reeve.bridge.LinuxKernel;
import dev.reeve.daemon.fleet.Fleet;
import dev.reeve.daemon.fleet.FleetEvent;
import dev.reeve.daemon.fleet.FleetStep;
import dev.reeve.daemon.process.DescriptorLimit;
import dev.reeve.daemon.process.Errand;
import dev.reeve.daemon.process.Spawners;
import dev.reeve.daemon.service.Moment;
import dev.reeve.daemon.service.Pid;
import dev.reeve.daemon.service.RunSettings;
import dev.reeve.daemon.service.ServiceEvent.SpawnFailed;
import dev.reeve.daemon.service.ServiceEvent.Spawned;
import dev.reeve.daemon.service.ServiceName;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Queue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is written of a service from when it is found, by the real fleet, until it is up or cannot be started.
class SupervisedServiceKernelTest {
    private static final ServiceName NAME = new ServiceName("web");
    private static final Moment MOMENT = new Moment(0);
    private static final Instant FOUND = Instant.ofEpochSecond(1_800_000_000);
    private static final int PID = 24;

    private final LinuxKernel kernel = new LinuxKernel();
    private final Queue<Errand> errands = new ArrayDeque<>();
    private final Fleet fleet = new Fleet();

    @TempDir
    private Path directory;

    private int serviceFd;
    private SupervisedService service;

    @BeforeEach
    void take() throws Exception {
        serviceFd = kernel.openDirectory(directory.toString());
        SilentLog log = new SilentLog();
        SuperviseGate gate = new SuperviseGate(kernel, new DescriptorLimit(kernel, log), sending(), log);
        service = (SupervisedService) gate.take(NAME, serviceFd);
    }

    @AfterEach
    void release() {
        service.release();
        kernel.close(serviceFd);
    }

    @Test
    void oneThatIsStartedAtOnceHasNoOtherStatusUntilItIsUp() throws Exception {
        byte[] taken = status();
        follow(new FleetEvent.Found(NAME, false));
        assertArrayEquals(taken, status());
        follow(new FleetEvent.Happened(NAME, new Spawned(new Pid(7), RunSettings.DEFAULT)));
        assertEquals(7, ByteBuffer.wrap(status()).getLong(PID));
    }

    @Test
    void oneThatCannotBeStartedIsDownSinceTheMomentThatIsToldElsewhere() throws Exception {
        follow(new FleetEvent.Found(NAME, false));
        follow(new FleetEvent.Happened(NAME, new SpawnFailed("no run")));
        assertEquals(0, ByteBuffer.wrap(status()).getLong(PID));
        assertArrayEquals(timesOf(Status.notStartedYet(FOUND, true).bytes()), timesOf(status()));
    }

    @Test
    void oneThatIsNotStartedIsDownSinceTheMomentThatIsToldElsewhere() throws Exception {
        follow(new FleetEvent.Found(NAME, true));
        assertArrayEquals(Status.notStartedYet(FOUND, false).bytes(), status());
    }

    private static byte[] timesOf(byte[] status) {
        return Arrays.copyOf(status, PID);
    }

    private byte[] status() throws Exception {
        return Files.readAllBytes(directory.resolve("supervise/status"));
    }

    /// As the reactor does, with a turn for each step, and the disk answers at once.
    private void follow(FleetEvent event) {
        FleetStep step = fleet.step(event, MOMENT);
        step.changed().forEach(situation -> service.changed(situation, FOUND));
        service.send();
        assertFalse(errands.isEmpty());
        while (!errands.isEmpty()) {
            errands.remove().run().run();
        }
    }

    private Spawners sending() {
        return (Spawners) Proxy.newProxyInstance(
                Spawners.class.getClassLoader(), new Class<?>[] {Spawners.class}, (_, method, arguments) -> {
                    assertEquals("submitAside", method.getName());
                    errands.add((Errand) arguments[1]);
                    return null;
                });
    }
}
