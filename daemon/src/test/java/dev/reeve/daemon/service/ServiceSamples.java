package dev.reeve.daemon.service;

import dev.reeve.daemon.service.ExitStatus.Exited;
import dev.reeve.daemon.service.ExitStatus.Killed;
import dev.reeve.daemon.service.SelfReport.Activity;
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
import dev.reeve.daemon.service.ServiceEvent.Notified;
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
import dev.reeve.daemon.service.ServiceState.Aborting;
import dev.reeve.daemon.service.ServiceState.AskedToStop;
import dev.reeve.daemon.service.ServiceState.BackingOff;
import dev.reeve.daemon.service.ServiceState.Down;
import dev.reeve.daemon.service.ServiceState.Failed;
import dev.reeve.daemon.service.ServiceState.Finishing;
import dev.reeve.daemon.service.ServiceState.Killing;
import dev.reeve.daemon.service.ServiceState.KillingFinish;
import dev.reeve.daemon.service.ServiceState.Spawning;
import dev.reeve.daemon.service.ServiceState.SpawningFinish;
import dev.reeve.daemon.service.ServiceState.Starting;
import dev.reeve.daemon.service.ServiceState.Stopping;
import dev.reeve.daemon.service.ServiceState.Timed;
import dev.reeve.daemon.service.ServiceState.Up;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// One sample of every state and every event, and further ones that differ in what decides an outcome.
final class ServiceSamples {
    static final Moment NOW = at(100);
    static final Moment JUST_BEFORE = new Moment(NOW.nanos() - 1);
    static final Pid PID = new Pid(71);
    static final StopSettings STOP = new StopSettings(Signal.HUP, Optional.of(Duration.ofSeconds(7)), false);
    static final StopSettings STOP_GROUP = new StopSettings(Signal.HUP, Optional.of(Duration.ofSeconds(7)), true);
    static final RunSettings SETTINGS = new RunSettings(false, RestartPolicy.DEFAULT, STOP);
    static final RunSettings ANNOUNCING = new RunSettings(true, RestartPolicy.DEFAULT, STOP);
    static final Run RUN = new Run(PID, SETTINGS, at(90), Optional.empty());
    static final Run UNREADY = new Run(PID, ANNOUNCING, at(90), Optional.empty());
    static final Run RUN_OF_GROUP = RUN.stoppedBy(STOP_GROUP);
    static final ExitStatus EXIT = new Exited(3);

    /// As what an end counts after a watchdog's.
    static final ExitStatus ABORTED = new Killed(Signal.KILL);

    /// One that has been silent until now for as long as it may.
    static final Run WATCHED = new Run(
            PID,
            new RunSettings(false, RestartPolicy.DEFAULT, STOP, Optional.of(Duration.ofSeconds(10))),
            at(90),
            Optional.empty());

    /// Of a service that may be started again at once.
    static final History HISTORY = new History(Optional.of(new Exited(1)), 4, Duration.ofSeconds(2), NOW);

    /// Of a service that has to wait until [#LATER].
    static final Moment LATER = at(105);

    static final History THROTTLED = new History(Optional.of(new Exited(1)), 4, Duration.ofSeconds(8), LATER);

    /// Of a service that is given up.
    static final History GIVEN_UP = new History(
            Optional.of(EXIT), 4, Duration.ofSeconds(2), NOW, List.of(at(98), at(99)), Optional.of("given up"));

    /// The first of each kind stands for it in the table.
    static final List<Given> STATES = List.of(
            new Given("", new Down(HISTORY)),
            new Given("wanted up", new Spawning(Want.UP, HISTORY)),
            new Given("wanted once", new Spawning(Want.ONCE, HISTORY)),
            new Given("wanted down", new Spawning(Want.DOWN, HISTORY)),
            new Given("wanted up", new Starting(UNREADY, HISTORY)),
            new Given("wanted once", new Starting(UNREADY, Want.ONCE, HISTORY)),
            new Given("wanted up", new Up(RUN, HISTORY)),
            new Given("wanted once", new Up(RUN, Want.ONCE, HISTORY)),
            new Given("with a watchdog", new Up(WATCHED, HISTORY)),
            new Given("reloading", new Up(RUN.doing(Activity.RELOADING), HISTORY)),
            new Given("ending by itself", new Up(RUN.doing(Activity.ENDING), HISTORY)),
            new Given("wanted up", new Aborting(RUN, "silent", Want.UP, NOW, HISTORY)),
            new Given("with flag-timeout-killpg", new Aborting(RUN_OF_GROUP, "silent", Want.UP, NOW, HISTORY)),
            new Given("wanted once", new Aborting(RUN, "silent", Want.ONCE, NOW, HISTORY)),
            new Given("not ready yet", new Aborting(UNREADY, "silent", Want.UP, NOW, HISTORY)),
            new Given("", new AskedToStop(RUN, Want.DOWN, NOW, HISTORY)),
            new Given("not ready yet", new AskedToStop(UNREADY, Want.DOWN, NOW, HISTORY)),
            new Given("with timeout-kill", new Stopping(RUN, Want.DOWN, NOW, HISTORY)),
            new Given("not ready yet", new Stopping(UNREADY, Want.DOWN, NOW, HISTORY)),
            new Given("without timeout-kill", new Stopping(RUN, Want.DOWN, Moment.NEVER, HISTORY)),
            new Given("with flag-timeout-killpg", new Stopping(RUN_OF_GROUP, Want.DOWN, NOW, HISTORY)),
            new Given("", new Killing(RUN, Want.DOWN, NOW, HISTORY)),
            new Given("not ready yet", new Killing(UNREADY, Want.DOWN, NOW, HISTORY)),
            new Given("with flag-timeout-killpg", new Killing(RUN_OF_GROUP, Want.DOWN, NOW, HISTORY)),
            new Given("wanted up, too soon", new SpawningFinish(Want.UP, THROTTLED)),
            new Given("wanted up, delay over", new SpawningFinish(Want.UP, HISTORY)),
            new Given("wanted once", new SpawningFinish(Want.ONCE, THROTTLED)),
            new Given("wanted down", new SpawningFinish(Want.DOWN, HISTORY)),
            new Given("given up", new SpawningFinish(Want.DOWN, GIVEN_UP)),
            new Given("wanted up, too soon", new Finishing(PID, Want.UP, NOW, THROTTLED)),
            new Given("wanted up, delay over", new Finishing(PID, Want.UP, NOW, HISTORY)),
            new Given("wanted once", new Finishing(PID, Want.ONCE, NOW, THROTTLED)),
            new Given("wanted down", new Finishing(PID, Want.DOWN, NOW, HISTORY)),
            new Given("given up", new Finishing(PID, Want.DOWN, NOW, GIVEN_UP)),
            new Given("timeout-finish is 0", new Finishing(PID, Want.UP, Moment.NEVER, THROTTLED)),
            new Given("wanted up, too soon", new KillingFinish(PID, Want.UP, NOW, THROTTLED)),
            new Given("wanted up, delay over", new KillingFinish(PID, Want.UP, NOW, HISTORY)),
            new Given("wanted once", new KillingFinish(PID, Want.ONCE, NOW, THROTTLED)),
            new Given("wanted down", new KillingFinish(PID, Want.DOWN, NOW, HISTORY)),
            new Given("given up", new KillingFinish(PID, Want.DOWN, NOW, GIVEN_UP)),
            new Given("", new BackingOff(Optional.empty(), NOW, HISTORY)),
            new Given("", new Failed("given up", HISTORY)));

    /// The first of each kind stands for it in the table.
    static final List<Happening> EVENTS = List.of(
            new Happening("", new StartRequested(), NOW),
            new Happening("", new OnceRequested(), NOW),
            new Happening("", new NotAgainRequested(), NOW),
            new Happening("", new StopRequested(), NOW),
            new Happening("", new RestartRequested(), NOW),
            new Happening("", new SignalRequested(Signal.HUP), NOW),
            new Happening("", new GroupSignalRequested(Signal.HUP), NOW),
            new Happening("", new ReloadRequested(), NOW),
            new Happening("announces its readiness", new Spawned(PID, ANNOUNCING), NOW),
            new Happening("does not announce its readiness", new Spawned(PID, SETTINGS), NOW),
            new Happening("", new SpawnFailed("there is no file run"), NOW),
            new Happening("", new BecameReady(), NOW),
            new Happening("", new StatusTold("busy"), NOW),
            new Happening("", new ReloadBegan(), NOW),
            new Happening("", new StopBegan(), NOW),
            new Happening("", new HeartBeat(), NOW),
            new Happening("", new WatchdogSet(Duration.ofSeconds(20)), NOW),
            new Happening("", new FailureTold(), NOW),
            new Happening("", new MainProcessTold(new Pid(72)), NOW),
            new Happening("", new MoreTimeAsked(Duration.ofSeconds(20)), NOW),
            new Happening("", new ProcessEnded(EXIT), NOW),
            new Happening("with timeout-kill", new StopSettingsRead(STOP), NOW),
            new Happening("without timeout-kill", new StopSettingsRead(StopSettings.DEFAULT), NOW),
            new Happening("", new ReloadSignalRead(PID, Signal.HUP), NOW),
            new Happening("of an earlier process", new ReloadSignalRead(new Pid(70), Signal.HUP), NOW),
            new Happening("with a time limit", new FinishSpawned(PID, Optional.of(Duration.ofSeconds(5))), NOW),
            new Happening("timeout-finish is 0", new FinishSpawned(PID, Optional.empty()), NOW),
            new Happening("", new FinishSkipped(false), NOW),
            new Happening("run follows", new FinishSkipped(true), NOW),
            new Happening("any other exit", new FinishEnded(new Exited(0)), NOW),
            new Happening("exit code 125", new FinishEnded(new Exited(125)), NOW),
            new Happening("", new DeadlinePassed(), NOW));

    /// What no state that waits pays attention to.
    static final Happening EARLY_DEADLINE = new Happening("too early", new DeadlinePassed(), JUST_BEFORE);

    private ServiceSamples() {}

    /// A state, and what sets it apart from others of its kind.
    record Given(String when, ServiceState state) {}

    /// An event at a moment, and what sets it apart from others of its kind.
    record Happening(String when, ServiceEvent event, Moment now) {}

    static Moment at(double seconds) {
        return new Moment(Math.round(seconds * 1e9));
    }

    /// The records in which a sealed interface ends.
    static Set<Class<?>> kindsOf(Class<?> sealed) {
        Stream<Class<?>> kinds = sealed.isSealed()
                ? Arrays.stream(sealed.getPermittedSubclasses()).flatMap(part -> kindsOf(part).stream())
                : Stream.of(sealed);
        return kinds.collect(Collectors.toSet());
    }

    /// What follows, in the few words that the table has room for: `·` if nothing.
    static String outcome(ServiceState state, ServiceEvent event, Transition transition) {
        ServiceState next = transition.next();
        String effects = transition.effects().stream()
                .map(effect -> " + " + effect.getClass().getSimpleName())
                .collect(Collectors.joining());
        if (next.equals(state) && !effects.isEmpty()) {
            return effects.substring(" + ".length());
        }
        if (!next.getClass().equals(state.getClass()) || !effects.isEmpty()) {
            boolean endless = !(next instanceof Up)
                    && next instanceof Timed timed
                    && timed.deadline().equals(Moment.NEVER);
            return next.getClass().getSimpleName() + (endless ? " without limit" : "") + effects;
        }
        if (isAboutWhatIsWanted(event) && hasComponent(next, Want.class)) {
            return "wanted " + next.want().name().toLowerCase(Locale.ROOT);
        }
        if (event instanceof BecameReady && !next.equals(state)) {
            return "ready";
        }
        if (event instanceof Notified && !next.equals(state)) {
            return "noted";
        }
        return next.equals(state) ? "·" : next.getClass().getSimpleName();
    }

    private static boolean isAboutWhatIsWanted(ServiceEvent event) {
        return event instanceof StartRequested
                || event instanceof OnceRequested
                || event instanceof NotAgainRequested
                || event instanceof StopRequested
                || event instanceof RestartRequested;
    }

    private static boolean hasComponent(ServiceState state, Class<?> type) {
        return Arrays.stream(state.getClass().getRecordComponents())
                .anyMatch(component -> component.getType().equals(type));
    }
}
