package dev.reeve.daemon.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reeve.daemon.service.ExitStatus.Exited;
import dev.reeve.daemon.service.ExitStatus.Killed;
import dev.reeve.daemon.service.ServiceEffect.KeepDown;
import dev.reeve.daemon.service.ServiceEffect.Kill;
import dev.reeve.daemon.service.ServiceEffect.KillGroup;
import dev.reeve.daemon.service.ServiceEffect.ReadReloadSignal;
import dev.reeve.daemon.service.ServiceEffect.ReadStopSettings;
import dev.reeve.daemon.service.ServiceEffect.SendSignal;
import dev.reeve.daemon.service.ServiceEffect.SignalGroup;
import dev.reeve.daemon.service.ServiceEffect.Spawn;
import dev.reeve.daemon.service.ServiceEffect.SpawnFinish;
import dev.reeve.daemon.service.ServiceEffect.Terminate;
import dev.reeve.daemon.service.ServiceEvent.BecameReady;
import dev.reeve.daemon.service.ServiceEvent.DeadlinePassed;
import dev.reeve.daemon.service.ServiceEvent.FailureTold;
import dev.reeve.daemon.service.ServiceEvent.FinishEnded;
import dev.reeve.daemon.service.ServiceEvent.FinishSkipped;
import dev.reeve.daemon.service.ServiceEvent.FinishSpawned;
import dev.reeve.daemon.service.ServiceEvent.GroupSignalRequested;
import dev.reeve.daemon.service.ServiceEvent.HeartBeat;
import dev.reeve.daemon.service.ServiceEvent.MainProcessTold;
import dev.reeve.daemon.service.ServiceEvent.MoreTimeAsked;
import dev.reeve.daemon.service.ServiceEvent.NotAgainRequested;
import dev.reeve.daemon.service.ServiceEvent.OnceRequested;
import dev.reeve.daemon.service.ServiceEvent.ProcessEnded;
import dev.reeve.daemon.service.ServiceEvent.ReloadBegan;
import dev.reeve.daemon.service.ServiceEvent.ReloadRequested;
import dev.reeve.daemon.service.ServiceEvent.ReloadSignalRead;
import dev.reeve.daemon.service.ServiceEvent.RestartRequested;
import dev.reeve.daemon.service.ServiceEvent.SignalRequested;
import dev.reeve.daemon.service.ServiceEvent.SpawnFailed;
import dev.reeve.daemon.service.ServiceEvent.Spawned;
import dev.reeve.daemon.service.ServiceEvent.StartRequested;
import dev.reeve.daemon.service.ServiceEvent.StatusTold;
import dev.reeve.daemon.service.ServiceEvent.StopBegan;
import dev.reeve.daemon.service.ServiceEvent.StopRequested;
import dev.reeve.daemon.service.ServiceEvent.StopSettingsRead;
import dev.reeve.daemon.service.ServiceEvent.WatchdogSet;
import dev.reeve.daemon.service.ServiceState.Down;
import dev.reeve.daemon.service.ServiceState.Running;
import dev.reeve.daemon.service.ServiceState.Spawning;
import dev.reeve.daemon.service.ServiceState.SpawningFinish;
import dev.reeve.daemon.service.ServiceState.Timed;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Takes the machine everywhere, by events that come as they like: late, twice, or out of nowhere. `-Dseed=N` replays.
class ServiceMachineWalkTest {
    private static final int STEPS = 4_000_000;
    private static final int TIMES_MIN = 1_000;

    private final long seed = Long.getLong("seed", new Random().nextInt(Integer.MAX_VALUE));
    private final Random random = new Random(seed);
    private final CountingMachine machine = new CountingMachine();
    private Moment now = new Moment(0);

    @Test
    void noEventInAnyStateLosesAProcess() {
        System.out.println("A walk of " + STEPS + " steps, with the seed " + seed);
        ServiceState state = new Down(History.NONE);
        for (int step = 0; step < STEPS; step++) {
            ServiceEvent event = anyEvent(state);
            now = now.plus(Duration.ofMillis(random.nextInt(2_000)));
            Transition transition = machine.on(state, event, now);
            ServiceState before = state;
            state = transition.next();
            check(before, event, transition);
        }
        Map<CountingMachine.Cell, Integer> seldom = machine.counts().entrySet().stream()
                .filter(cell -> cell.getValue() < TIMES_MIN)
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
        assertEquals(Map.of(), seldom, "walked through too seldom");
    }

    private void check(ServiceState before, ServiceEvent event, Transition transition) {
        ServiceState next = transition.next();
        List<ServiceEffect> effects = transition.effects();
        boolean enters = !next.getClass().equals(before.getClass());
        require(next.pid().equals(processAfter(before, event)), "the process is another");
        require(next.history().restarts() >= before.history().restarts(), "restarts are forgotten");
        boolean isSpawnedAlready = event instanceof FinishSkipped(boolean runFollows) && runFollows;
        require(
                effects.contains(new Spawn()) == (enters && next instanceof Spawning && !isSpawnedAlready),
                "run is spawned without being waited for, or the other way round");
        require(
                effects.stream().anyMatch(SpawnFinish.class::isInstance) == (enters && next instanceof SpawningFinish),
                "finish is spawned without being waited for, or the other way round");
        require(
                effects.stream().flatMap(ServiceMachineWalkTest::target).allMatch(processesOf(next)::contains),
                "a signal to a process that it does not have");
        boolean isOnlyLedByAnother = event instanceof MainProcessTold;
        boolean waitsAnew = enters || (!effects.isEmpty() && !next.equals(before) && !isOnlyLedByAnother);
        if (next instanceof Timed timed && waitsAnew) {
            require(now.isBefore(timed.deadline()), "waits until a moment that has passed");
        }
        switch (event) {
            case StartRequested _ -> require(next.want() == Want.UP, "is not to be up");
            case RestartRequested _ ->
                require(next.want() == before.want().restarted(), "is wanted otherwise than before it was restarted");
            case OnceRequested _ -> require(next.want() == Want.ONCE, "is not to be up once");
            case NotAgainRequested _ ->
                require(next.want() != Want.UP && next.pid().equals(before.pid()), "would be started again");
            case StopRequested _ -> require(next.want() == Want.DOWN, "is not to be down");
            default ->
                require(before.want() != Want.DOWN || !effects.contains(new Spawn()), "starts though nobody wants it");
        }
    }

    private static List<Pid> processesOf(ServiceState state) {
        return state instanceof Running running
                ? List.of(running.run().pid(), running.run().leader())
                : state.pid().stream().toList();
    }

    /// Whom the effect signals.
    private static Stream<Pid> target(ServiceEffect effect) {
        return switch (effect) {
            case Terminate(Pid pid, Signal _) -> Stream.of(pid);
            case SendSignal(Pid pid, Signal _) -> Stream.of(pid);
            case SignalGroup(Pid leader, Signal _) -> Stream.of(leader);
            case ReadReloadSignal(Pid pid) -> Stream.of(pid);
            case Kill(Pid pid) -> Stream.of(pid);
            case KillGroup(Pid leader) -> Stream.of(leader);
            case Spawn _, SpawnFinish _, ReadStopSettings _, KeepDown _ -> Stream.empty();
        };
    }

    /// Whose process a service has, if nothing is lost.
    private static Optional<Pid> processAfter(ServiceState before, ServiceEvent event) {
        if (before instanceof Spawning && event instanceof Spawned(Pid pid, RunSettings _)) {
            return Optional.of(pid);
        }
        if (before instanceof SpawningFinish && event instanceof FinishSpawned(Pid pid, Optional<Duration> _)) {
            return Optional.of(pid);
        }
        if (before instanceof Running && event instanceof MainProcessTold(Pid pid)) {
            return Optional.of(pid);
        }
        boolean ended = before instanceof Running ? event instanceof ProcessEnded : event instanceof FinishEnded;
        return ended ? Optional.empty() : before.pid();
    }

    /// Now and then what the state waits for, so that the walk gets on; else anything.
    private ServiceEvent anyEvent(ServiceState state) {
        if (state instanceof Timed timed && !timed.deadline().equals(Moment.NEVER) && random.nextInt(8) == 0) {
            now = now.isBefore(timed.deadline()) ? timed.deadline() : now;
            return new DeadlinePassed();
        }
        Pid pid = new Pid(random.nextInt(1_000));
        return switch (random.nextInt(26)) {
            case 0 -> new StartRequested();
            case 1 -> new StopRequested();
            case 2 -> new RestartRequested();
            case 3 ->
                new Spawned(pid, new RunSettings(random.nextBoolean(), anyPolicy(), anyStopSettings(), anyDuration()));
            case 4 -> new SpawnFailed("there is no file run");
            case 5 -> new BecameReady();
            case 6 -> new ProcessEnded(anyExit());
            case 7 -> new StopSettingsRead(anyStopSettings());
            case 8 -> new FinishSpawned(pid, anyDuration());
            case 9 -> new FinishSkipped(random.nextBoolean());
            case 10 -> new FinishEnded(anyExit());
            case 11 -> new SignalRequested(Signal.HUP);
            case 12 -> new ReloadRequested();
            case 13 ->
                new ReloadSignalRead(random.nextBoolean() ? pid : state.pid().orElse(pid), Signal.HUP);
            case 14 -> new OnceRequested();
            case 15 -> new NotAgainRequested();
            case 16 -> new GroupSignalRequested(Signal.CONT);
            case 17 -> new StatusTold("busy");
            case 18 -> new ReloadBegan();
            case 19 -> new StopBegan();
            case 20 -> new HeartBeat();
            case 21 -> new WatchdogSet(Duration.ofMillis(random.nextInt(10_000)));
            case 22 -> new FailureTold();
            case 23 -> new MoreTimeAsked(Duration.ofMillis(random.nextInt(10_000)));
            case 24 -> new MainProcessTold(pid);
            default -> new DeadlinePassed();
        };
    }

    private RestartPolicy anyPolicy() {
        Optional<RestartLimit> limit = random.nextBoolean()
                ? Optional.of(new RestartLimit(1 + random.nextInt(3), Duration.ofSeconds(10)))
                : Optional.empty();
        RestartRule[] rules = RestartRule.values();
        return new RestartPolicy(
                rules[random.nextInt(rules.length)], Duration.ofSeconds(1), Duration.ofSeconds(60), limit);
    }

    private StopSettings anyStopSettings() {
        return new StopSettings(Signal.TERM, anyDuration(), random.nextBoolean());
    }

    private Optional<Duration> anyDuration() {
        return random.nextBoolean() ? Optional.of(Duration.ofMillis(1 + random.nextInt(10_000))) : Optional.empty();
    }

    private ExitStatus anyExit() {
        return random.nextBoolean() ? new Exited(random.nextBoolean() ? 125 : 0) : new Killed(Signal.KILL);
    }

    private void require(boolean holds, String otherwise) {
        assertTrue(holds, () -> "-Dseed=" + seed + " replays: " + otherwise + "\n" + machine.lastDecisions());
    }
}
