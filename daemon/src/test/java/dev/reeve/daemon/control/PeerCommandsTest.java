package dev.reeve.daemon.control;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class PeerCommandsTest {

    @Test
    void aCommandLineReadsAsItWasTyped() {
        assertEquals("socat - UNIX:/run/s", words("socat\0-\0UNIX:/run/s\0"));
    }

    @Test
    void reevesOwnClientIsNamedAsThat() {
        assertEquals(
                "reeve stop web",
                words("/usr/bin/java\0@jvm-options\0-cp\0x.jar\0dev.reeve.cli.ReeveClient\0stop\0web\0"));
    }

    @Test
    void whatAPeerWritesIntoItsCommandLineSteersNoTerminalAndFillsNoMemory() {
        assertEquals("a?[31m b", words("a\u001b[31m\0b\0"));
        assertTrue(words("x".repeat(4_000)).length() <= 201);
    }

    @Test
    void theCommandOfAProcessIsFound() {
        Peer self = new Peer(0, 0, (int) ProcessHandle.current().pid());
        new PeerCommands().find(self);
        await().until(() -> Objects.requireNonNullElse(self.command(), "").contains("java"));
    }

    @Test
    void thatOfOneThatIsGoneOrElsewhereRemainsUnknown() {
        PeerCommands commands = new PeerCommands();
        Peer elsewhere = new Peer(0, 0, 0);
        commands.find(elsewhere);
        assertNull(elsewhere.command());
    }

    private static String words(String commandLine) {
        return PeerCommands.words(commandLine.getBytes(StandardCharsets.UTF_8));
    }
}
