package dev.reeve.daemon.service;

import static dev.reeve.daemon.service.ServiceSamples.EXIT;
import static dev.reeve.daemon.service.ServiceSamples.NOW;
import static dev.reeve.daemon.service.ServiceSamples.PID;
import static dev.reeve.daemon.service.ServiceSamples.at;

import dev.reeve.daemon.service.ExitStatus.Exited;
import dev.reeve.daemon.service.ExitStatus.Killed;
import dev.reeve.daemon.service.ServiceEffect.SpawnFinish;
import dev.reeve.daemon.service.ServiceEvent.ProcessEnded;
import dev.reeve.daemon.service.ServiceState.SpawningFinish;
import dev.reeve.daemon.service.ServiceState.Starting;
import dev.reeve.daemon.service.ServiceState.Up;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/// What follows when `run` ends and nobody had asked it to, by what `restart` and `restart-limit` say.
class ServiceMachineRestartTest extends MachineSentences {
    private static final Signal DOWN_SIGNAL = Signal.INT;
    private static final History HISTORY =
            new History(Optional.empty(), 4, Duration.ofSeconds(1), at(0), List.of(at(40), at(95)), Optional.empty());

    @Nested
    class WhenItIsAlwaysRestarted {
        @Test
        void itIsHoweverItEnded() {
            isRestartedAfter(RestartRule.ALWAYS, new Exited(0), EXIT, new Killed(DOWN_SIGNAL));
        }
    }

    @Nested
    class WhenItIsRestartedOnFailure {
        @Test
        void anyOtherExitCodeThanZeroIsAFailure() {
            isRestartedAfter(RestartRule.ON_FAILURE, new Exited(1), new Exited(255));
        }

        @Test
        void anyOtherSignalThanItsDownSignalIsAFailure() {
            isRestartedAfter(
                    RestartRule.ON_FAILURE, new Killed(Signal.TERM), new Killed(Signal.HUP), new Killed(Signal.KILL));
        }

        @Test
        void itIsDownAfterACleanEnd() {
            isDownAfter(RestartRule.ON_FAILURE, new Exited(0), new Killed(DOWN_SIGNAL));
        }

        @Test
        void aSigkillIsAFailureEvenWhereItIsTheDownSignal() {
            RunSettings settings = settings(RestartRule.ON_FAILURE, Signal.KILL, Optional.empty());
            ends(settings, new Killed(Signal.KILL), Want.UP, restarted(new Killed(Signal.KILL), List.of()));
        }
    }

    @Nested
    class WhenItIsNeverRestarted {
        @Test
        void itIsDownAfterACleanEnd() {
            isDownAfter(RestartRule.NEVER, new Exited(0), new Killed(DOWN_SIGNAL));
        }

        @Test
        void itHasFailedAfterAnyOther() {
            ends(
                    settings(RestartRule.NEVER, DOWN_SIGNAL, Optional.empty()),
                    EXIT,
                    Want.DOWN,
                    failed("it ended (exit code 3), and its file restart says never; \"reeve start\" starts it again"));
        }
    }

    @Nested
    class WhenItsRestartsAreLimited {
        @Test
        void itIsRestartedAsOftenAsItMayBe() {
            ends(limited(3), EXIT, Want.UP, restarted(EXIT, List.of(at(40), at(95), NOW)));
        }

        @Test
        void itIsGivenUpWhenItEndsOnceMore() {
            ends(
                    limited(2),
                    EXIT,
                    Want.DOWN,
                    failed("it ended 3 times in 61 seconds, more often than its restart-limit allows (the last time:"
                            + " exit code 3); \"reeve start\" starts it again"));
        }
    }

    private static void isRestartedAfter(RestartRule rule, ExitStatus... exits) {
        for (ExitStatus exit : exits) {
            ends(settings(rule, DOWN_SIGNAL, Optional.empty()), exit, Want.UP, restarted(exit, List.of()));
        }
    }

    private static void isDownAfter(RestartRule rule, ExitStatus... exits) {
        for (ExitStatus exit : exits) {
            History history =
                    new History(Optional.of(exit), 4, HISTORY.delay(), at(0), HISTORY.recentEnds(), Optional.empty());
            ends(settings(rule, DOWN_SIGNAL, Optional.empty()), exit, Want.DOWN, history);
        }
    }

    /// The same whether it had said that it is ready or not.
    private static void ends(RunSettings settings, ExitStatus exit, Want want, History history) {
        Run run = new Run(PID, settings, at(90), Optional.empty());
        for (ServiceState state : List.of(new Starting(run, HISTORY), new Up(run, HISTORY))) {
            after(state, new ProcessEnded(exit))
                    .comes(new SpawningFinish(want, history), new SpawnFinish(PID, exit, want == Want.UP));
        }
    }

    /// It was up for longer than its delay.
    private static History restarted(ExitStatus exit, List<Moment> ends) {
        return new History(Optional.of(exit), 5, HISTORY.delay(), at(91), ends, Optional.empty());
    }

    private static History failed(String reason) {
        return new History(Optional.of(EXIT), 4, HISTORY.delay(), at(0), HISTORY.recentEnds(), Optional.of(reason));
    }

    private static RunSettings limited(int ends) {
        RestartLimit limit = new RestartLimit(ends, Duration.ofSeconds(61));
        return settings(RestartRule.ALWAYS, DOWN_SIGNAL, Optional.of(limit));
    }

    private static RunSettings settings(RestartRule rule, Signal downSignal, Optional<RestartLimit> limit) {
        return new RunSettings(
                false,
                new RestartPolicy(rule, Duration.ofSeconds(1), Duration.ofSeconds(60), limit),
                new StopSettings(downSignal, Optional.empty(), false));
    }
}
