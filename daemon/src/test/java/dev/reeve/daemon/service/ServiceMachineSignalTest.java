package dev.reeve.daemon.service;

import static dev.reeve.daemon.service.ServiceSamples.ANNOUNCING;
import static dev.reeve.daemon.service.ServiceSamples.NOW;
import static dev.reeve.daemon.service.ServiceSamples.PID;
import static dev.reeve.daemon.service.ServiceSamples.RUN;
import static dev.reeve.daemon.service.ServiceSamples.THROTTLED;
import static dev.reeve.daemon.service.ServiceSamples.at;

import dev.reeve.daemon.service.ServiceEffect.ReadReloadSignal;
import dev.reeve.daemon.service.ServiceEffect.SendSignal;
import dev.reeve.daemon.service.ServiceEffect.SignalGroup;
import dev.reeve.daemon.service.ServiceEffect.Terminate;
import dev.reeve.daemon.service.ServiceEvent.GroupSignalRequested;
import dev.reeve.daemon.service.ServiceEvent.ReloadRequested;
import dev.reeve.daemon.service.ServiceEvent.ReloadSignalRead;
import dev.reeve.daemon.service.ServiceEvent.SignalRequested;
import dev.reeve.daemon.service.ServiceEvent.StopSettingsRead;
import dev.reeve.daemon.service.ServiceState.Aborting;
import dev.reeve.daemon.service.ServiceState.AskedToStop;
import dev.reeve.daemon.service.ServiceState.BackingOff;
import dev.reeve.daemon.service.ServiceState.Down;
import dev.reeve.daemon.service.ServiceState.Failed;
import dev.reeve.daemon.service.ServiceState.Finishing;
import dev.reeve.daemon.service.ServiceState.Killing;
import dev.reeve.daemon.service.ServiceState.KillingFinish;
import dev.reeve.daemon.service.ServiceState.Running;
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
    private static final Signal STOP = new Signal(19);

    @Nested
    class WhenRunLives {
        private final List<ServiceState> states = List.of(
                new Starting(new Run(PID, ANNOUNCING, at(90), Optional.empty()), THROTTLED),
                new Up(RUN, THROTTLED),
                new Aborting(RUN, "silent", Want.UP, NOW, THROTTLED),
                new AskedToStop(RUN, Want.UP, NOW, THROTTLED),
                new Stopping(RUN, Want.DOWN, NOW, THROTTLED),
                new Stopping(RUN, Want.DOWN, Moment.NEVER, THROTTLED),
                new Killing(RUN, Want.DOWN, NOW, THROTTLED));

        @Test
        void itGetsEverySignalEvenWhileItIsToEnd() {
            states.forEach(state -> after(state, new SignalRequested(USR1)).comes(state, new SendSignal(PID, USR1)));
        }

        @Test
        void itsWholeGroupGetsWhatIsMeantForIt() {
            states.forEach(
                    state -> after(state, new GroupSignalRequested(USR1)).comes(state, new SignalGroup(PID, USR1)));
        }

        @Test
        void whoIsSentAStopIsPausedUntilItIsSentACont() {
            for (ServiceState it : states) {
                Running running = (Running) it;
                Running paused = running.with(running.run().sent(STOP, NOW));
                after(running, new SignalRequested(STOP)).comes(paused, new SendSignal(PID, STOP));
                after(paused, new SignalRequested(USR1)).comes(paused, new SendSignal(PID, USR1));
                after(paused, new SignalRequested(Signal.CONT)).comes(running, new SendSignal(PID, Signal.CONT));
                after(running, new GroupSignalRequested(STOP)).comes(paused, new SignalGroup(PID, STOP));
                after(paused, new GroupSignalRequested(Signal.CONT)).comes(running, new SignalGroup(PID, Signal.CONT));
                after(running, new ReloadSignalRead(PID, STOP)).comes(paused, new SendSignal(PID, STOP));
            }
        }

        @Test
        void whoIsToldToEndGoesOn() {
            Run paused = RUN.sent(STOP, NOW);
            after(new AskedToStop(paused, Want.DOWN, NOW, THROTTLED), new StopSettingsRead(StopSettings.DEFAULT))
                    .comes(
                            new Stopping(RUN.stoppedBy(StopSettings.DEFAULT), Want.DOWN, Moment.NEVER, THROTTLED),
                            new Terminate(PID, Signal.TERM));
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
                            state,
                            new SignalRequested(USR1),
                            new GroupSignalRequested(USR1),
                            new ReloadRequested(),
                            new ReloadSignalRead(PID, USR1)));
        }
    }
}
