package dev.reeve.daemon.reactor;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.reeve.daemon.fleet.ServiceSituation;
import dev.reeve.daemon.log.Log;
import dev.reeve.daemon.service.ExitStatus;
import dev.reeve.daemon.service.History;
import dev.reeve.daemon.service.Moment;
import dev.reeve.daemon.service.Pid;
import dev.reeve.daemon.service.Run;
import dev.reeve.daemon.service.RunSettings;
import dev.reeve.daemon.service.ServiceName;
import dev.reeve.daemon.service.ServiceState;
import dev.reeve.daemon.service.ServiceState.Aborting;
import dev.reeve.daemon.service.ServiceState.BackingOff;
import dev.reeve.daemon.service.ServiceState.Down;
import dev.reeve.daemon.service.ServiceState.Failed;
import dev.reeve.daemon.service.ServiceState.Spawning;
import dev.reeve.daemon.service.ServiceState.SpawningFinish;
import dev.reeve.daemon.service.Signal;
import dev.reeve.daemon.service.Want;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ServiceTroublesTest {
    private static final Moment NOW = new Moment(0);

    private final List<String> lines = new ArrayList<>();
    private final ServiceTroubles troubles = new ServiceTroubles(new WarningsLog());

    @Test
    void anEndThatNobodyAskedForIsToldOnceHoweverManyStatesFollow() {
        History history = ended(1, new ExitStatus.Killed(Signal.KILL));
        become(new SpawningFinish(Want.UP, history));
        become(new BackingOff(Optional.empty(), NOW, history));
        become(new Spawning(Want.UP, history));
        assertEquals(List.of("service web: it ended by itself (SIGKILL) and is started again"), lines);
    }

    @Test
    void theNextEndIsToldInTheSameWords() {
        become(new SpawningFinish(Want.UP, ended(1, new ExitStatus.Exited(3))));
        become(new SpawningFinish(Want.UP, ended(2, new ExitStatus.Exited(3))));
        String line = "service web: it ended by itself (exit code 3) and is started again";
        assertEquals(List.of(line, line), lines);
    }

    @Test
    void aServiceThatIsAbortedIsToldWithTheReason() {
        Run run = new Run(new Pid(7), RunSettings.DEFAULT, NOW, Optional.empty());
        become(new Aborting(run, "it was silent", Want.UP, NOW, History.NONE));
        assertEquals(List.of("service web: it was silent; it is sent SIGABRT"), lines);
    }

    @Test
    void whatWasAskedForIsNoTrouble() {
        become(new Down(new History(
                Optional.of(new ExitStatus.Exited(0)), 0, Duration.ZERO, NOW, List.of(), Optional.empty())));
        assertEquals(List.of(), lines);
    }

    @Test
    void whyAServiceCannotBeStartedIsTold() {
        become(new BackingOff(Optional.of("there is no file run in the service directory"), NOW, History.NONE));
        assertEquals(
                List.of("service web: it cannot be started: there is no file run in the service directory;"
                        + " this is tried again until it can"),
                lines);
    }

    @Test
    void whyAServiceIsGivenUpIsTold() {
        become(new Failed("its finish script says so (exit code 125)", History.NONE));
        assertEquals(List.of("service web: it has failed: its finish script says so (exit code 125)"), lines);
    }

    private void become(ServiceState state) {
        troubles.changed(new ServiceSituation(new ServiceName("web"), state, NOW));
    }

    private static History ended(long restarts, ExitStatus exit) {
        return new History(Optional.of(exit), restarts, Duration.ofSeconds(1), NOW, List.of(), Optional.empty());
    }

    private final class WarningsLog implements Log {
        @Override
        public void info(String message) {
            throw new AssertionError(message);
        }

        @Override
        public void warning(String message) {
            lines.add(message);
        }

        @Override
        public void bug(String message, Throwable cause) {
            throw new AssertionError(message, cause);
        }

        @Override
        public void audit(String message) {
            throw new AssertionError(message);
        }
    }
}
