package dev.reeve.daemon.life;

import static dev.reeve.daemon.life.Situations.at;
import static dev.reeve.daemon.life.Situations.cannotBeStarted;
import static dev.reeve.daemon.life.Situations.ended;
import static dev.reeve.daemon.life.Situations.endedAndStartedAgain;
import static dev.reeve.daemon.life.Situations.failed;
import static dev.reeve.daemon.life.Situations.neverStarted;
import static dev.reeve.daemon.life.Situations.up;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.reeve.daemon.fleet.ServiceSituation;
import dev.reeve.daemon.life.EndOrder.How;
import dev.reeve.daemon.life.LifeEffect.EndLoop;
import dev.reeve.daemon.life.LifeEffect.KillEverything;
import dev.reeve.daemon.life.LifeEffect.StopEverything;
import dev.reeve.daemon.life.LifeEffect.Tell;
import dev.reeve.daemon.life.LifeEffect.Warn;
import dev.reeve.daemon.life.LifeEvent.DeadlinePassed;
import dev.reeve.daemon.life.LifeEvent.EndRequested;
import dev.reeve.daemon.life.LifeEvent.ServiceChanged;
import dev.reeve.daemon.life.LifeEvent.ServicesFound;
import dev.reeve.daemon.life.LifeEvent.ShutdownBegan;
import dev.reeve.daemon.service.ExitStatus;
import dev.reeve.daemon.service.Moment;
import dev.reeve.daemon.service.ServiceName;
import dev.reeve.daemon.service.Signal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// When a container ends, and with which exit code.
class ContainerLifeTest {
    private static final Duration GRACE = Duration.ofSeconds(5);
    private static final ExitStatus SEVEN = new ExitStatus.Exited(7);
    private static final ExitStatus DONE = new ExitStatus.Exited(0);
    private static final ExitStatus TERMINATED = new ExitStatus.Killed(Signal.TERM);

    @Nested
    class WithACommand {
        private final ContainerLife life =
                new ContainerLife(Optional.of(new ServiceName("cmd")), Optional.empty(), GRACE);

        @Test
        void itEndsWithTheCommand() {
            assertEquals(List.of(), changed(life, up("cmd")));
            assertEquals(List.of(new StopEverything()), changed(life, failed("cmd", SEVEN)));
            assertEquals(7, life.exitCode());
        }

        @Test
        void aSignalThatEndedTheCommandIsAddedTo128() {
            changed(life, ended("cmd", TERMINATED));
            assertEquals(143, life.exitCode());
        }

        @Test
        void otherServicesComeAndGo() {
            assertEquals(List.of(), changed(life, failed("web", SEVEN)));
            assertEquals(List.of(), changed(life, ended("web", SEVEN)));
            assertEquals(0, life.exitCode());
        }

        @Test
        void aCommandThatIsNotStartedYetIsNoEnd() {
            assertEquals(List.of(), changed(life, neverStarted("cmd")));
        }

        @Test
        void aCommandThatCannotBeExecutedIsAnEnd() {
            assertEquals(List.of(new StopEverything()), changed(life, cannotBeStarted("cmd")));
            assertEquals(126, life.exitCode());
        }

        @Test
        void whatTheCommandSaysOnBeingToldToEndIsTheExitCode() {
            on(life, new EndRequested(new EndOrder(How.EXIT)), at(1));
            assertEquals(List.of(), changed(life, ended("cmd", SEVEN)));
            assertEquals(7, life.exitCode());
        }

        @ParameterizedTest
        @EnumSource(How.class)
        void howeverItIsToldToEndItDoes(How how) {
            assertEquals(List.of(new StopEverything()), on(life, new EndRequested(new EndOrder(how)), at(1)));
            assertEquals(at(6), life.deadline());
            assertEquals(0, life.exitCode());
        }

        @Test
        void whoAsksTwiceDoesNotLengthenTheGrace() {
            on(life, new EndRequested(new EndOrder(How.EXIT)), at(1));
            assertEquals(List.of(), on(life, new EndRequested(new EndOrder(How.EXIT)), at(3)));
            assertEquals(at(6), life.deadline());
        }

        @Test
        void aShutdownThatOthersHaveBegunHasTheGraceToo() {
            assertEquals(List.of(), on(life, new ShutdownBegan(), at(1)));
            assertEquals(at(6), life.deadline());
        }

        @Test
        void afterTheGraceWhatIsLeftIsKilledAndASecondLaterLeftAlone() {
            on(life, new EndRequested(new EndOrder(How.EXIT)), at(1));
            assertEquals(List.of(new KillEverything()), on(life, new DeadlinePassed(), at(6), up("cmd")));
            assertEquals(at(7), life.deadline());
            assertEquals(List.of(new EndLoop()), on(life, new DeadlinePassed(), at(7), up("cmd")));
            assertEquals(Moment.NEVER, life.deadline());
            assertEquals(137, life.exitCode());
        }

        @Test
        void whatIsLeftBesidesTheCommandDoesNotChangeItsExitCode() {
            changed(life, failed("cmd", SEVEN));
            on(life, new DeadlinePassed(), at(6), up("web"), failed("cmd", SEVEN));
            on(life, new DeadlinePassed(), at(7), up("web"), failed("cmd", SEVEN));
            assertEquals(7, life.exitCode());
        }
    }

    @Nested
    class WithAServiceToExitWith {
        private final ContainerLife life =
                new ContainerLife(Optional.of(new ServiceName("cmd")), Optional.of(new ServiceName("db")), GRACE);

        @Test
        void itsEndIsTheContainersAndNotTheCommands() {
            assertEquals(List.of(), changed(life, failed("cmd", DONE)));
            assertEquals(List.of(), changed(life, endedAndStartedAgain("db", DONE)));
            assertEquals(List.of(new StopEverything()), changed(life, ended("db", SEVEN)));
            assertEquals(7, life.exitCode());
        }

        @Test
        void itCannotBeOneThatThereIsNot() {
            assertEquals(List.of(new StopEverything()), on(life, new ServicesFound(), at(1), up("cmd"), up("web")));
            assertEquals(100, life.exitCode());
        }

        @Test
        void itMayCannotBeStartedForAWhile() {
            assertEquals(List.of(), on(life, new ServicesFound(), at(1), up("cmd"), up("db")));
            assertEquals(List.of(), changed(life, cannotBeStarted("db")));
        }
    }

    @Nested
    class WithNeither {
        private final ContainerLife life = new ContainerLife(Optional.empty(), Optional.empty(), GRACE);

        @Test
        void itEndsWithTheFirstThatIsGivenUp() {
            assertEquals(List.of(), changed(life, ended("web", SEVEN)));
            assertEquals(List.of(new StopEverything()), changed(life, failed("db", SEVEN)));
            assertEquals(List.of(), changed(life, failed("web", TERMINATED)));
            assertEquals(7, life.exitCode());
        }

        @Test
        void aFailureIsNoSuccess() {
            changed(life, failed("db", DONE));
            assertEquals(1, life.exitCode());
        }

        @Test
        void whoEndsItInOrderGetsNull() {
            on(life, new EndRequested(new EndOrder(How.EXIT)), at(1));
            changed(life, ended("db", TERMINATED));
            assertEquals(0, life.exitCode());
        }
    }

    private static List<LifeEffect> changed(Life life, ServiceSituation service) {
        return on(life, new ServiceChanged(service), at(1), service);
    }

    /// What follows, but for what is told.
    private static List<LifeEffect> on(Life life, LifeEvent event, Moment now, ServiceSituation... services) {
        LifeStep step = life.on(event, List.of(services), now);
        assertEquals(Optional.empty(), step.refusal());
        return step.effects().stream()
                .filter(effect -> !(effect instanceof Tell || effect instanceof Warn))
                .toList();
    }
}
