package dev.reeve.daemon.fleet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reeve.daemon.fleet.FleetEvent.Commanded;
import dev.reeve.daemon.fleet.FleetEvent.Found;
import dev.reeve.daemon.fleet.FleetEvent.Happened;
import dev.reeve.daemon.fleet.FleetEvent.Retaken;
import dev.reeve.daemon.fleet.FleetEvent.Vanished;
import dev.reeve.daemon.fleet.FleetStep.Order;
import dev.reeve.daemon.service.ExitStatus.Exited;
import dev.reeve.daemon.service.History;
import dev.reeve.daemon.service.Moment;
import dev.reeve.daemon.service.Pid;
import dev.reeve.daemon.service.RunSettings;
import dev.reeve.daemon.service.ServiceEffect;
import dev.reeve.daemon.service.ServiceEffect.KeepDown;
import dev.reeve.daemon.service.ServiceEffect.ReadStopSettings;
import dev.reeve.daemon.service.ServiceEffect.SendSignal;
import dev.reeve.daemon.service.ServiceEffect.Spawn;
import dev.reeve.daemon.service.ServiceEvent.FinishEnded;
import dev.reeve.daemon.service.ServiceEvent.FinishSkipped;
import dev.reeve.daemon.service.ServiceEvent.FinishSpawned;
import dev.reeve.daemon.service.ServiceEvent.ProcessEnded;
import dev.reeve.daemon.service.ServiceEvent.Spawned;
import dev.reeve.daemon.service.ServiceName;
import dev.reeve.daemon.service.ServiceState;
import dev.reeve.daemon.service.ServiceState.AskedToStop;
import dev.reeve.daemon.service.ServiceState.Down;
import dev.reeve.daemon.service.Signal;
import dev.reeve.daemon.service.Want;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// What the fleet does at the letters of s6-svc; what each means is in [LetterTest].
class FleetLettersTest {
    private static final Moment NOW = new Moment(1_000_000);
    private static final Pid PID = new Pid(7);
    private static final ServiceName A = new ServiceName("a");
    private static final ServiceName B = new ServiceName("b");

    private final Fleet fleet = new Fleet();

    @Test
    void lettersAreDoneOneAfterTheOtherToEachServiceInTurn() {
        up(A);
        up(B);
        Signal hup = new Signal(1);
        assertEquals(
                List.of(
                        new Order(A, new SendSignal(PID, hup)),
                        new Order(A, new ReadStopSettings()),
                        new Order(B, new SendSignal(PID, hup)),
                        new Order(B, new ReadStopSettings())),
                svc("hdu", A, B).orders());
        assertEquals(
                Want.UP, assertInstanceOf(AskedToStop.class, state(A)).want(), "its last word is that it is to run");
    }

    @Test
    void theFileDownIsOrderedFirst() {
        up(A);
        assertEquals(List.of(new KeepDown(true), new ReadStopSettings()), effects(svc("D", A)));
        fleet.step(new Found(B, true), NOW);
        assertEquals(List.of(new KeepDown(false), new Spawn()), effects(svc("U", B)));
    }

    @Test
    void aServiceCanBeStartedToRunOnce() {
        fleet.step(new Found(A, true), NOW);
        FleetStep step = fleet.step(new Commanded(new Command.StartOnce(Set.of(A))), NOW);
        assertEquals(List.of(new Spawn()), effects(step));
        assertEquals(Want.ONCE, state(A).want());
        assertEquals(List.of(new KeepDown(true)), effects(svc("Q", A)));
        assertEquals(Want.ONCE, state(A).want());
        fleet.step(new Commanded(new Command.Shutdown()), NOW);
        assertEquals(
                new Answer.ShuttingDown(),
                fleet.step(new Commanded(new Command.StartOnce(Set.of(A))), NOW).answer());
        assertEquals(new Answer.ShuttingDown(), svc("o", A).answer());
        assertEquals(new Answer.Accepted(), svc("O", A).answer());
    }

    @Test
    void aServiceThatRestsIsGivenBackAtOnceAndBegunAnewWhenItIsTakenAgain() {
        fleet.step(new Found(A, true), NOW);
        assertEquals(List.of(A), svc("xu", A).givenBack());
        assertInstanceOf(Down.class, state(A));
        assertEquals(
                new Answer.Exiting(List.of(A)),
                fleet.step(new Commanded(new Command.Start(Set.of(A))), NOW).answer());
        assertEquals(List.of(new KeepDown(false)), effects(svc("U", A)));
        assertEquals(List.of(), svc("k", A).orders());
        FleetStep step = fleet.step(new Retaken(A, false), NOW);
        assertEquals(List.of(new Spawn()), effects(step));
        assertFalse(fleet.service(A).orElseThrow().exiting());
    }

    @Test
    void aServiceThatRunsIsLetRunAndGivenBackAfterItsEnd() {
        up(A);
        assertEquals(List.of(), svc("x", A).orders());
        assertTrue(fleet.service(A).orElseThrow().exiting());
        assertEquals(Want.ONCE, state(A).want());
        fleet.step(new Happened(A, new ProcessEnded(new Exited(1))), NOW);
        FleetStep step = fleet.step(new Happened(A, new FinishSkipped(false)), NOW);
        assertEquals(List.of(A), step.givenBack());
        assertEquals(List.of(), step.forgotten());
        step = fleet.step(new Retaken(A, true), NOW);
        assertEquals(List.of(), step.orders());
        assertEquals(new Down(History.NONE), state(A));
    }

    @Test
    void whatIsToldToEndAfterwardsEndsAtOnce() {
        up(A);
        assertEquals(List.of(new ReadStopSettings()), effects(svc("xd", A)));
        assertEquals(Want.DOWN, state(A).want());
    }

    @Test
    void whatIsAskedOfOneThatIsExitingIsRememberedAndComesToNothing() {
        up(A);
        svc("x", A);
        assertEquals(Optional.of(Want.UP), lastWant());
        svc("o", A);
        assertEquals(Optional.of(Want.DOWN), lastWant());
        svc("u", A);
        assertEquals(Optional.of(Want.UP), lastWant());
        svc("r", A);
        assertEquals(Optional.of(Want.UP), lastWant());
        assertEquals(Want.DOWN, state(A).want());
        fleet.step(new Commanded(new Command.Stop(Set.of(A))), NOW);
        assertEquals(Optional.of(Want.DOWN), lastWant());
    }

    @Test
    void oneThatFailsAsItExitsIsNotWantedAnyMore() {
        up(A);
        svc("x", A);
        fleet.step(new Happened(A, new ProcessEnded(new Exited(1))), NOW);
        fleet.step(new Happened(A, new FinishSpawned(PID, Optional.empty())), NOW);
        FleetStep step = fleet.step(new Happened(A, new FinishEnded(new Exited(125))), NOW);
        assertEquals(Optional.of(Want.DOWN), lastWant());
        assertEquals(List.of(A), step.givenBack());
    }

    @Test
    void whatIsGivenBackAndThenGoneIsForgotten() {
        fleet.step(new Found(A, true), NOW);
        svc("x", A);
        assertEquals(List.of(A), fleet.step(new Vanished(A), NOW).forgotten());
        assertEquals(List.of(), fleet.step(new Retaken(A, false), NOW).changed());
    }

    @Test
    void atTheEndOfAllNothingIsTakenAgain() {
        up(A);
        svc("x", A);
        fleet.step(new Commanded(new Command.Shutdown()), NOW);
        fleet.step(new Happened(A, new ProcessEnded(new Exited(0))), NOW);
        assertEquals(
                List.of(),
                fleet.step(new Happened(A, new FinishSkipped(false)), NOW).givenBack());
        assertTrue(fleet.isShutDown());
        assertEquals(List.of(), fleet.step(new Retaken(A, false), NOW).orders());
    }

    @Test
    void aServiceThatDoesNotRunIsNeitherSignalledNorRestarted() {
        fleet.step(new Found(A, true), NOW);
        assertEquals(new FleetStep(new Answer.Accepted(), List.of(), List.of(), List.of()), svc("rlkpctOPCK", A));
        assertInstanceOf(Down.class, state(A));
    }

    @Test
    void lettersForAStrangerAreRefusedAsAWhole() {
        up(A);
        assertEquals(
                new FleetStep(new Answer.UnknownServices(List.of(B)), List.of(), List.of(), List.of()), svc("d", A, B));
    }

    @Test
    void nothingIsStartedThatCouldNotStay() {
        up(A);
        fleet.step(new Vanished(A), NOW);
        assertEquals(new Answer.Leaving(List.of(A)), svc("du", A).answer());
        assertEquals(new Answer.Accepted(), svc("dk", A).answer());
        fleet.step(new Commanded(new Command.Shutdown()), NOW);
        assertEquals(new Answer.ShuttingDown(), svc("U", A).answer());
    }

    private FleetStep svc(String letters, ServiceName... names) {
        return fleet.step(new Commanded(new Command.Letters(Set.of(names), Letter.in(letters))), NOW);
    }

    private static List<ServiceEffect> effects(FleetStep step) {
        return step.orders().stream().map(Order::effect).toList();
    }

    private Optional<Want> lastWant() {
        return fleet.service(A).orElseThrow().lastWant();
    }

    private void up(ServiceName name) {
        fleet.step(new Found(name, false), NOW);
        fleet.step(new Happened(name, new Spawned(PID, RunSettings.DEFAULT)), NOW);
    }

    private ServiceState state(ServiceName name) {
        return fleet.service(name).orElseThrow().state();
    }
}
