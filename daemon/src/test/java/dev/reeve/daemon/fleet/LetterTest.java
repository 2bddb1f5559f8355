package dev.reeve.daemon.fleet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reeve.daemon.service.History;
import dev.reeve.daemon.service.Moment;
import dev.reeve.daemon.service.Pid;
import dev.reeve.daemon.service.Run;
import dev.reeve.daemon.service.RunSettings;
import dev.reeve.daemon.service.ServiceEvent;
import dev.reeve.daemon.service.ServiceEvent.GroupSignalRequested;
import dev.reeve.daemon.service.ServiceEvent.NotAgainRequested;
import dev.reeve.daemon.service.ServiceEvent.OnceRequested;
import dev.reeve.daemon.service.ServiceEvent.ReloadRequested;
import dev.reeve.daemon.service.ServiceEvent.RestartRequested;
import dev.reeve.daemon.service.ServiceEvent.SignalRequested;
import dev.reeve.daemon.service.ServiceEvent.StartRequested;
import dev.reeve.daemon.service.ServiceEvent.StopRequested;
import dev.reeve.daemon.service.ServiceState;
import dev.reeve.daemon.service.ServiceState.Down;
import dev.reeve.daemon.service.ServiceState.Finishing;
import dev.reeve.daemon.service.ServiceState.Stopping;
import dev.reeve.daemon.service.ServiceState.Up;
import dev.reeve.daemon.service.Signal;
import dev.reeve.daemon.service.Want;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LetterTest {
    private static final Run RUN = new Run(new Pid(7), RunSettings.DEFAULT, new Moment(0), Optional.empty());
    private static final ServiceState DOWN = new Down(History.NONE);
    private static final ServiceState UP = new Up(RUN, History.NONE);
    private static final ServiceState ONCE = new Up(RUN, Want.ONCE, History.NONE);
    private static final ServiceState STOPPING = new Stopping(RUN, Want.DOWN, Moment.NEVER, History.NONE);
    private static final ServiceState RESTARTING = new Stopping(RUN, Want.UP, Moment.NEVER, History.NONE);
    private static final ServiceState FINISHING = new Finishing(new Pid(8), Want.UP, Moment.NEVER, History.NONE);
    private static final List<ServiceState> STATES = List.of(DOWN, UP, ONCE, STOPPING, RESTARTING, FINISHING);

    @Test
    void upAndDownAreAskedOfAServiceWhereverItIs() {
        for (ServiceState state : STATES) {
            assertEquals(Optional.of(new StartRequested()), asked('u', state));
            assertEquals(Optional.of(new StartRequested()), asked('U', state));
            assertEquals(Optional.of(new StopRequested()), asked('d', state));
            assertEquals(Optional.of(new StopRequested()), asked('D', state));
        }
    }

    @Test
    void theCapitalsAreMeantForLaterStartsToo() {
        assertEquals(Optional.of(true), letter('D').keepsDown());
        assertEquals(Optional.of(false), letter('U').keepsDown());
        assertEquals(Optional.empty(), letter('d').keepsDown());
        assertEquals(Optional.empty(), letter('u').keepsDown());
    }

    @Test
    void aRestartIsForOneThatRunsAndIsToRun() {
        assertEquals(Optional.of(new RestartRequested()), asked('r', UP));
        assertEquals(Optional.of(new RestartRequested()), asked('r', RESTARTING));
        assertEquals(Optional.empty(), asked('r', DOWN));
        assertEquals(Optional.empty(), asked('r', FINISHING));
        // s6-supervise leaves what is wanted as it is.
        assertEquals(Optional.empty(), asked('r', STOPPING));
    }

    @Test
    void aRestartOfOneThatRunsOnceIsItsEnd() {
        assertEquals(Optional.of(new StopRequested()), asked('r', ONCE));
    }

    @Test
    void onceStartsWhatRestsAndIsNoMoreThanNotAgainElsewhere() {
        assertEquals(Optional.of(new OnceRequested()), asked('o', DOWN));
        for (ServiceState state : List.of(UP, ONCE, STOPPING, RESTARTING, FINISHING)) {
            assertEquals(Optional.of(new NotAgainRequested()), asked('o', state));
        }
    }

    @Test
    void notAgainIsAskedOfAServiceWhereverItIs() {
        for (ServiceState state : STATES) {
            assertEquals(Optional.of(new NotAgainRequested()), asked('O', state));
            assertEquals(Optional.of(new NotAgainRequested()), asked('Q', state));
            assertEquals(Optional.of(new NotAgainRequested()), asked('x', state));
        }
        assertEquals(Optional.of(true), letter('Q').keepsDown());
        assertEquals(Optional.empty(), letter('O').keepsDown());
    }

    @Test
    void theCapitalsOfThreeSignalsAreForTheWholeGroup() {
        assertEquals(Optional.of(new GroupSignalRequested(new Signal(19))), asked('P', UP));
        assertEquals(Optional.of(new GroupSignalRequested(new Signal(18))), asked('C', UP));
        assertEquals(Optional.of(new GroupSignalRequested(new Signal(9))), asked('K', UP));
    }

    /// One that does not run makes nothing of it.
    @Test
    void eachSignalHasItsLetter() {
        Map<Character, Integer> numbers = Map.ofEntries(
                Map.entry('a', 14),
                Map.entry('b', 6),
                Map.entry('q', 3),
                Map.entry('h', 1),
                Map.entry('k', 9),
                Map.entry('t', 15),
                Map.entry('i', 2),
                Map.entry('1', 10),
                Map.entry('2', 12),
                Map.entry('p', 19),
                Map.entry('c', 18),
                Map.entry('y', 28));
        numbers.forEach((letter, number) ->
                assertEquals(Optional.of(new SignalRequested(new Signal(number))), asked(letter, UP)));
        assertEquals(Optional.of(new ReloadRequested()), asked('l', UP));
    }

    @Test
    void whatIsNoLetterIsLeftOut() {
        assertEquals(List.of(Letter.UP, Letter.DOWN), Letter.in("uw d"));
        assertEquals(Optional.empty(), Letter.of('w'));
    }

    @Test
    void eachLetterIsWrittenAsItIsRead() {
        for (Letter letter : Letter.values()) {
            assertEquals(Optional.of(letter), Letter.of(letter.toString().charAt(0)));
            assertTrue(Letter.all().contains(letter.toString()));
        }
    }

    private static Optional<ServiceEvent> asked(char letter, ServiceState state) {
        return letter(letter).asks(state);
    }

    private static Letter letter(char letter) {
        return Letter.of(letter).orElseThrow();
    }
}
