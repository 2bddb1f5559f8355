package dev.reeve.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `bin/install`, as who makes a package or has none uses it.
class InstallScenarioTest {
    private static final List<String> LINKS = List.of(
            "bin/reeve",
            "bin/reeved",
            "bin/reeve-init",
            "bin/reeve-svscan",
            "share/man/man1/reeve.1",
            "share/man/man5/reeve-service.5",
            "share/man/man8/reeved.8",
            "share/bash-completion/completions/reeve",
            "share/zsh/site-functions/_reeve");

    @TempDir
    Path prefix;

    @Test
    void whatIsInstalledIsFoundAndRuns() {
        install(prefix.toString());
        for (String link : LINKS) {
            assertTrue(Files.isSymbolicLink(prefix.resolve(link)), link);
            assertTrue(Files.isReadable(prefix.resolve(link)), link);
        }
        assertTrue(Command.output(prefix.resolve("bin/reeve").toString(), "version")
                .startsWith("reeve "));
        assertTrue(Command.output(prefix.resolve("bin/reeved").toString(), "--version")
                .startsWith("reeved "));
    }

    @Test
    void allIsBelowDestdirAndNothingNamesIt() throws IOException {
        Command.output("env", "DESTDIR=" + prefix, program(), "/usr");
        for (String link : LINKS) {
            Path target = Files.readSymbolicLink(prefix.resolve("usr").resolve(link));
            assertFalse(target.isAbsolute(), target::toString);
            assertTrue(Files.exists(prefix.resolve("usr").resolve(link)), link);
        }
        assertEquals(Set.of("usr"), namesIn(prefix));
    }

    @Test
    void aSecondRunTakesThePlaceOfTheFirst() throws IOException {
        install(prefix.toString());
        Path home = prefix.resolve("lib/reeve");
        Files.writeString(home.resolve("lib/of-an-earlier-version"), "");
        Files.writeString(home.resolve("installed"), Files.readString(home.resolve("installed")) + "share/old/page\n");
        Files.createSymbolicLink(
                Files.createDirectory(prefix.resolve("share/old")).resolve("page"), home);
        install(prefix.toString());
        assertFalse(Files.exists(home.resolve("lib/of-an-earlier-version")));
        assertFalse(Files.exists(prefix.resolve("share/old")));
        assertEquals(Set.of("reeve"), namesIn(prefix.resolve("lib")));
        assertTrue(Command.output(prefix.resolve("bin/reeve").toString(), "version")
                .startsWith("reeve "));
    }

    @Test
    void whatIsUninstalledLeavesNothingAndTakesNothingElse() throws IOException {
        Files.writeString(Files.createDirectory(prefix.resolve("bin")).resolve("other"), "");
        install(prefix.toString());
        Command.output(prefix.resolve("lib/reeve/bin/install").toString(), "--uninstall", prefix.toString());
        assertEquals(Set.of("bin"), namesIn(prefix));
        assertEquals(Set.of("other"), namesIn(prefix.resolve("bin")));
    }

    @Test
    void whatItHasNotInstalledItDoesNotTouch() throws IOException {
        Path other = Files.createDirectories(prefix.resolve("lib/reeve")).resolve("other");
        Files.writeString(other, "");
        String said = assertThrows(UncheckedIOException.class, () -> install(prefix.toString()))
                .toString();
        assertTrue(said.contains("remove it first"), said);
        assertThrows(UncheckedIOException.class, () -> Command.output(program(), "--uninstall", prefix.toString()));
        assertTrue(Files.exists(other));
    }

    private static void install(String prefix) {
        Command.output(program(), prefix);
    }

    private static String program() {
        return Distribution.directory().resolve("bin/install").toString();
    }

    private static Set<String> namesIn(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).collect(Collectors.toSet());
        }
    }
}
