package dev.reeve.daemon.blackbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ScriptTest {
    private static final Path TABLE = Path.of(System.getProperty("reeve.home"), "docs/s6-compatibility.md");

    private static final List<String> CLIENTS = List.of(
            "s6-svc",
            "s6-svstat",
            "s6-svok",
            "s6-svwait",
            "s6-svlisten",
            "s6-svlisten1",
            "s6-svscanctl",
            "s6-svlink",
            "s6-svunlink",
            "s6-ftrig-wait",
            "s6-ftrig-listen1",
            "s6-svdt",
            "s6-permafailon",
            "s6-notifyoncheck");

    @Test
    void whatDiffersIsInTheTableThatPeopleRead() throws IOException {
        Set<String> rows = Files.readAllLines(TABLE).stream()
                .filter(line -> line.startsWith("| "))
                .map(line -> line.split("\\|", -1)[1].strip())
                .collect(Collectors.toSet());
        for (Script script : Script.all()) {
            for (Difference difference : script.differences()) {
                assertTrue(
                        rows.contains(difference.row()),
                        () -> script.path() + " names a row that is not in " + TABLE + ": " + difference.row());
            }
        }
    }

    @Test
    void everyClientOfS6HasAScript() {
        List<String> unused = CLIENTS.stream()
                .filter(client ->
                        Script.all().stream().noneMatch(script -> script.text().contains(client + " ")))
                .toList();
        assertEquals(List.of(), unused);
    }

    @Test
    void aScriptCanBeRunByHand() {
        assertEquals(
                List.of(),
                Script.all().stream()
                        .map(Script::path)
                        .filter(path -> !Files.isExecutable(path))
                        .toList());
    }
}
