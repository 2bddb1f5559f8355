package dev.reeve.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reeve.cli.s6.S6Verb;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Completion, by the shells themselves.
class CompletionTest {
    private static final Path FOLDER = Path.of(System.getProperty("reeve.home", ".."), "bin", "completion");

    @TempDir
    Path programs;

    @BeforeEach
    void aClientThatListsThreeServices() throws IOException {
        Path reeve = programs.resolve("reeve");
        Files.writeString(reeve, """
                #!/bin/sh
                case $* in
                    list) printf 'web-1\\nweb-2\\na b\\n' ;;
                    '--socket /s list') echo elsewhere ;;
                    *) exit 1 ;;
                esac
                """);
        Files.setPosixFilePermissions(reeve, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    @Test
    void bashOffersCommands() throws Exception {
        assertEquals(List.of("start", "stop", "status"), bash("reeve", "st"));
        assertEquals(List.of("svc", "svstat", "svok"), bash("reeve", "sv").subList(0, 3));
        assertEquals(List.of("restart", "reload", "rescan", "reboot"), bash("reeve", "--json", "re"));
        assertEquals(List.of("rescan"), bash("reeve", "help", "resc"));
    }

    @Test
    void bashOffersTheServicesOfTheDaemonInQuestion() throws Exception {
        assertEquals(List.of("web-1", "web-2"), bash("reeve", "stop", "web"));
        assertEquals(List.of("web-1", "web-2", "a\\ b"), bash("reeve", "restart", "--wait", "web-1", ""));
        assertEquals(List.of("elsewhere"), bash("reeve", "--socket", "/s", "why", ""));
        assertEquals(List.of("web-1", "web-2"), bash("reeve", "signal", "HUP", "w"));
    }

    @Test
    void bashOffersOptionsSignalsAndTopics() throws Exception {
        assertEquals(
                List.of("--all", "--wait", "--timeout"),
                bash("reeve", "stop", "--").stream().skip(3).toList());
        assertEquals(
                List.of("-n", "--follow", "--raw"),
                bash("reeve", "log", "-").stream().skip(3).toList());
        assertEquals(List.of(), bash("reeve", "log", "-n", ""));
        assertEquals(List.of("web-1", "web-2"), bash("reeve", "log", "-n", "5", "w"));
        assertEquals(List.of("USR1", "USR2"), bash("reeve", "signal", "U"));
        assertEquals(List.of("memory"), bash("reeve", "debug", "m"));
        assertEquals(List.of(), bash("reeve", "debug", "memory", ""));
        assertEquals(List.of(), bash("reeve", "stop", "--wait", "--timeout", ""));
    }

    @Test
    void bothShellsKnowEveryCommand() throws Exception {
        List<String> words = Stream.concat(
                        Stream.of(CommandName.values()).map(CommandName::word),
                        Stream.of(S6Verb.values()).map(S6Verb::word))
                .toList();
        assertEquals(
                words.stream().sorted().toList(),
                bash("reeve", "").stream().sorted().toList());
        String zsh = Files.readString(FOLDER.resolve("_reeve"));
        for (String word : words) {
            assertTrue(zsh.contains("'" + word + ":"), "zsh: " + word);
        }
    }

    @Test
    void bashOffersDirectoriesToS6sVerbs() throws Exception {
        Files.createDirectories(programs.resolve("scan/web"));
        assertEquals(List.of(programs + "/scan"), bash("reeve", "svc", "-u", programs + "/s"));
    }

    @Test
    void zshReadsItsFile() throws Exception {
        Assumptions.assumeTrue(isInstalled("zsh"), "zsh is not installed");
        assertEquals("", run("zsh", "-n", FOLDER.resolve("_reeve").toString()));
    }

    /// What is offered for the last of these words.
    private List<String> bash(String... words) throws Exception {
        Assumptions.assumeTrue(isInstalled("bash"), "bash is not installed");
        List<String> command = new ArrayList<>(List.of(
                "bash",
                "-c",
                """
                PATH=$1:$PATH; source "$2"; shift 2
                COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); COMPREPLY=()
                _reeve
                [[ ${#COMPREPLY[@]} == 0 ]] || printf '%s\\n' "${COMPREPLY[@]}"
                """,
                "bash",
                programs.toString(),
                FOLDER.resolve("reeve.bash").toString()));
        command.addAll(List.of(words));
        return run(command.toArray(String[]::new)).lines().toList();
    }

    private static String run(String... command) throws Exception {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), output);
        return output;
    }

    private static boolean isInstalled(String program) {
        return Stream.of(System.getenv("PATH").split(":", -1))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }
}
