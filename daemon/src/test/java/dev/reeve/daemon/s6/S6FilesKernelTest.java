package dev.reeve.daemon.s6;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reeve.bridge.EventLoop;
import dev.reeve.bridge.LinuxKernel;
import dev.reeve.daemon.fleet.Command;
import dev.reeve.daemon.fleet.Fleet;
import dev.reeve.daemon.fleet.FleetEvent;
import dev.reeve.daemon.fleet.FleetEvent.Commanded;
import dev.reeve.daemon.fleet.FleetEvent.Found;
import dev.reeve.daemon.fleet.FleetEvent.Happened;
import dev.reeve.daemon.process.DescriptorLimit;
import dev.reeve.daemon.process.DirectoryHold;
import dev.reeve.daemon.process.Errand;
import dev.reeve.daemon.process.Spawners;
import dev.reeve.daemon.reactor.Inbox;
import dev.reeve.daemon.reactor.WallTimes;
import dev.reeve.daemon.service.ExitStatus.Exited;
import dev.reeve.daemon.service.Moment;
import dev.reeve.daemon.service.Pid;
import dev.reeve.daemon.service.RunSettings;
import dev.reeve.daemon.service.ServiceEvent.ProcessEnded;
import dev.reeve.daemon.service.ServiceEvent.Spawned;
import dev.reeve.daemon.service.ServiceName;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// When what becomes of services is written, the real fleet deciding.
class S6FilesKernelTest {
    private final LinuxKernel kernel = new LinuxKernel();
    private final Fleet fleet = new Fleet();
    private final Map<ServiceName, DirectoryHold> holds = new LinkedHashMap<>();
    private final List<Moment> dues = new ArrayList<>();
    private final SilentLog log = new SilentLog();

    @TempDir
    private Path scan;

    private S6Files files;

    @BeforeEach
    void begin() {
        EventLoop loop = (EventLoop) Proxy.newProxyInstance(
                EventLoop.class.getClassLoader(), new Class<?>[] {EventLoop.class}, (_, _, _) -> null);
        WallTimes times = new WallTimes(this::now, Instant::now);
        files = new S6Files(loop, new Inbox(), holds::get, (_, _) -> {}, times, log);
    }

    @AfterEach
    void end() {
        files.close();
    }

    @Test
    void thatOneIsStoppedIsWrittenAtOnce() throws Exception {
        runServices(1);
        turn(new Commanded(new Command.Stop(holds.keySet())));
        assertEquals(1, dues.size());
        assertTrue(dues.getFirst().compareTo(now()) <= 0);
    }

    @Test
    void thatManyAreStoppedWaitsForTheirEndsWhichAreWrittenAtOnce() throws Exception {
        runServices(20);
        Moment before = now();
        turn(new Commanded(new Command.Stop(holds.keySet())));
        assertEquals(20, dues.size());
        assertTrue(dues.stream().allMatch(before::isBefore));
        dues.clear();
        turn(holds.keySet().stream()
                .map(name -> new Happened(name, new ProcessEnded(new Exited(0))))
                .toArray(FleetEvent[]::new));
        assertEquals(20, dues.size());
        assertTrue(dues.stream().allMatch(due -> due.compareTo(now()) <= 0));
    }

    private void runServices(int count) throws Exception {
        SuperviseGate gate = new SuperviseGate(kernel, new DescriptorLimit(kernel, log), spawners(), log);
        for (int i = 0; i < count; i++) {
            ServiceName name = new ServiceName("s" + i);
            int fd = kernel.openDirectory(
                    Files.createDirectory(scan.resolve(name.text())).toString());
            holds.put(name, gate.take(name, fd));
            kernel.close(fd);
            turn(new Found(name, false));
            turn(new Happened(name, new Spawned(new Pid(1_000 + i), RunSettings.DEFAULT)));
        }
        dues.clear();
    }

    /// One turn of the reactor.
    private void turn(FleetEvent... events) {
        for (FleetEvent event : events) {
            fleet.step(event, now()).changed().forEach(files::changed);
        }
        files.turnEnded();
    }

    /// What is due is done at once, and has nothing to bring home.
    private Spawners spawners() {
        return (Spawners) Proxy.newProxyInstance(
                Spawners.class.getClassLoader(), new Class<?>[] {Spawners.class}, (_, method, arguments) -> {
                    assertEquals("submitAside", method.getName());
                    Moment due = (Moment) arguments[0];
                    dues.add(due);
                    if (due.compareTo((Moment) arguments[2]) <= 0) {
                        ((Errand) arguments[1]).run();
                    }
                    return null;
                });
    }

    private Moment now() {
        return new Moment(kernel.monotonicNanos());
    }
}
