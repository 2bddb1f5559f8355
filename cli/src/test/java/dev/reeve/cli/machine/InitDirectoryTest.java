package dev.reeve.cli.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reeve.cli.outside.ClientFailure;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The init directory of s6-linux-init's layout, and the links to it.
class InitDirectoryTest {
    @TempDir
    Path work;

    @Test
    void allThatAMachineBootsFromIsWritten() throws IOException {
        new InitDirectory(directory(), settings(Optional.of("getty 38400 tty1"), true)).write();
        assertEquals(
                List.of(
                        "bin/halt",
                        "bin/init",
                        "bin/poweroff",
                        "bin/reboot",
                        "bin/shutdown",
                        "bin/telinit",
                        "env/LANG",
                        "env/TERM",
                        "run-image/service/early-getty/down-signal",
                        "run-image/service/early-getty/run",
                        "run-image/service/early-getty/timeout-kill",
                        "run-image/service/s6-svscan-log/notification-fd",
                        "run-image/service/s6-svscan-log/run",
                        "scripts/rc.init",
                        "scripts/rc.shutdown",
                        "scripts/rc.shutdown.final",
                        "scripts/runlevel"),
                files());
        assertEquals("C.UTF-8\n", text("env/LANG"));
        assertEquals("", text("env/TERM"));
        assertTrue(text("run-image/service/early-getty/run").contains("exec getty 38400 tty1\n"));
    }

    @Test
    void theOptionsAreInTheBootLineAndTheRestIsTheKernels() throws IOException {
        new InitDirectory(directory(), settings(Optional.empty(), true)).write();
        assertTrue(text("bin/init")
                .endsWith("exec '/opt/my reeve/bin/reeve-init' -c /etc/init.d/reeve -p /usr/bin:/bin -m 077 -d /dev"
                        + " -s /run/kernel-env -D 3 -n -- \"$@\"\n"));
    }

    @Test
    void theCatchAllLoggerIsS6LogWhereThatIsInstalled() throws IOException {
        new InitDirectory(directory(), settings(Optional.empty(), true)).write();
        assertTrue(text("run-image/service/s6-svscan-log/run")
                .endsWith("exec <fifo >/dev/console 2>/dev/console\n"
                        + "exec s6-log -bpd3 -- 1 t T /run/uncaught-logs\n"));
    }

    @Test
    void aContainerHasNothingToMountAndNoLoggerIfItIsToHaveNone() throws IOException {
        InitSettings.Surroundings container = new InitSettings.Surroundings(true, false, Optional.of(3));
        new InitDirectory(directory(), settings(Optional.empty(), true, container, Optional.of(500), Optional.empty()))
                .write();
        assertTrue(text("bin/init").endsWith(" -D 3 -n -C -B -W 3 -q 500 -- \"$@\"\n"), text("bin/init"));
        assertFalse(text("scripts/rc.init").contains("mount"), text("scripts/rc.init"));
        assertFalse(Files.exists(directory().resolve("run-image/service/s6-svscan-log")));
    }

    @Test
    void scriptsOfASkeletonAreTakenAsTheyAre() throws IOException {
        Path skeleton = Files.createDirectory(work.resolve("skel"));
        Files.writeString(skeleton.resolve("rc.init"), "#!/bin/sh\necho mine\n");
        Files.writeString(skeleton.resolve("other"), "");
        new InitDirectory(
                        directory(),
                        settings(
                                Optional.empty(),
                                true,
                                InitSettings.Surroundings.MACHINE,
                                Optional.empty(),
                                Optional.of(skeleton)))
                .write();
        assertEquals("#!/bin/sh\necho mine\n", text("scripts/rc.init"));
        assertTrue(Files.isExecutable(directory().resolve("scripts/rc.init")));
        assertTrue(text("scripts/runlevel").startsWith("#!/bin/sh\n# scripts/runlevel"));
        assertFalse(files().contains("scripts/other"));
    }

    @Test
    void withoutS6LogReeveItselfIsTheCatchAllLogger() throws IOException {
        new InitDirectory(directory(), settings(Optional.empty(), false)).write();
        assertFalse(Files.exists(directory().resolve("run-image/service/s6-svscan-log")));
        assertTrue(Files.isDirectory(directory().resolve("run-image/uncaught-logs")));
    }

    @Test
    void everyScriptIsOne() throws Exception {
        new InitDirectory(directory(), settings(Optional.of("getty 38400 tty1"), true)).write();
        for (String file : files()) {
            if (text(file).startsWith("#!/bin/sh\n")) {
                Process sh = new ProcessBuilder(
                                "sh", "-n", directory().resolve(file).toString())
                        .inheritIO()
                        .start();
                assertTrue(sh.waitFor(60, TimeUnit.SECONDS));
                assertEquals(0, sh.exitValue(), file);
                assertTrue(Files.isExecutable(directory().resolve(file)), file);
            }
        }
    }

    @Test
    void aDirectoryThatIsThereIsLeftAsItIs() throws IOException {
        Files.createDirectory(directory());
        InitDirectory again = new InitDirectory(directory(), settings(Optional.empty(), true));
        assertThrows(FileAlreadyExistsException.class, again::write);
        assertEquals(List.of(), files());
    }

    @Test
    void whatWasInSbinIsKept() throws Exception {
        Path sbin = Files.createDirectory(work.resolve("sbin"));
        Files.createSymbolicLink(sbin.resolve("init"), Path.of("/lib/systemd/systemd"));
        Files.writeString(sbin.resolve("halt"), "a program");
        SbinLinks links = new SbinLinks(sbin, "/etc/reeve-init");
        links.make();
        assertEquals(Path.of("/etc/reeve-init/bin/init"), Files.readSymbolicLink(sbin.resolve("init")));
        assertEquals(Path.of("/lib/systemd/systemd"), Files.readSymbolicLink(sbin.resolve("init.before-reeve")));
        assertEquals("a program", Files.readString(sbin.resolve("halt.before-reeve")));
        assertEquals(List.of(), links.make());
        Files.delete(sbin.resolve("init"));
        Files.writeString(sbin.resolve("init"), "another");
        assertThrows(ClientFailure.class, links::make);
        assertEquals("another", Files.readString(sbin.resolve("init")));
    }

    private Path directory() {
        return work.resolve("init");
    }

    private static InitSettings settings(Optional<String> earlyGetty, boolean s6Log) {
        return settings(earlyGetty, s6Log, InitSettings.Surroundings.MACHINE, Optional.empty(), Optional.empty());
    }

    private static InitSettings settings(
            Optional<String> earlyGetty,
            boolean s6Log,
            InitSettings.Surroundings surroundings,
            Optional<Integer> grace,
            Optional<Path> skeleton) {
        return new InitSettings(
                "/etc/init.d/reeve",
                "/usr/bin:/bin",
                "077",
                Optional.of("/dev"),
                Optional.of("/run/kernel-env"),
                "3",
                InitSettings.Run.REMOUNTED,
                new TreeMap<>(Map.of("LANG", Optional.of("C.UTF-8"), "TERM", Optional.empty())),
                earlyGetty,
                "root",
                true,
                InitSettings.Stamps.BOTH,
                s6Log,
                surroundings,
                grace,
                skeleton,
                "/opt/my reeve/bin/reeve-init",
                "/opt/my reeve/bin/reeve");
    }

    private String text(String file) throws IOException {
        return Files.readString(directory().resolve(file));
    }

    private List<String> files() throws IOException {
        try (Stream<Path> paths = Files.walk(directory())) {
            return paths.filter(Files::isRegularFile)
                    .map(path -> directory().relativize(path).toString())
                    .sorted()
                    .toList();
        }
    }
}
