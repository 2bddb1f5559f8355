package dev.reeve.daemon.service;

import static dev.reeve.daemon.service.ServiceSamples.ANNOUNCING;
import static dev.reeve.daemon.service.ServiceSamples.NOW;
import static dev.reeve.daemon.service.ServiceSamples.PID;
import static dev.reeve.daemon.service.ServiceSamples.RUN;
import static dev.reeve.daemon.service.ServiceSamples.THROTTLED;
import static dev.reeve.daemon.service.ServiceSamples.at;

import dev.reeve.daemon.service.ServiceEffect.ReadReloadSignal;
import dev.reeve.daemon.service.ServiceEffect.SendSignal;
import dev.reeve.daemon.service.ServiceEvent.ReloadRequested;
import dev.reeve.daemon.service.ServiceEvent.ReloadSignalRead;
import dev.reeve.daemon.service.ServiceEvent.SignalRequested;
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
import dev.reeve.daemon.service.ServiceState.Up;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/// What becomes of a signal that someone sends, cell by cell.
class ServiceMachineSignalTest extends MachineSentences {
    private static final Signal USR1 = new Signal(10);

    @Nested
    class WhenRunLives {
        private final List<ServiceState> states = List.of(
                new Starting(new Run(PID, ANNOUNCING, at(90), Optional.empty()), THROTTLED),
                new Up(RUN, THROTTLED),
                new AskedToStop(RUN, Want.UP, NOW, THROTTLED),
                new Stopping(RUN, Want.DOWN, NOW, THROTTLED),
                new Stopping(RUN, Want.DOWN, Moment.NEVER, THROTTLED),
                new Killing(RUN, Want.DOWN, NOW, THROTTLED));

        @Test
        void itGetsEverySignalEvenWhileItIsToEnd() {
            states.forEach(state -> after(state, new SignalRequested(USR1)).comes(state, new SendSignal(PID, USR1)));
        }

        @Test
        void aReloadFirstReadsHow() {
            states.forEach(state -> after(state, new ReloadRequested()).comes(state, new ReadReloadSignal(PID)));
        }

        @Test
        void itReloadsAsItsFilesSayNow() {
            states.forEach(
                    state -> after(state, new ReloadSignalRead(PID, USR1)).comes(state, new SendSignal(PID, USR1)));
        }

        @Test
        void aProcessThatHasTakenItsPlaceMeanwhileIsNotAskedToReload() {
            states.forEach(state -> nothingFollows(state, new ReloadSignalRead(new Pid(70), USR1)));
        }
    }

    @Nested
    class WhenRunDoesNotLive {
        @Test
        void nobodyGetsTheSignalNotEvenFinish() {
            List.of(
                            new Down(THROTTLED),
                            new Spawning(Want.UP, THROTTLED),
                            new SpawningFinish(Want.UP, THROTTLED),
                            new Finishing(PID, Want.UP, NOW, THROTTLED),
                            new KillingFinish(PID, Want.UP, NOW, THROTTLED),
                            new BackingOff(Optional.empty(), NOW, THROTTLED),
                            new Failed("given up", THROTTLED))
                    .forEach(state -> nothingFollows(
                            state, new SignalRequested(USR1), new ReloadRequested(), new ReloadSignalRead(PID, USR1)));
        }
    }
}
