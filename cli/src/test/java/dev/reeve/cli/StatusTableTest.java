package dev.reeve.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.reeve.cli.outside.StandardOutput;
import dev.reeve.cli.outside.Surroundings;
import dev.reeve.protocol.ServicePhase;
import dev.reeve.protocol.ServiceStatus;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StatusTableTest {

    @ParameterizedTest
    @CsvSource({
        "PT-5S, 0s",
        "PT0.9S, 0s",
        "PT3S, 3s",
        "PT59.9S, 59s",
        "PT60S, 1m",
        "PT59M59S, 59m",
        "PT5H1M, 5h",
        "PT23H59M, 23h",
        "PT48H, 2d"
    })
    void anAgeIsToldInItsLargestUnit(Duration age, String told) {
        assertEquals(told, StatusTable.age(age));
    }

    @Test
    void aVeryLongNameIsShortenedOnATerminalOnly() {
        String name = "a".repeat(125) + "-" + "z".repeat(125);

        assertEquals("a".repeat(20) + "…" + "z".repeat(19) + "  down", table(true, name));
        assertEquals(name + "  down", table(false, name));
        assertEquals("short  down", table(true, "short"));
    }

    @Test
    void whatRunsOnceAndWhatIsPausedIsSaidBelow() {
        Surroundings surroundings = new Surroundings(
                new StandardOutput(OutputStream.nullOutputStream()), System.err, false, Map.of(), Optional.empty());
        ServiceStatus service = new ServiceStatus(
                "web", ServicePhase.UP, true, true, 7, CommandTest.SINCE, null, 0, null, true, true, null);
        List<String> lines = new StatusTable(surroundings).lines(List.of(service), CommandTest.SINCE);

        assertEquals(
                List.of("  it will not be started again when it ends", "  it is paused"),
                lines.subList(2, lines.size()));
    }

    @Test
    void whatAServiceSaysOfItselfStandsBelowIt() {
        Surroundings surroundings = new Surroundings(
                new StandardOutput(OutputStream.nullOutputStream()), System.err, false, Map.of(), Optional.empty());
        ServiceStatus service = new ServiceStatus(
                "web",
                ServicePhase.UP,
                true,
                true,
                7,
                CommandTest.SINCE,
                null,
                0,
                null,
                false,
                false,
                null,
                "three\tclients",
                true);
        List<String> lines = new StatusTable(surroundings).lines(List.of(service), CommandTest.SINCE);
        assertEquals(List.of("  it reads its configuration again", "  it says: three?clients"), lines.subList(2, 4));
    }

    /// Name and state, as they stand in the table of this service alone.
    private static String table(boolean onTerminal, String name) {
        Surroundings surroundings = new Surroundings(
                new StandardOutput(OutputStream.nullOutputStream()),
                System.err,
                onTerminal,
                Map.of("NO_COLOR", "1"),
                Optional.empty());
        ServiceStatus service = CommandTest.service(name, ServicePhase.DOWN, null);
        String line = new StatusTable(surroundings)
                .lines(List.of(service), CommandTest.SINCE)
                .getLast();
        return line.substring(0, line.indexOf("down") + 4);
    }
}
