package dev.reeve.daemon.simulation;

import static dev.reeve.daemon.simulation.FleetInvariants.require;

import dev.reeve.bridge.Errno;
import dev.reeve.bridge.ErrnoException;
import dev.reeve.bridge.Kernel.ChildEnd;
import dev.reeve.daemon.simulation.OpenFile.NotifySocket;
import dev.reeve.daemon.simulation.OpenFile.SentDatagram;
import dev.reeve.daemon.simulation.SimulatedProcess.Program;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntConsumer;

/// All children of the daemon, what they do with their lives, and what is left of them until they are reaped.
final class SimulatedChildren {
    private static final int SIGABRT = 6;
    private static final int SIGKILL = 9;
    private static final int SIGCONT = 18;
    private static final int PID_MIN = 100;
    private static final int PID_MAX = 400;
    private static final int CHILDREN_FROM = 10_000;
    private static final int LEADERS_FROM = 20_000;

    private static final List<String> SAYINGS = List.of(
            "STATUS=busy",
            "READY=1",
            "RELOADING=1\nMONOTONIC_USEC=1",
            "STOPPING=1",
            "WATCHDOG=1",
            "WATCHDOG_USEC=3000000",
            "WATCHDOG=trigger",
            "EXTEND_TIMEOUT_USEC=2000000");

    /// Whoever is left alone ends some time.
    private static final Duration LONGEST_RESISTANCE = Duration.ofSeconds(20);

    private final VirtualTime time;
    private final Weather weather;
    private final IntConsumer childSignal;
    private final Map<Integer, SimulatedProcess> unreaped = new LinkedHashMap<>();
    private final Map<String, SimulatedProcess> lastRun = new HashMap<>();
    private int lastPid = PID_MIN;
    private long endedSince;

    /// `childSignal` is told the pid for which a SIGCHLD is raised.
    SimulatedChildren(VirtualTime time, Weather weather, IntConsumer childSignal) {
        this.time = time;
        this.weather = weather;
        this.childSignal = childSignal;
    }

    /// Everything that was not reaped, alive or not, oldest first.
    Collection<SimulatedProcess> unreaped() {
        return unreaped.values();
    }

    /// Since when there has been an ended child that waits to be reaped, one or another.
    long endedSince() {
        return endedSince;
    }

    List<SimulatedProcess> of(String service) {
        return unreaped.values().stream()
                .filter(process -> process.owner.equals(service) && process.program != Program.ORPHAN)
                .toList();
    }

    Optional<SimulatedProcess> withPid(int pid) {
        return Optional.ofNullable(unreaped.get(pid));
    }

    /// The process in which the service's `run` was last executed.
    Optional<SimulatedProcess> lastRunOf(String service) {
        return Optional.ofNullable(lastRun.get(service));
    }

    SimulatedProcess startRun(String service, Optional<SimulatedPipe> readiness, Optional<NotifySocket> notify) {
        SimulatedProcess process = start(service, Program.RUN);
        lastRun.put(service, process);
        readiness.ifPresent(pipe -> {
            hold(process, pipe);
            announce(process, pipe);
        });
        notify.ifPresent(socket -> announce(process, socket));
        if (weather.chance(weather.mortality)) {
            Duration life =
                    weather.oneOf(Duration.ZERO, weather.lasting(Duration.ofNanos(10_000), Duration.ofSeconds(30)));
            time.after(life, () -> end(process, weather.chance(0.2), weather.oneOf(0, 1, 11)));
        }
        return process;
    }

    SimulatedProcess startFinish(String service) {
        SimulatedProcess process = start(service, Program.FINISH);
        Duration life = weather.chance(0.4)
                ? weather.paced(LONGEST_RESISTANCE)
                : weather.lasting(Duration.ofNanos(10_000), Duration.ofSeconds(10));
        time.after(life, () -> end(process, false, weather.chance(weather.despair) ? 125 : weather.oneOf(0, 1)));
        return process;
    }

    /// What `finish` is told of how `run` has ended.
    void requireTruth(String service, List<String> arguments) {
        SimulatedProcess run = lastRunOf(service).orElseThrow();
        ChildEnd end = run.end.orElseThrow();
        List<String> truth = List.of(
                end.signalled() ? "256" : Integer.toString(end.code()),
                end.signalled() ? Integer.toString(end.code()) : "0",
                // Whatever it is called now.
                arguments.get(2),
                Integer.toString(run.pid));
        require(arguments.equals(truth), () -> "finish is told " + arguments + " of " + truth);
    }

    /// A process whose parent has ended is ours now.
    SimulatedProcess startOrphan(String service) {
        SimulatedProcess process = start(service, Program.ORPHAN);
        process.reported = true;
        Duration life = weather.oneOf(Duration.ZERO, weather.lasting(Duration.ofNanos(1_000), Duration.ofSeconds(20)));
        time.after(life, () -> end(process, weather.chance(0.5), weather.oneOf(1, 9)));
        return process;
    }

    private SimulatedProcess start(String service, Program program) {
        do {
            lastPid = lastPid == PID_MAX ? PID_MIN : lastPid + 1;
        } while (unreaped.containsKey(lastPid));
        SimulatedProcess process =
                new SimulatedProcess(lastPid, service, program, weather.chance(weather.stubbornness));
        unreaped.put(process.pid, process);
        return process;
    }

    private void announce(SimulatedProcess process, SimulatedPipe pipe) {
        if (weather.chance(0.3)) {
            time.after(Duration.ofNanos(20_000), () -> say(process, pipe, "getting ready"));
        }
        if (weather.chance(0.9)) {
            Duration ready = weather.oneOf(
                    weather.lasting(Duration.ofMillis(1), Duration.ofSeconds(30)),
                    weather.between(Duration.ofSeconds(2), Duration.ofSeconds(30)));
            time.after(ready, () -> say(process, pipe, "\nready\n"));
        }
    }

    /// It sends, or a child of its does, or one that has left its session.
    private void announce(SimulatedProcess process, NotifySocket socket) {
        int sender = process.pid + weather.oneOf(0, CHILDREN_FROM, LEADERS_FROM);
        int descriptors = weather.oneOf(0, 1);
        time.after(weather.lasting(Duration.ofMillis(1), Duration.ofSeconds(30)), () -> {
            if (process.isAlive()) {
                socket.queue().add(new SentDatagram(sender, "READY=1\nSTATUS=ready", descriptors));
                socket.queue().add(new SentDatagram(process.pid, "FDSTORE=1\nFDNAME=state", 2));
            }
        });
        if (weather.chance(weather.talkativeness)) {
            process.says = Optional.of(socket);
            talk(process, socket);
        }
    }

    private void talk(SimulatedProcess process, NotifySocket socket) {
        time.after(weather.between(Duration.ofSeconds(1), Duration.ofSeconds(10)), () -> {
            if (process.isAlive()) {
                sayAnything(process, socket);
                talk(process, socket);
            }
        });
    }

    private void sayAnything(SimulatedProcess process, NotifySocket socket) {
        if (process.isAlive()) {
            socket.queue().add(new SentDatagram(process.pid, weather.oneOf(SAYINGS), 0));
        }
    }

    static boolean isInASessionOfItsOwn(int pid) {
        return pid < CHILDREN_FROM || pid > LEADERS_FROM;
    }

    static int parentOf(int pid) {
        return pid > LEADERS_FROM ? pid - LEADERS_FROM : pid > CHILDREN_FROM ? pid - CHILDREN_FROM : 1;
    }

    private static void say(SimulatedProcess process, SimulatedPipe pipe, String text) {
        if (process.isAlive()) {
            pipe.write(text);
        }
    }

    private static void hold(SimulatedProcess process, SimulatedPipe pipe) {
        process.holds.add(pipe);
        pipe.writers++;
    }

    void signal(SimulatedProcess process, int signal) {
        if (!process.holds.isEmpty() && weather.chance(0.3)) {
            SimulatedPipe pipe = process.holds.getFirst();
            time.after(
                    weather.lasting(Duration.ofMillis(1), Duration.ofSeconds(5)), () -> say(process, pipe, "late\n"));
        }
        process.says.ifPresent(socket -> time.after(
                weather.lasting(Duration.ofMillis(1), Duration.ofSeconds(5)), () -> sayAnything(process, socket)));
        process.asked = process.asked || signal != SIGCONT;
        if (signal == SIGKILL) {
            process.killed = true;
            // One in uninterruptible sleep takes its time.
            Duration delay = weather.chance(weather.deepSleep)
                    ? weather.between(Duration.ofSeconds(1), Duration.ofSeconds(20))
                    : Duration.ofNanos(1_000);
            time.after(delay, () -> end(process, true, SIGKILL));
            return;
        }
        if (signal != SIGCONT) {
            Duration delay = resistance(process, signal);
            boolean exits = weather.chance(0.5);
            time.after(delay, () -> end(process, !exits, exits ? 0 : signal));
        }
    }

    /// A core dump takes its time, as a stubborn process does.
    private Duration resistance(SimulatedProcess process, int signal) {
        if (process.stubborn) {
            return weather.paced(LONGEST_RESISTANCE);
        }
        return signal == SIGABRT
                ? weather.between(Duration.ofMillis(100), Duration.ofSeconds(8))
                : weather.lasting(Duration.ofNanos(10_000), Duration.ofSeconds(3));
    }

    private void end(SimulatedProcess process, boolean signalled, int code) {
        if (!process.isAlive()) {
            return;
        }
        if (unreaped.values().stream().allMatch(SimulatedProcess::isAlive)) {
            endedSince = time.now();
        }
        process.end = Optional.of(new ChildEnd(process.pid, signalled, code));
        process.endedAt = time.now();
        if (process.program != Program.ORPHAN && weather.chance(0.2)) {
            SimulatedProcess orphan = startOrphan(process.owner);
            process.holds.forEach(pipe -> {
                hold(orphan, pipe);
                announce(orphan, pipe);
            });
        }
        process.holds.forEach(pipe -> pipe.writers--);
        childSignal.accept(process.pid);
    }

    /// Takes what is left of the child out of the kernel.
    Optional<ChildEnd> reap(SimulatedProcess process) throws ErrnoException {
        if (process.reaped) {
            throw new ErrnoException("waitid", Errno.ECHILD);
        }
        if (process.end.isPresent()) {
            process.reaped = true;
            unreaped.remove(process.pid);
        }
        return process.end;
    }
}
