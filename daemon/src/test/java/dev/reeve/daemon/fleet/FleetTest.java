package dev.reeve.daemon.fleet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reeve.daemon.fleet.Answer.Accepted;
import dev.reeve.daemon.fleet.Answer.Leaving;
import dev.reeve.daemon.fleet.Answer.NotRunning;
import dev.reeve.daemon.fleet.Answer.ShuttingDown;
import dev.reeve.daemon.fleet.Answer.UnknownServices;
import dev.reeve.daemon.fleet.FleetEvent.Commanded;
import dev.reeve.daemon.fleet.FleetEvent.Found;
import dev.reeve.daemon.fleet.FleetEvent.Happened;
import dev.reeve.daemon.fleet.FleetEvent.Renamed;
import dev.reeve.daemon.fleet.FleetEvent.Vanished;
import dev.reeve.daemon.fleet.FleetStep.Order;
import dev.reeve.daemon.service.Evidence;
import dev.reeve.daemon.service.ExitStatus;
import dev.reeve.daemon.service.Moment;
import dev.reeve.daemon.service.Pid;
import dev.reeve.daemon.service.Program;
import dev.reeve.daemon.service.RunSettings;
import dev.reeve.daemon.service.ServiceEffect.ReadReloadSignal;
import dev.reeve.daemon.service.ServiceEffect.ReadStopSettings;
import dev.reeve.daemon.service.ServiceEffect.SendSignal;
import dev.reeve.daemon.service.ServiceEffect.Spawn;
import dev.reeve.daemon.service.ServiceEvent;
import dev.reeve.daemon.service.ServiceEvent.BecameReady;
import dev.reeve.daemon.service.ServiceEvent.DeadlinePassed;
import dev.reeve.daemon.service.ServiceEvent.FinishSkipped;
import dev.reeve.daemon.service.ServiceEvent.HeartBeat;
import dev.reeve.daemon.service.ServiceEvent.ProcessEnded;
import dev.reeve.daemon.service.ServiceEvent.Spawned;
import dev.reeve.daemon.service.ServiceEvent.StopRequested;
import dev.reeve.daemon.service.ServiceMachine;
import dev.reeve.daemon.service.ServiceName;
import dev.reeve.daemon.service.ServiceState;
import dev.reeve.daemon.service.ServiceState.BackingOff;
import dev.reeve.daemon.service.ServiceState.Down;
import dev.reeve.daemon.service.ServiceState.Spawning;
import dev.reeve.daemon.service.ServiceState.Up;
import dev.reeve.daemon.service.Signal;
import dev.reeve.daemon.service.Transition;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FleetTest {
    private static final Moment NOW = new Moment(1_000_000);
    private static final Moment LATER = new Moment(2_000_000);
    private static final ServiceName A = new ServiceName("a");
    private static final ServiceName B = new ServiceName("b");
    private static final ServiceName C = new ServiceName("c");
    private static final ServiceName STRANGER = new ServiceName("stranger");

    private final Fleet fleet = new Fleet();
    private int stopsAsked;

    @Test
    void aServiceThatIsFoundStartsAndIsNotToldToHaveBeenDown() {
        FleetStep step = fleet.step(new Found(A, false), NOW);
        assertEquals(List.of(new Order(A, new Spawn())), step.orders());
        assertEquals(
                List.of(Spawning.class),
                step.changed().stream()
                        .map(situation -> situation.state().getClass())
                        .toList());
    }

    @Test
    void aCommandThatAnErrorOfOursInterruptsLeavesEveryServiceWhereItWas() {
        Fleet broken = new Fleet(new ServiceMachine() {
            @Override
            public Transition on(ServiceState state, ServiceEvent event, Moment now) {
                if (event instanceof StopRequested && ++stopsAsked == 2) {
                    throw new IllegalStateException("as if");
                }
                return super.on(state, event, now);
            }
        });
        broken.step(new Found(A, false), NOW);
        broken.step(new Found(B, false), NOW);
        List<ServiceSituation> before = List.copyOf(broken.services());

        assertThrows(
                IllegalStateException.class, () -> broken.step(new Commanded(new Command.Stop(Set.of(A, B))), LATER));
        assertEquals(before, List.copyOf(broken.services()));

        stopsAsked = 0;
        assertThrows(IllegalStateException.class, () -> broken.step(new Commanded(new Command.Shutdown()), LATER));
        assertEquals(before, List.copyOf(broken.services()));
        assertFalse(broken.isShuttingDown());
    }

    @Test
    void aServiceWithAFileDownWaitsUntilSomeoneStartsIt() {
        assertEquals(List.of(), fleet.step(new Found(A, true), NOW).orders());
        assertInstanceOf(Down.class, state(A));
        assertEquals(
                List.of(new Order(A, new Spawn())),
                command(new Command.Start(Set.of(A))).orders());
    }

    @Test
    void aServiceIsFoundOnce() {
        fleet.step(new Found(A, false), NOW);
        assertEquals(
                new FleetStep(new Accepted(), List.of(), List.of(), List.of()), fleet.step(new Found(A, false), LATER));
    }

    @Test
    void aCommandIsDoneToItsServicesInTheirOrder() {
        up(B);
        up(A);
        up(new ServiceName("c"));
        FleetStep step = command(new Command.Stop(Set.of(B, A)));
        assertEquals(new Accepted(), step.answer());
        assertEquals(
                List.of(new Order(A, new ReadStopSettings()), new Order(B, new ReadStopSettings())), step.orders());
    }

    @Test
    void aCommandThatNamesAStrangerIsRefusedAsAWhole() {
        up(A);
        for (Command command : List.of(
                new Command.Start(Set.of(A, STRANGER)),
                new Command.Stop(Set.of(STRANGER, A)),
                new Command.Restart(Set.of(A, STRANGER)))) {
            assertEquals(
                    new FleetStep(new UnknownServices(List.of(STRANGER)), List.of(), List.of(), List.of()),
                    command(command));
        }
        assertInstanceOf(Up.class, state(A));
    }

    @Test
    void strangersAreToldInTheOrderOfTheirNames() {
        up(A);
        ServiceName another = new ServiceName("another");
        assertEquals(
                List.of(another, STRANGER), fleet.unknownAmong(new LinkedHashSet<>(List.of(STRANGER, A, another))));
    }

    @Test
    void aSignalGoesToEveryServiceThatIsNamed() {
        up(A);
        up(B);
        FleetStep step = command(new Command.SendSignal(Set.of(A, B), Signal.HUP));
        SendSignal sent = new SendSignal(new Pid(7), Signal.HUP);
        assertEquals(
                new FleetStep(new Accepted(), List.of(), List.of(new Order(A, sent), new Order(B, sent)), List.of()),
                step);
    }

    @Test
    void aReloadFirstReadsHow() {
        up(A);
        assertEquals(
                List.of(new Order(A, new ReadReloadSignal(new Pid(7)))),
                command(new Command.Reload(Set.of(A))).orders());
    }

    @Test
    void whoSignalsAServiceThatDoesNotRunIsToldSoAndNothingIsDone() {
        up(A);
        fleet.step(new Found(B, false), NOW);
        for (Command command :
                List.of(new Command.SendSignal(Set.of(A, B), Signal.HUP), new Command.Reload(Set.of(A, B)))) {
            assertEquals(new FleetStep(new NotRunning(List.of(B)), List.of(), List.of(), List.of()), command(command));
        }
        assertEquals(
                new UnknownServices(List.of(STRANGER)),
                command(new Command.Reload(Set.of(B, STRANGER))).answer());
    }

    @Test
    void aHeartBeatMovesADeadlineAndNobodyIsTold() {
        up(A);
        FleetStep step = fleet.step(new Happened(A, new HeartBeat()), LATER);
        assertEquals(List.of(), step.changed());
        ServiceSituation heard = fleet.service(A).orElseThrow();
        assertEquals(List.of(heard), step.quiet());
        assertEquals(LATER, ((Up) heard.state()).run().watchdog().heardAt());
    }

    @Test
    void whatHappensToAStrangerChangesNothing() {
        FleetStep step = fleet.step(new Happened(STRANGER, new BecameReady()), NOW);
        assertEquals(new FleetStep(new Accepted(), List.of(), List.of(), List.of()), step);
    }

    @Test
    void afterAShutdownNothingStartsAnyMore() {
        up(A);
        command(new Command.Shutdown());
        assertTrue(fleet.isShuttingDown());
        assertEquals(new ShuttingDown(), command(new Command.Start(Set.of(A))).answer());
        assertEquals(new ShuttingDown(), command(new Command.Restart(Set.of(A))).answer());
        assertEquals(new Accepted(), command(new Command.Stop(Set.of(A))).answer());
        assertEquals(List.of(), fleet.step(new Found(B, false), LATER).orders());
    }

    @Test
    void itIsShutDownWhenTheLastServiceRests() {
        fleet.step(new Found(A, true), NOW);
        assertFalse(fleet.isShutDown());
        up(B);
        command(new Command.Shutdown());
        assertFalse(fleet.isShutDown());
        fleet.reconcile(B, new Evidence.Nothing(), LATER);
        assertTrue(fleet.isShutDown());
    }

    @Test
    void sinceTellsTheMomentThePhaseChangedAndNotTheState() {
        up(A);
        fleet.step(new Commanded(new Command.Restart(Set.of(A))), NOW);
        fleet.step(new Commanded(new Command.Stop(Set.of(A))), LATER);
        assertEquals(NOW, fleet.service(A).orElseThrow().since());
    }

    @Test
    void anErrorOfOurOwnLeavesAServiceWhereTheKernelSaysItIs() {
        up(A);
        assertInstanceOf(
                BackingOff.class,
                fleet.reconcile(A, new Evidence.Nothing(), LATER).orElseThrow().state());
        assertEquals(
                Optional.of(new Pid(9)),
                fleet.reconcile(A, new Evidence.Living(Program.RUN, new Pid(9)), LATER)
                        .orElseThrow()
                        .state()
                        .pid());
        assertInstanceOf(Up.class, state(A));
    }

    @Test
    void whatVanishesEndsAndIsForgottenThen() {
        up(A);
        FleetStep step = fleet.step(new Vanished(A), LATER);
        assertTrue(fleet.service(A).orElseThrow().leaving());
        assertEquals(List.of(new Order(A, new ReadStopSettings())), step.orders());
        assertEquals(List.of(), step.forgotten());
        step = ended(A);
        assertEquals(List.of(), step.forgotten());
        step = fleet.step(new Happened(A, new FinishSkipped(false)), LATER);
        assertEquals(List.of(A), step.forgotten());
        assertEquals(Optional.empty(), fleet.service(A));
    }

    @Test
    void whatRestsIsForgottenAtOnce() {
        fleet.step(new Found(A, true), NOW);
        assertEquals(List.of(A), fleet.step(new Vanished(A), LATER).forgotten());
        assertEquals(List.of(), fleet.step(new Vanished(A), LATER).forgotten());
    }

    @Test
    void aLoggerLeavesAfterItsService() {
        up(A.logger());
        up(A);
        assertEquals(
                List.of(new Order(A, new ReadStopSettings())),
                fleet.step(new Vanished(A), LATER).orders());
        assertTrue(fleet.service(A.logger()).orElseThrow().leaving());
        ended(A);
        FleetStep step = fleet.step(new Happened(A, new FinishSkipped(false)), LATER);
        assertEquals(List.of(A), step.forgotten());
        assertEquals(List.of(new Order(A.logger(), new ReadStopSettings())), step.orders());
        ended(A.logger());
        step = fleet.step(new Happened(A.logger(), new FinishSkipped(false)), LATER);
        assertEquals(List.of(A.logger()), step.forgotten());
    }

    @Test
    void aLoggerLeavesWithItsServiceIfItIsToldTo() {
        up(A.logger());
        up(A);
        assertEquals(
                List.of(new Order(A, new ReadStopSettings()), new Order(A.logger(), new ReadStopSettings())),
                fleet.step(new Vanished(A, true), LATER).orders());
        ended(A.logger());
        FleetStep step = fleet.step(new Happened(A.logger(), new FinishSkipped(false)), LATER);
        assertEquals(List.of(), step.forgotten());
        ended(A);
        step = fleet.step(new Happened(A, new FinishSkipped(false)), LATER);
        assertEquals(List.of(A, A.logger()), step.forgotten());
    }

    @Test
    void loggersEndAfterTheirServicesUnlessTheyAreToldToEndToo() {
        up(A.logger());
        up(A);
        assertEquals(
                List.of(new Order(A, new ReadStopSettings())),
                command(new Command.Shutdown()).orders());
        assertEquals(
                List.of(new Order(A.logger(), new ReadStopSettings())),
                command(new Command.Shutdown(true)).orders());
    }

    @Test
    void theCatchAllLoggerEndsWhenAllOthersHave() {
        ServiceName catchAll = ServiceName.CATCH_ALL_LOGGER;
        up(A.logger());
        up(A);
        up(catchAll);
        command(new Command.Shutdown());
        ended(A);
        assertEquals(
                List.of(new Order(A.logger(), new ReadStopSettings())),
                fleet.step(new Happened(A, new FinishSkipped(false)), LATER).orders());
        ended(A.logger());
        assertEquals(
                List.of(new Order(catchAll, new ReadStopSettings())),
                fleet.step(new Happened(A.logger(), new FinishSkipped(false)), LATER)
                        .orders());
        ended(catchAll);
        fleet.step(new Happened(catchAll, new FinishSkipped(false)), LATER);
        assertTrue(fleet.isShutDown());
    }

    @Test
    void theCatchAllLoggerEndsAtOnceIfThereIsNobodyElse() {
        up(ServiceName.CATCH_ALL_LOGGER);
        assertEquals(
                List.of(new Order(ServiceName.CATCH_ALL_LOGGER, new ReadStopSettings())),
                command(new Command.Shutdown()).orders());
    }

    @Test
    void whoIsToBeToldToEndIsAboutToBeSignalled() {
        up(A);
        assertFalse(fleet.isAboutToSignal());
        command(new Command.Stop(Set.of(A)));
        assertTrue(fleet.isAboutToSignal());
        fleet.step(new Happened(A, new DeadlinePassed()), LATER.plus(Duration.ofSeconds(1)));
        assertFalse(fleet.isAboutToSignal());
    }

    @Test
    void aLoggerThatRestsIsForgottenWithItsService() {
        fleet.step(new Found(A.logger(), true), NOW);
        fleet.step(new Found(A, true), NOW);
        assertEquals(List.of(A, A.logger()), fleet.step(new Vanished(A), LATER).forgotten());
    }

    @Test
    void whatIsLeavingIsNotStartedAgain() {
        up(A);
        up(B);
        fleet.step(new Vanished(A), LATER);
        for (Command command : List.of(new Command.Start(Set.of(A, B)), new Command.Restart(Set.of(A, B)))) {
            assertEquals(new FleetStep(new Leaving(List.of(A)), List.of(), List.of(), List.of()), command(command));
        }
        assertEquals(new Accepted(), command(new Command.Stop(Set.of(A))).answer());
    }

    @Test
    void aRenamedServiceGoesOnUnderItsNewName() {
        up(A);
        ServiceState state = state(A);
        FleetStep step = fleet.step(new Renamed(Map.of(A, C)), LATER);
        assertEquals(List.of(A), step.forgotten());
        assertEquals(
                List.of(C), step.changed().stream().map(ServiceSituation::name).toList());
        assertEquals(state, step.changed().getFirst().state());
        assertEquals(List.of(), step.orders());
        assertEquals(Optional.empty(), fleet.service(A));
        assertEquals(state, state(C));
    }

    @Test
    void servicesCanChangeNames() {
        up(A);
        fleet.step(new Found(B, true), NOW);
        FleetStep step = fleet.step(new Renamed(Map.of(A, B, B, A)), LATER);
        assertEquals(List.of(), step.forgotten());
        assertInstanceOf(Up.class, state(B));
        assertInstanceOf(Down.class, state(A));
    }

    @Test
    void whatIsLeavingIsReconciledToItsEnd() {
        up(A);
        fleet.step(new Vanished(A), LATER);
        fleet.reconcile(A, new Evidence.Nothing(), LATER);
        assertEquals(
                List.of(A),
                fleet.step(new Happened(A, new StopRequested()), LATER).forgotten());
        assertEquals(Optional.empty(), fleet.reconcile(A, new Evidence.Nothing(), LATER));
    }

    private FleetStep ended(ServiceName name) {
        return fleet.step(new Happened(name, new ProcessEnded(new ExitStatus.Exited(0))), LATER);
    }

    private void up(ServiceName name) {
        fleet.step(new Found(name, false), NOW);
        fleet.step(new Happened(name, new Spawned(new Pid(7), RunSettings.DEFAULT)), NOW);
    }

    private FleetStep command(Command command) {
        return fleet.step(new Commanded(command), LATER);
    }

    private ServiceState state(ServiceName name) {
        return fleet.service(name).orElseThrow().state();
    }
}
