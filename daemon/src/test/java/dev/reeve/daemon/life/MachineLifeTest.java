package dev.reeve.daemon.life;

import static dev.reeve.daemon.life.Situations.at;
import static dev.reeve.daemon.life.Situations.cannotBeStarted;
import static dev.reeve.daemon.life.Situations.ended;
import static dev.reeve.daemon.life.Situations.failed;
import static dev.reeve.daemon.life.Situations.neverStarted;
import static dev.reeve.daemon.life.Situations.stopping;
import static dev.reeve.daemon.life.Situations.up;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reeve.daemon.fleet.ServiceSituation;
import dev.reeve.daemon.life.EndOrder.How;
import dev.reeve.daemon.life.LifeEffect.EndLoop;
import dev.reeve.daemon.life.LifeEffect.StartService;
import dev.reeve.daemon.life.LifeEffect.StopEverything;
import dev.reeve.daemon.life.LifeEffect.StopService;
import dev.reeve.daemon.life.LifeEffect.Tell;
import dev.reeve.daemon.life.LifeEffect.Warn;
import dev.reeve.daemon.life.LifeEvent.DeadlinePassed;
import dev.reeve.daemon.life.LifeEvent.EndCancelled;
import dev.reeve.daemon.life.LifeEvent.EndRequested;
import dev.reeve.daemon.life.LifeEvent.ServiceChanged;
import dev.reeve.daemon.life.LifeEvent.ServicesFound;
import dev.reeve.daemon.life.LifeEvent.ShutdownBegan;
import dev.reeve.daemon.life.MachineState.Initializing;
import dev.reeve.daemon.life.MachineState.Over;
import dev.reeve.daemon.life.MachineState.ShuttingDown;
import dev.reeve.daemon.life.MachineState.StoppingServices;
import dev.reeve.daemon.life.MachineState.Up;
import dev.reeve.daemon.service.ExitStatus;
import dev.reeve.daemon.service.Moment;
import dev.reeve.daemon.service.Signal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/// When a machine is initialized, and how it comes to its end.
class MachineLifeTest {
    private static final ExitStatus DONE = new ExitStatus.Exited(0);
    private static final ExitStatus FAILED = new ExitStatus.Exited(1);
    private static final EndOrder POWEROFF = new EndOrder(How.POWEROFF);
    private static final EndOrder REBOOT = new EndOrder(How.REBOOT);

    private static final StartService INIT = new StartService(MachineLife.INIT);
    private static final StartService SHUTDOWN = new StartService(MachineLife.SHUTDOWN);

    private final MachineLife life = new MachineLife();

    /// What there is at the time.
    private List<ServiceSituation> services =
            List.of(neverStarted("rc.init"), neverStarted("rc.shutdown"), neverStarted("web"));

    @Nested
    class AwaitingItsServices {
        @Test
        void itInitializesOnceTheyAreKnown() {
            assertEquals(List.of(INIT), on(new ServicesFound()));
            assertInstanceOf(Initializing.class, life.state());
        }

        @Test
        void oneWithoutInitializationIsUp() {
            services = List.of(up("web"));
            assertEquals(List.of(), on(new ServicesFound()));
            assertInstanceOf(Up.class, life.state());
        }

        @Test
        void itCanBeEndedBefore() {
            assertEquals(List.of(SHUTDOWN), on(new EndRequested(REBOOT)));
            assertEquals(List.of(), on(new ServicesFound()));
            assertInstanceOf(ShuttingDown.class, life.state());
        }

        @Test
        void oneThatKnowsNothingYetEndsWithoutScripts() {
            services = List.of();
            assertEquals(List.of(new StopEverything()), on(new EndRequested(REBOOT)));
        }
    }

    @Nested
    class WhileInitIsRunning {
        WhileInitIsRunning() {
            on(new ServicesFound());
        }

        @Test
        void itIsUpWhenInitializationIsDone() {
            assertEquals(List.of(), on(new ServiceChanged(up("rc.init"))));
            assertInstanceOf(Initializing.class, life.state());
            assertEquals(List.of(), on(new ServiceChanged(ended("rc.init", DONE))));
            assertInstanceOf(Up.class, life.state());
        }

        @Test
        void itStaysUpWhenInitializationHasFailedAndSaysSo() {
            LifeStep step = life.on(new ServiceChanged(failed("rc.init", FAILED)), services, at(1));
            assertInstanceOf(Warn.class, step.effects().getFirst());
            assertInstanceOf(Up.class, life.state());
            assertEquals(Moment.NEVER, life.deadline());
        }

        @Test
        void initializationThatHangsIsStoppedAtTheEnd() {
            services = List.of(up("rc.init"), neverStarted("rc.shutdown"));
            assertEquals(List.of(new StopService(MachineLife.INIT), SHUTDOWN), on(new EndRequested(POWEROFF)));
        }
    }

    @Nested
    class WhenUp {
        WhenUp() {
            on(new ServicesFound());
            on(new ServiceChanged(ended("rc.init", DONE)));
            services = List.of(ended("rc.init", DONE), neverStarted("rc.shutdown"), up("web"));
        }

        @Test
        void itShutsDownByItsScriptWhichHasAMinute() {
            assertEquals(List.of(SHUTDOWN), on(new EndRequested(POWEROFF)));
            assertEquals(new ShuttingDown(POWEROFF, at(61)), life.state());
            assertEquals(at(61), life.deadline());
        }

        @Test
        void itDoesNotJustEnd() {
            LifeStep step = life.on(new EndRequested(new EndOrder(How.EXIT)), services, at(1));
            assertTrue(step.refusal().isPresent());
            assertInstanceOf(Up.class, life.state());
        }

        @Test
        void anEndForLaterComesThenUnlessItIsCancelled() {
            EndOrder later = new EndOrder(How.HALT, Duration.ofMinutes(5), Optional.of(Duration.ofSeconds(9)));
            on(new EndRequested(later));
            assertEquals(at(301), life.deadline());
            on(new EndCancelled());
            assertEquals(Moment.NEVER, life.deadline());

            on(new EndRequested(later));
            assertEquals(List.of(SHUTDOWN), on(new DeadlinePassed(), at(301)));
            assertEquals(new EndOrder(How.HALT, Duration.ZERO, Optional.of(Duration.ofSeconds(9))), life.end());
            assertEquals(at(361), life.deadline());
        }

        @Test
        void anEndForNowForgetsTheOneForLater() {
            on(new EndRequested(new EndOrder(How.HALT, Duration.ofSeconds(5), Optional.empty())));
            on(new EndRequested(REBOOT));
            assertEquals(REBOOT, life.end());
            assertEquals(at(61), life.deadline());
        }

        @Test
        void nothingToCancelIsRefused() {
            assertTrue(life.on(new EndCancelled(), services, at(1)).refusal().isPresent());
        }

        @Test
        void whatS6SvscanctlEndsIsARebootAndHasTheLimits() {
            assertEquals(List.of(), on(new ShutdownBegan()));
            assertEquals(new StoppingServices(REBOOT, at(1), at(11)), life.state());
        }
    }

    @Nested
    class WhenShuttingDown {
        WhenShuttingDown() {
            on(new ServicesFound());
            on(new EndRequested(POWEROFF));
        }

        @Test
        void servicesStopWhenTheScriptIsDone() {
            assertEquals(List.of(), on(new ServiceChanged(up("rc.shutdown"))));
            assertEquals(List.of(new StopEverything()), on(new ServiceChanged(ended("rc.shutdown", DONE)), at(5)));
            assertEquals(new StoppingServices(POWEROFF, at(5), at(15)), life.state());
            assertEquals(List.of(), on(new ShutdownBegan(), at(6)));
            assertEquals(at(15), life.deadline());
        }

        @Test
        void orHasFailedOrCannotBeStartedOrTakesTooLong() {
            for (LifeEvent event : List.of(
                    new ServiceChanged(failed("rc.shutdown", FAILED)),
                    new ServiceChanged(ended("rc.shutdown", new ExitStatus.Killed(Signal.KILL))),
                    new ServiceChanged(cannotBeStarted("rc.shutdown")),
                    new DeadlinePassed())) {
                MachineLife other = new MachineLife();
                other.on(new EndRequested(POWEROFF), services, at(1));
                LifeStep step = other.on(event, services, at(61));
                assertInstanceOf(Warn.class, step.effects().getFirst());
                assertEquals(new StopEverything(), step.effects().getLast());
            }
        }

        @Test
        void anotherEndReplacesHowAndNothingElse() {
            assertEquals(List.of(), on(new EndRequested(REBOOT), at(9)));
            assertEquals(new ShuttingDown(REBOOT, at(61)), life.state());
        }

        @Test
        void itCannotBeCancelledOrPutOff() {
            assertTrue(life.on(new EndCancelled(), services, at(1)).refusal().isPresent());
            EndOrder later = new EndOrder(How.HALT, Duration.ofSeconds(5), Optional.empty());
            assertTrue(
                    life.on(new EndRequested(later), services, at(1)).refusal().isPresent());
            assertEquals(POWEROFF, life.end());
        }
    }

    @Nested
    class WhenStoppingServices {
        WhenStoppingServices() {
            on(new ServicesFound());
            on(new EndRequested(POWEROFF));
            on(new ServiceChanged(ended("rc.shutdown", DONE)));
        }

        @Test
        void whatHasNotEndedInTimeIsLeft() {
            services = List.of(up("web"), ended("db", DONE));
            assertEquals(List.of(new EndLoop()), on(new DeadlinePassed(), at(11)));
            assertEquals(new Over(POWEROFF), life.state());
            assertEquals(Moment.NEVER, life.deadline());
        }

        @Test
        void whatIsKilledLaterByItsOwnFilesHasThatTime() {
            services = List.of(stopping("web", Moment.NEVER), stopping("db", at(40)), stopping("cache", at(20)));
            assertEquals(List.of(), on(new DeadlinePassed(), at(11)));
            assertEquals(at(41), life.deadline());
            assertEquals(List.of(new EndLoop()), on(new DeadlinePassed(), at(41)));
        }

        @Test
        void butNoMachineWaitsForEver() {
            services = List.of(stopping("db", at(4_000)));
            on(new DeadlinePassed(), at(11));
            assertEquals(at(301), life.deadline());
            assertEquals(List.of(new EndLoop()), on(new DeadlinePassed(), at(301)));
        }

        @Test
        void theCatchAllLoggerIsNotWaitedForOnceItIsTheLast() {
            services = List.of(stopping("web", at(4)), up("s6-svscan-log"));
            on(new ServiceChanged(stopping("web", at(4))), at(2));
            assertEquals(at(11), life.deadline());
            services = List.of(ended("web", DONE), stopping("s6-svscan-log", at(60)));
            on(new ServiceChanged(ended("web", DONE)), at(3));
            Moment soon = at(3).plus(MachineLife.LAST_LOGGER_MAX);
            assertEquals(soon, life.deadline());
            assertEquals(List.of(new EndLoop()), on(new DeadlinePassed(), soon));
        }

        @Test
        void theCatchAllLoggerHasNoLongerThanAllOthersHad() {
            services = List.of(ended("web", DONE), stopping("s6-svscan-log", Moment.NEVER));
            on(new ServiceChanged(ended("web", DONE)), at(11));
            assertEquals(at(11), life.deadline());
        }

        @Test
        void howCanStillBeChanged() {
            assertEquals(List.of(), on(new EndRequested(REBOOT), at(9)));
            assertEquals(new StoppingServices(REBOOT, at(1), at(11)), life.state());
            on(new DeadlinePassed(), at(11));
            on(new EndRequested(POWEROFF), at(12));
            assertEquals(POWEROFF, life.end());
        }
    }

    /// Whatever happens in whatever order, an end that was ordered comes, services are told to end once, and no
    /// deadline lies more than five minutes ahead.
    @Test
    void nothingKeepsItFromItsEnd() {
        for (int seed = 0; seed < 2_000; seed++) {
            Random random = new Random(seed);
            MachineLife machine = new MachineLife();
            List<LifeEvent> events = Situations.everyEvent();
            List<LifeEffect> done = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                done.addAll(machine.on(events.get(random.nextInt(events.size())), services, at(i))
                        .effects());
            }
            done.addAll(machine.on(new EndRequested(REBOOT), services, at(20)).effects());
            Moment last = at(20);
            while (!(machine.state() instanceof Over)) {
                Moment deadline = machine.deadline();
                assertTrue(deadline.since(last).compareTo(Duration.ofMinutes(5)) <= 0, "seed " + seed);
                last = deadline;
                done.addAll(machine.on(new DeadlinePassed(), services, deadline).effects());
            }
            assertTrue(done.contains(new EndLoop()), "seed " + seed);
            assertTrue(done.stream().filter(new StopEverything()::equals).count() <= 1, "seed " + seed);
            assertEquals(How.REBOOT, machine.end().how(), "seed " + seed);
        }
    }

    private List<LifeEffect> on(LifeEvent event) {
        return on(event, at(1));
    }

    /// What follows, but for what is told.
    private List<LifeEffect> on(LifeEvent event, Moment now) {
        LifeStep step = life.on(event, services, now);
        assertEquals(Optional.empty(), step.refusal());
        return step.effects().stream()
                .filter(effect -> !(effect instanceof Tell || effect instanceof Warn))
                .toList();
    }
}
