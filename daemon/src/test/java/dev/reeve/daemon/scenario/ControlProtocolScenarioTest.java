package dev.reeve.daemon.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// docs/control-protocol.md is enough to write a client from: its own examples, with nc and jq, do what it says.
class ControlProtocolScenarioTest {
    private static final Path DOCUMENT = Path.of(System.getProperty("reeve.home"), "docs", "control-protocol.md");
    private static final Pattern SHELL = Pattern.compile("```sh\n(.*?)```", Pattern.DOTALL);

    @TempDir
    Path directory;

    private RunningDaemon daemon;

    @BeforeEach
    void aDaemon() {
        ShellCommand.assumeInstalled("nc.openbsd", "jq");
        daemon = RunningDaemon.on(ServiceDirectories.in(directory)
                .service("web", "exec sleep 1000")
                .service("db", "exec sleep 1000"));
        daemon.awaitReady("web");
        daemon.awaitReady("db");
    }

    @AfterEach
    void end() throws IOException {
        if (daemon != null) {
            daemon.close();
        }
    }

    @Test
    void theOneLinerListsTheServicesThatAreUp() throws IOException {
        assertEquals("db\nweb\n", runExample(0).output());
    }

    @Test
    void theClientRestartsAServiceAndWaitsForItsNewProcess() throws IOException {
        int before = daemon.status("web").pid();
        ShellCommand restarted = runExample(1, "web");
        assertEquals(0, restarted.exitCode(), restarted.output());
        int after = Integer.parseInt(restarted.output().strip());
        assertNotEquals(before, after);
        assertEquals(after, daemon.status("web").pid());
    }

    @Test
    void theClientTellsARefusalAndTheEndOfTheDaemon() throws IOException, InterruptedException {
        ShellCommand refused = runExample(1, "nosuch");
        assertEquals(1, refused.exitCode());
        assertTrue(refused.output().contains("there is no service nosuch"), refused.output());
        daemon.signal("TERM");
        daemon.awaitExit();
        assertNotEquals(0, runExample(1, "web").exitCode());
    }

    private ShellCommand runExample(int index, String... arguments) throws IOException {
        List<String> examples = SHELL.matcher(Files.readString(DOCUMENT))
                .results()
                .map(match -> match.group(1))
                .toList();
        Path script = Files.writeString(directory.resolve("example" + index), examples.get(index));
        String[] command = new String[2 + arguments.length];
        command[0] = "sh";
        command[1] = script.toString();
        System.arraycopy(arguments, 0, command, 2, arguments.length);
        return ShellCommand.run(Map.of("REEVE_SOCKET", daemon.socket().toString()), command);
    }
}
