package dev.reeve.daemon.service;

import static dev.reeve.daemon.service.ServiceSamples.EXIT;
import static dev.reeve.daemon.service.ServiceSamples.NOW;
import static dev.reeve.daemon.service.ServiceSamples.SETTINGS;
import static dev.reeve.daemon.service.ServiceSamples.STOP;
import static dev.reeve.daemon.service.ServiceSamples.at;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.reeve.daemon.service.ServiceEvent.BecameReady;
import dev.reeve.daemon.service.ServiceEvent.DeadlinePassed;
import dev.reeve.daemon.service.ServiceEvent.FinishEnded;
import dev.reeve.daemon.service.ServiceEvent.FinishSkipped;
import dev.reeve.daemon.service.ServiceEvent.FinishSpawned;
import dev.reeve.daemon.service.ServiceEvent.ProcessEnded;
import dev.reeve.daemon.service.ServiceEvent.SpawnFailed;
import dev.reeve.daemon.service.ServiceEvent.Spawned;
import dev.reeve.daemon.service.ServiceEvent.StopSettingsRead;
import java.util.List;
import java.util.Optional;

/// What the sentences about [ServiceMachine] are made of. Each is about the machine that [#MACHINE] holds, which is the
/// production one unless [ServiceMachineMutationTest] puts a wrong one in its place.
abstract class MachineSentences {
    static final ScopedValue<Machine> MACHINE = ScopedValue.newInstance();

    private static final ServiceMachine PRODUCTION = new ServiceMachine();

    // Facts that may come late, because they crossed something else.
    static final ServiceEvent SPAWNED = new Spawned(new Pid(9), SETTINGS);
    static final ServiceEvent SPAWN_FAILED = new SpawnFailed("no such file");
    static final ServiceEvent READY = new BecameReady();
    static final ServiceEvent ENDED = new ProcessEnded(EXIT);
    static final ServiceEvent SETTINGS_READ = new StopSettingsRead(STOP);
    static final ServiceEvent FINISH_SPAWNED = new FinishSpawned(new Pid(9), Optional.empty());
    static final ServiceEvent FINISH_SKIPPED = new FinishSkipped(false);
    static final ServiceEvent RUN_FOLLOWS = new FinishSkipped(true);
    static final ServiceEvent FINISH_ENDED = new FinishEnded(EXIT);
    static final ServiceEvent DEADLINE = new DeadlinePassed();

    /// SIGKILL is repeated after five seconds.
    static final Moment KILLED_AGAIN_AT = at(105);

    /// A decision.
    @FunctionalInterface
    interface Machine {
        Transition on(ServiceState state, ServiceEvent event, Moment now);
    }

    static Consequence after(ServiceState state, ServiceEvent event) {
        return after(state, event, NOW);
    }

    static Consequence after(ServiceState state, ServiceEvent event, Moment now) {
        return new Consequence(state, event, MACHINE.orElse(PRODUCTION::on).on(state, event, now));
    }

    static void nothingFollows(ServiceState state, ServiceEvent... events) {
        List.of(events).forEach(event -> after(state, event).comesNothing());
    }

    record Consequence(ServiceState state, ServiceEvent event, Transition transition) {
        void comes(ServiceState next, ServiceEffect... effects) {
            assertEquals(new Transition(next, List.of(effects)), transition, () -> event + " in " + state);
        }

        void comesNothing() {
            comes(state);
        }
    }

    /// The same, for a service that someone asked to start.
    static History startingNow(History history) {
        return new History(history.lastExit(), history.restarts(), history.delay(), NOW);
    }

    /// The same, for a service that ended because someone asked it to.
    static History endedAsAsked(History history) {
        return new History(Optional.of(EXIT), history.restarts(), history.delay(), NOW);
    }
}
