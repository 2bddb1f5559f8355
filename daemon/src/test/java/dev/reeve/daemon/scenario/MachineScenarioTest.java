package dev.reeve.daemon.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reeve.protocol.ServiceStatus;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// `reeve-init` from the kernel's hand-over to the end of the machine.
class MachineScenarioTest {
    private static final int HANGUP = 1;
    private static final int INTERRUPT = 2;

    @TempDir
    Path directory;

    private Path basedir;

    @BeforeEach
    void aMachineWithOneService() throws IOException {
        basedir = directory.resolve("base");
        BareMachine.script(basedir, "run-image/service/longrun/run", "exec sleep 1000");
        BareMachine.script(basedir, "scripts/rc.init", "echo rc.init \"$@\"");
        BareMachine.script(basedir, "scripts/rc.shutdown", "echo rc.shutdown");
        BareMachine.script(basedir, "scripts/rc.shutdown.final", "echo rc.shutdown.final");
    }

    @Test
    void itBootsFromItsBasedirWithoutProcAndOnARootThatIsReadOnly() throws IOException {
        try (BareMachine machine = BareMachine.on(basedir, "-B", "3", "a word")) {
            machine.await("longrun", ServiceStatus::ready);
            machine.awaitConsole("rc.init 3 3 a word\n");

            List<String> mounts = Files.readAllLines(Path.of("/proc/" + machine.pid() + "/mounts"));
            assertTrue(
                    mounts.stream().anyMatch(it -> it.startsWith("tmpfs /run tmpfs rw,nosuid,nodev,")),
                    mounts::toString);
            assertTrue(mounts.stream().anyMatch(it -> it.contains(" / overlay ro,")), mounts::toString);
            assertFalse(Files.exists(machine.path("/proc/1")));
        }
    }

    /// A kernel puts the words that mean nothing to it before those that are for init alone, and a descriptor that
    /// nobody has opened is one of the JVM's own files.
    @Test
    void whateverItsCommandLineSaysItBoots() throws IOException {
        try (BareMachine machine = BareMachine.on(basedir, "single", "-B", "-y", "-W", "3", "2")) {
            machine.await("longrun", ServiceStatus::ready);
            machine.awaitConsole("-y is no option of reeve-init, and is taken for an argument\n");
            machine.awaitConsole("-W 3 is not heeded: nobody has opened descriptor 3 for it");
            machine.awaitConsole("rc.init 2 single -y 2\n");
        }
    }

    @Test
    void whoAsksForHelpOnAKernelsCommandLineHasAMachine() throws IOException {
        try (BareMachine machine = BareMachine.on(basedir, "--help")) {
            machine.await("longrun", ServiceStatus::ready);
        }
    }

    @Test
    void aDirectoryAsS6LinuxInitMakerMakesItBootsAsItIs() throws IOException, InterruptedException {
        ShellCommand.assumeInstalled("execlineb", "s6-log");
        Path s6 = directory.resolve("root/etc/s6-linux-init/current");
        execline(s6, "run-image/service/s6-svscan-log/run", """
                redirfd -w 2 /dev/console
                redirfd -w 1 /dev/null
                redirfd -rnb 0 fifo
                s6-log -bpd3 -- t /run/uncaught-logs""");
        Files.writeString(s6.resolve("run-image/service/s6-svscan-log/notification-fd"), "3\n");
        new ProcessBuilder(
                        "mkfifo",
                        "-m",
                        "600",
                        s6.resolve("run-image/service/s6-svscan-log/fifo").toString())
                .start()
                .waitFor();
        Files.createDirectories(s6.resolve("run-image/uncaught-logs"));
        execline(s6, "run-image/service/web/run", """
                foreground { echo web runs as $1 }
                sleep 1000""");
        Files.createDirectories(s6.resolve("env"));
        Files.writeString(s6.resolve("env/COLOUR"), "blue\n");
        BareMachine.script(s6, "scripts/rc.init", "echo rc.init \"$@\" $COLOUR");
        BareMachine.script(s6, "scripts/rc.shutdown", "echo rc.shutdown");
        try (BareMachine machine = BareMachine.on(directory.resolve("none"))) {
            machine.await("s6-svscan-log", ServiceStatus::ready);
            machine.await("web", ServiceStatus::ready);
            Path log = machine.path("/run/uncaught-logs/current");
            machine.await("the log", () -> {
                try {
                    String said = Files.exists(log) ? Files.readString(log) : "";
                    return said.contains(" rc.init default blue\n") && said.contains(" web runs as web\n");
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
            machine.signal("INT");
            assertEquals(1, machine.awaitEnd());
        }
    }

    private static void execline(Path basedir, String path, String text) throws IOException {
        Path script = BareMachine.script(basedir, path, "");
        Files.writeString(script, "#!/usr/bin/execlineb -S1\n" + text + "\n");
    }

    @ParameterizedTest
    @CsvSource({"INT, 1, reboot", "USR1, 2, power off", "USR2, 2, halt"})
    void aSignalEndsItInOrder(String signal, int end, String words) throws IOException, InterruptedException {
        try (BareMachine machine = BareMachine.on(basedir, "-B")) {
            machine.await("longrun", ServiceStatus::ready);
            machine.awaitConsole("rc.init default");

            machine.signal(signal);

            assertEquals(end, machine.awaitEnd());
            List<String> steps = machine.console()
                    .lines()
                    .filter(line -> line.startsWith("rc.") || line.startsWith("reeve-init: "))
                    .map(line -> line.replaceAll("[0-9]+ ms", "N ms"))
                    .toList();
            assertEquals(
                    List.of(
                            "rc.init default",
                            "rc.shutdown",
                            "reeve-init: everybody has ended: N ms",
                            "reeve-init: everything is written to the disks: N ms",
                            "reeve-init: / is in use, and read-only now",
                            "reeve-init: 0 file systems unmounted: N ms",
                            "rc.shutdown.final",
                            "reeve-init: rc.shutdown.final has run: N ms",
                            "reeve-init: everything is written to the disks: N ms",
                            "reeve-init: " + words + " after N ms"),
                    steps.subList(steps.indexOf("rc.init default"), steps.size()));
        }
    }

    @Test
    void whoIgnoresSigtermIsKilledAndWhatIsMountedIsUnmounted() throws IOException, InterruptedException {
        BareMachine.script(basedir, "scripts/rc.init", """
                mount -t tmpfs data /srv
                mkdir /srv/inner
                mount -t tmpfs inner /srv/inner
                mount -t tmpfs other /media
                cd /srv/inner
                setsid sh -c 'trap "" TERM; echo stubborn; while :; do sleep 1000; done' &
                """);
        try (BareMachine machine = BareMachine.on(basedir, "-B")) {
            machine.awaitConsole("stubborn");

            machine.signal("USR1");

            assertEquals(INTERRUPT, machine.awaitEnd());
            assertTrue(machine.console().contains("not everybody ends by SIGTERM"), machine::console);
            assertTrue(machine.console().contains("everybody has been killed"), machine::console);
            assertTrue(machine.console().contains("3 file systems unmounted"), machine::console);
        }
    }

    @Test
    void runImageIsCopiedAsItIs() throws IOException {
        Path image = basedir.resolve("run-image");
        Path deep = Files.createDirectories(image.resolve("a/b"));
        Path file = Files.writeString(deep.resolve("file"), "bytes\n");
        Files.createSymbolicLink(image.resolve("a/dangling"), Path.of("../nowhere"));
        ShellCommand.run(
                Map.of(),
                "sh",
                "-c",
                "cd " + image + " && mkfifo -m 0622 a/fifo && chown 7:8 a/fifo && mknod -m 0640 a/null c 1 3"
                        + " && chown 1234:4321 a/b a/b/file && chmod 4751 a/b/file && chmod 3711 a/b"
                        + " && chown -h 5:6 a/dangling && chmod 0700 a");
        Files.setLastModifiedTime(file, FileTime.from(Instant.ofEpochSecond(1_000_000_000)));
        Files.setLastModifiedTime(deep, FileTime.from(Instant.ofEpochSecond(1_100_000_000)));
        try (BareMachine machine = BareMachine.on(basedir, "-B")) {
            machine.await("longrun", ServiceStatus::ready);

            assertEquals(described(image.resolve("a")), described(machine.path("/run/a")));
            assertEquals("bytes\n", Files.readString(machine.path("/run/a/b/file")));
        }
    }

    @Test
    void servicesHaveTheEnvironmentOfItsEnvdirAndThatOfTheKernelIsKept() throws IOException {
        Files.createDirectories(basedir.resolve("env"));
        Files.writeString(basedir.resolve("env/GREETING"), "good day \t\nand more\n");
        Files.writeString(basedir.resolve("env/TWO_LINES"), "one\0two");
        Files.writeString(basedir.resolve("env/EMPTY"), "\n");
        BareMachine.script(basedir, "scripts/rc.init", """
                env -0 | tr '\\0\\n' '\\n|' | sort >/run/environment
                umask >>/run/environment
                echo told
                """);
        try (BareMachine machine =
                BareMachine.on(basedir, "-B", "-p", "/bin:/sbin", "-s", "/run/kernel", "-m", "027")) {
            machine.awaitConsole("told\n");

            assertEquals(
                    List.of("EMPTY=", "GREETING=good day", "PATH=/bin:/sbin", "TWO_LINES=one|two", "0027"),
                    Files.readAllLines(machine.path("/run/environment")).stream()
                            .filter(line -> !line.isEmpty() && !line.startsWith("PWD="))
                            .toList());
            assertEquals("linux\n", Files.readString(machine.path("/run/kernel/TERM")));
            assertEquals("1\n", Files.readString(machine.path("/run/kernel/quiet")));
            assertEquals("rwx------", mode(machine.path("/run/kernel")));
        }
    }

    @Test
    void onWhichNothingCanBeSupervisedThereIsAShellAndThenAReboot() throws IOException, InterruptedException {
        ShellCommand.run(
                Map.of(), "rm", "-r", basedir.resolve("run-image/service").toString());
        Files.writeString(basedir.resolve("run-image/service"), "not a directory");
        BareMachine.script(directory, "root/usr/sbin/sulogin", "echo 'what root types'");
        try (BareMachine machine = BareMachine.on(basedir, "-B")) {
            assertEquals(HANGUP, machine.awaitEnd());

            assertTrue(machine.console().contains("nothing can be supervised"), machine::console);
            assertTrue(machine.console().contains("emergency shell"), machine::console);
            assertTrue(machine.console().contains("what root types"), machine::console);
        }
    }

    @Test
    void neitherOrphansNorRestartsLeaveAnythingBehind() throws IOException {
        int orphans = Integer.getInteger("reeve.machine.orphans", 1_000);
        int restarts = Integer.getInteger("reeve.machine.restarts", 300);
        BareMachine.script(
                basedir,
                "scripts/rc.init",
                "i=0; while [ $i -lt %d ]; do ( : & ); i=$((i + 1)); done; echo all orphaned".formatted(orphans));
        try (BareMachine machine = BareMachine.on(basedir, "-B")) {
            machine.awaitConsole("all orphaned");
            machine.await("no zombie", () -> zombiesOf(machine.pid()) == 0);
            restart(machine, 10);
            long before = descriptorsOf(machine.pid());

            restart(machine, restarts);

            machine.await("no more descriptors than before", () -> descriptorsOf(machine.pid()) <= before);
        }
    }

    private static void restart(BareMachine machine, int times) throws IOException {
        try (RawClient client = machine.client()) {
            ServiceStatus before = machine.await("longrun", ServiceStatus::ready);
            for (int i = 0; i < times; i++) {
                client.ask("restart", "longrun");
                ServiceStatus after = before;
                while (!after.ready() || after.pid().equals(before.pid())) {
                    after = client.status("longrun").getFirst();
                }
                before = after;
            }
        }
    }

    private static long descriptorsOf(long pid) {
        try (Stream<Path> descriptors = Files.list(Path.of("/proc/" + pid + "/fd"))) {
            return descriptors.count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long zombiesOf(long parent) {
        return ProcessHandle.of(parent)
                .orElseThrow()
                .children()
                .filter(child -> isZombie(child.pid()))
                .count();
    }

    private static boolean isZombie(long pid) {
        try {
            String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
            return stat.startsWith("Z", stat.lastIndexOf(')') + 2);
        } catch (IOException e) {
            return false;
        }
    }

    private static String mode(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    /// What a copy must have in common with what it was copied from.
    private static Map<String, String> described(Path top) throws IOException {
        Map<String, String> described = new TreeMap<>();
        try (Stream<Path> paths = Files.walk(top)) {
            for (Path path : paths.toList()) {
                Map<String, Object> attributes = new TreeMap<>(Files.readAttributes(
                        path, "unix:mode,uid,gid,rdev,lastModifiedTime", LinkOption.NOFOLLOW_LINKS));
                if (!Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)
                        && !Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
                    attributes.remove("lastModifiedTime");
                }
                String target = Files.isSymbolicLink(path)
                        ? Files.readSymbolicLink(path).toString()
                        : "";
                described.put(top.relativize(path).toString(), attributes + target);
            }
        }
        return described;
    }
}
