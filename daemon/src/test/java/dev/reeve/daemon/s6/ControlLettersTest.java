package dev.reeve.daemon.s6;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reeve.daemon.fleet.Command;
import dev.reeve.daemon.service.ServiceName;
import dev.reeve.daemon.service.Signal;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ControlLettersTest {
    private static final ServiceName NAME = new ServiceName("web");
    private static final Set<ServiceName> NAMES = Set.of(NAME);

    /// All that s6-supervise knows (s6 2.15).
    private static final String ALL = "abqhkti12pcyrlPCKoduDUxOQ";

    @Test
    void upAndDownAreAskedOfAServiceWhetherItRunsOrNot() {
        for (boolean runs : new boolean[] {true, false}) {
            assertEquals(Optional.of(new Command.Start(NAMES)), ControlLetters.command('u', NAME, runs));
            assertEquals(Optional.of(new Command.Stop(NAMES)), ControlLetters.command('d', NAME, runs));
            assertEquals(Optional.of(new Command.Start(NAMES)), ControlLetters.command('U', NAME, runs));
            assertEquals(Optional.of(new Command.Stop(NAMES)), ControlLetters.command('D', NAME, runs));
        }
    }

    @Test
    void restartAndReloadAreForOneThatRuns() {
        assertEquals(Optional.of(new Command.Restart(NAMES)), ControlLetters.command('r', NAME, true));
        assertEquals(Optional.of(new Command.Reload(NAMES)), ControlLetters.command('l', NAME, true));
        assertEquals(Optional.empty(), ControlLetters.command('r', NAME, false));
        assertEquals(Optional.empty(), ControlLetters.command('l', NAME, false));
    }

    @Test
    void eachSignalHasItsLetterAndIsForOneThatRuns() {
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
        numbers.forEach((letter, number) -> {
            assertEquals(
                    Optional.of(new Command.SendSignal(NAMES, new Signal(number))),
                    ControlLetters.command(letter, NAME, true));
            assertEquals(Optional.empty(), ControlLetters.command(letter, NAME, false));
        });
    }

    @Test
    void everyLetterOfS6IsDoneOrSaidNotToBe() {
        for (int i = 0; i < ALL.length(); i++) {
            char letter = ALL.charAt(i);
            assertTrue(ControlLetters.command(letter, NAME, true).isPresent() ^ ControlLetters.isNotDoneYet(letter));
        }
        assertFalse(ControlLetters.isNotDoneYet('w'));
        assertEquals(Optional.empty(), ControlLetters.command('w', NAME, true));
    }
}
