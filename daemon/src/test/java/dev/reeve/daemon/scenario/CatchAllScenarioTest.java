package dev.reeve.daemon.scenario;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reeve.protocol.ServiceStatus;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What services without a logger say, from the first line to the last, whatever becomes of the catch-all logger.
class CatchAllScenarioTest {
    private static final int WRITERS = 4;
    private static final int LINES = 100_000;
    private static final Pattern NUMBERED = Pattern.compile("@[0-9a-f]{24} (\\d) (\\d{6}) \\.{40}");

    /// How many of a logger's ends in a row do not have the daemon read in its place.
    private static final int FORGIVEN = 2;

    /// What a logger may have read, and not written yet, when it is killed: a pipe's worth.
    private static final int BUFFER_BYTES = 64 * 1024;

    @TempDir
    Path directory;

    private ServiceDirectories services;

    @BeforeEach
    void aMachine() {
        services = BootedMachine.services(directory);
    }

    @Test
    void noLineIsLostWhenTheCatchAllLoggerIsToldToEnd() throws Exception {
        logger("", s6Log(kept()));
        writers();
        try (BootedMachine machine = BootedMachine.boot(directory)) {
            int restarts = 0;
            while (restarts < FORGIVEN && awaitMoreLines(machine)) {
                ServiceStatus logger = machine.await("s6-svscan-log", ServiceStatus::ready);
                machine.signal(logger, "TERM");
                assertEquals(logger.pid(), machine.status("s6-svscan-log").pid(), "-p has it pass over SIGTERM");
                machine.signal(logger, "HUP");
                machine.await("s6-svscan-log", it -> it.ready() && !Objects.equals(it.pid(), logger.pid()));
                restarts++;
            }
            eventually(() -> allWritersAreDone(machine));
            assertTrue(!machine.console().contains("no catch-all logger"), machine.console());
            machine.end();
            assertTrue(restarts > 0);
        }
        Map<Integer, List<Integer>> read = numbersOfWriters(keptLines());
        for (int writer = 1; writer <= WRITERS; writer++) {
            assertEquals(
                    IntStream.rangeClosed(1, LINES / WRITERS).boxed().toList(), read.get(writer), "writer " + writer);
        }
        assertEquals(
                WRITERS,
                keptLines().stream().filter(it -> it.endsWith("last words")).count());
    }

    @Test
    void ofALoggerThatIsKilledAtMostItsOwnBufferIsMissing() throws Exception {
        logger("", s6Log(kept()));
        writers();
        int kills = 0;
        String console;
        try (BootedMachine machine = BootedMachine.boot(directory)) {
            while (kills < FORGIVEN && awaitMoreLines(machine)) {
                ServiceStatus logger = machine.await("s6-svscan-log", ServiceStatus::ready);
                machine.signal(logger, "KILL");
                kills++;
                machine.await("s6-svscan-log", it -> it.ready() && !Objects.equals(it.pid(), logger.pid()));
            }
            eventually(() -> allWritersAreDone(machine));
            console = machine.console();
            machine.end();
        }
        Map<Integer, List<Integer>> read = numbersOfWriters(keptLines());
        int missing = LINES;
        for (List<Integer> numbers : read.values()) {
            assertEquals(numbers.stream().sorted().distinct().toList(), numbers, "in order");
            missing -= numbers.size();
        }
        System.out.printf("%d of %,d lines are missing after %d SIGKILLs of s6-log%n", missing, LINES, kills);
        assertTrue(kills > 0);
        int bytesALine = ". 000000 ".length() + 40;
        assertTrue(missing * bytesALine <= kills * BUFFER_BYTES, missing + " lines are missing\n" + console);
    }

    @Test
    void whenTheFifoIsFullServicesWaitAndTheDaemonDoesNot() throws Exception {
        logger("", "exec sh -c 'if [ -e go ]; then exec s6-log -bp -- t n100 " + kept() + "; fi; exec sleep 1000'");
        services.service(
                "noisy", "i=0; while [ $i -lt 20000 ]; do i=$((i+1)); echo \"noise $i\"; done; exec sleep 1000");
        services.service("web", "echo hello from web; exec sleep 1000");
        try (BootedMachine machine = BootedMachine.boot(directory)) {
            int noisy = machine.await("noisy", ServiceStatus::ready).pid();
            eventually(() -> machine.output("cat", "/proc/" + noisy + "/wchan").contains("pipe"));
            machine.order("restart", "web");
            eventually(() -> machine.console().contains("web"));
            assertTrue(machine.status("noisy").ready());

            Files.createFile(machine.path("/run/service/s6-svscan-log/go"));
            machine.order("restart", "s6-svscan-log");
            eventually(() -> keptLines().stream().anyMatch(it -> it.contains("reeved: ")));
            assertTrue(keptLines().stream().anyMatch(it -> it.endsWith(" noise 1")));
        }
    }

    @Test
    void theDaemonReadsInThePlaceOfALoggerThatDoesNotUntilOneDoes() throws Exception {
        Files.createDirectory(services.directory().resolve("s6-svscan-log"));
        services.service("s6-svscan-log", "exec sleep 1000").file("s6-svscan-log", "notification-fd", "3\n");
        services.service("a-early-getty", "echo early >>/run/early; exec sleep 1000");
        services.service("web", "while :; do echo hello from web; sleep 0.2; done");
        try (BootedMachine machine = BootedMachine.boot(directory)) {
            machine.await("a-early-getty", ServiceStatus::ready);
            assertEquals(
                    List.of("a-early-getty", "s6-svscan-log"),
                    machine.names().stream().sorted().toList());
            machine.await("web", ServiceStatus::ready);
            assertTrue(machine.console().contains("no catch-all logger reads"), machine.console());
            Path current = machine.path("/run/uncaught-logs/current");
            eventually(() -> lines(current).stream().anyMatch(it -> it.endsWith(" rc.init was here")));
            assertTrue(
                    lines(current).getFirst().matches("@[0-9a-f]{24} .*"),
                    lines(current).toString());

            Path run = machine.path("/run/service/s6-svscan-log/run");
            Files.writeString(run, "#!/bin/sh\n" + script("", s6Log("/run/uncaught-logs")) + "\n");
            machine.order("restart", "s6-svscan-log");
            machine.await("s6-svscan-log", ServiceStatus::ready);
            Object isNow = Files.getAttribute(current, "unix:ino");
            long size = Files.size(current);
            eventually(() -> Files.size(current) > size + 200);
            assertEquals(isNow, Files.getAttribute(current, "unix:ino"));
            assertEquals("", machine.output("sh", "-c", "readlink /proc/1/fd/* | grep uncaught-logs || :"));
        }
    }

    @Test
    void withoutALoggerTheDaemonReadsAtOnce() throws Exception {
        services.service("web", "printf 'a\\0b\\nno newline'; exec sleep 1000");
        try (BootedMachine machine = BootedMachine.boot(directory)) {
            machine.await("web", ServiceStatus::ready);
            Path current = machine.path("/run/uncaught-logs/current");
            eventually(() -> lines(current).stream().anyMatch(it -> it.endsWith(" b")));
            eventually(() -> lines(current).stream().anyMatch(it -> it.contains(" no newline")));
        }
    }

    @Test
    void aLoggerThatIsKilledWhileTheMachineBootsIsStartedAgainAndReadsOn() throws Exception {
        logger("[ -e once ] || { : >once; kill -KILL $$; }", s6Log(kept()));
        services.service("web", "echo hello from web; exec sleep 1000");
        try (BootedMachine machine = BootedMachine.boot(directory)) {
            machine.await("web", ServiceStatus::ready);
            eventually(() -> keptLines().stream().anyMatch(it -> it.endsWith(" hello from web")));
            eventually(() -> keptLines().stream().anyMatch(it -> it.endsWith(" rc.init was here")));
            assertTrue(machine.status("s6-svscan-log").restarts() >= 1);
        }
    }

    @Test
    void aLoggerThatFailsIsNotWaitedForAndReadsWhenItWorks() throws Exception {
        logger("", "");
        services.executable("s6-svscan-log", "run", "[ -e go ] || exit 1\n" + script("", s6Log(kept())));
        services.service("web", "while :; do echo hello from web; sleep 0.2; done");
        try (BootedMachine machine = BootedMachine.boot(directory)) {
            machine.await("web", ServiceStatus::ready);
            assertTrue(machine.console().contains("no catch-all logger reads"), machine.console());
            Files.createFile(machine.path("/run/service/s6-svscan-log/go"));
            machine.await("s6-svscan-log", ServiceStatus::ready);
            eventually(() -> keptLines().stream().anyMatch(it -> it.endsWith(" hello from web")));
        }
    }

    @Test
    void aLoggerThatCameAndThenFailsAgainAndAgainIsReplacedUntilItWorks() throws Exception {
        logger("", "");
        services.executable("s6-svscan-log", "run", "[ ! -e broken ] || exit 1\n" + script("", s6Log(kept())));
        services.service("web", "while :; do echo hello from web; sleep 0.2; done");
        String told = "the catch-all logger fails again and again";
        try (BootedMachine machine = BootedMachine.boot(directory)) {
            machine.await("web", ServiceStatus::ready);
            eventually(() -> keptLines().stream().anyMatch(it -> it.endsWith(" hello from web")));
            Path broken = Files.createFile(machine.path("/run/service/s6-svscan-log/broken"));
            machine.signal(machine.await("s6-svscan-log", ServiceStatus::ready), "KILL");
            Path current = machine.path("/run/uncaught-logs/current");
            eventually(() -> lines(current).stream().anyMatch(it -> it.endsWith(" hello from web")));
            assertEquals(2, machine.console().split(told, -1).length, machine.console());

            Files.delete(broken);
            machine.order("restart", "s6-svscan-log");
            machine.await("s6-svscan-log", ServiceStatus::ready);
            long kept = keptBytes();
            eventually(() -> keptBytes() > kept + 200);
            assertEquals("", machine.output("sh", "-c", "readlink /proc/1/fd/* | grep uncaught-logs || :"));
        }
    }

    @Test
    void whereThereIsNoRoomTheOldestLinesGo() throws Exception {
        services.service(
                "web",
                "i=0; while [ $i -lt 20000 ]; do i=$((i+1)); echo \"$i ........................................\";"
                        + " done; echo done; exec sleep 1000");
        try (BootedMachine machine =
                BootedMachine.boot(directory, "mount -t tmpfs -o size=600k,mode=755 tmpfs /run", "-N")) {
            Path current = machine.path("/run/uncaught-logs/current");
            eventually(() -> lines(current).stream().anyMatch(it -> it.endsWith(" done")));
            assertEquals(0, machine.path("/run").toFile().getFreeSpace() / 100_000, "it was full");
            for (String line : lines(current)) {
                assertTrue(line.matches("@[0-9a-f]{24} (\\d+ \\.{40}|[^@]*)"), line);
            }
            assertTrue(machine.status("web").ready());
        }
    }

    @Test
    void noLogIsWrittenToADisk() throws Exception {
        services.service("web", "echo hello from web; exec sleep 1000");
        Files.createDirectory(directory.resolve("run"));
        try (BootedMachine machine = BootedMachine.boot(directory, "mount --bind run /run", "-N")) {
            machine.await("web", ServiceStatus::ready);
            eventually(() -> machine.console().contains("/run/uncaught-logs is not on a tmpfs"));
            eventually(() -> machine.console().contains("1 line: nobody keeps them"));
            machine.order("restart", "web");
            eventually(() -> machine.console().contains("audit: "));
            assertEquals(List.of(), lines(machine.path("/run/uncaught-logs/current")));
        }
    }

    /// A fifo that is full is what a console under ^S is: whoever writes there waits for ever.
    @Test
    void aConsoleThatIsStoppedStopsNothing() throws Exception {
        String stopped = """
                mkfifo stopped; exec 4<>stopped
                timeout 1 dd if=/dev/zero of=stopped bs=4096 2>/dev/null || :
                mount --bind stopped /dev/console
                exec >stopped 2>&1
                """;
        logger("", "exec sleep 1000");
        services.service("web", "echo hello from web; exec sleep 1000");
        try (BootedMachine machine = BootedMachine.boot(directory, stopped)) {
            machine.await("web", ServiceStatus::ready);
            machine.order("restart", "web");
            machine.end();
        }
    }

    /// As s6-linux-init-maker writes it (in sh): the console for its complaints, the fifo opened without waiting.
    private void logger(String whenItReads, String command) {
        services.service("s6-svscan-log", script(whenItReads, command)).file("s6-svscan-log", "notification-fd", "3\n");
    }

    private static String script(String whenItReads, String command) {
        return "exec >/dev/null <fifo\n" + whenItReads + "\n" + command;
    }

    private static String s6Log(Object logDirectory) {
        return "exec s6-log -bpd3 -- n1000 t " + logDirectory;
    }

    private Path kept() {
        return directory.resolve("kept");
    }

    /// They write their numbers as fast as they can, and have something to say at the end.
    private void writers() {
        ShellCommand.assumeInstalled("s6-log");
        for (int writer = 1; writer <= WRITERS; writer++) {
            services.service("writer" + writer, """
                    trap 'echo last words; exit' TERM
                    i=0
                    while [ $i -lt %d ]; do
                        i=$((i + 1))
                        printf '%d %%06d ........................................\\n' $i
                    done
                    : >done
                    while :; do sleep 0.05; done
                    """.formatted(LINES / WRITERS, writer));
        }
    }

    /// Whether there are, and the writers are still at it.
    private boolean awaitMoreLines(BootedMachine machine) throws IOException {
        long before = keptBytes();
        eventually(() -> keptBytes() > before || allWritersAreDone(machine));
        return !allWritersAreDone(machine);
    }

    private long keptBytes() throws IOException {
        if (!Files.exists(kept())) {
            return 0;
        }
        try (Stream<Path> files = Files.list(kept())) {
            return files.mapToLong(file -> file.toFile().length()).sum();
        }
    }

    private static boolean allWritersAreDone(BootedMachine machine) {
        return IntStream.rangeClosed(1, WRITERS)
                .allMatch(writer -> Files.exists(machine.path("/run/service/writer" + writer + "/done")));
    }

    private static Map<Integer, List<Integer>> numbersOfWriters(List<String> lines) {
        Map<Integer, List<Integer>> numbers = new TreeMap<>();
        for (String line : lines) {
            Matcher matcher = NUMBERED.matcher(line);
            if (matcher.matches()) {
                numbers.computeIfAbsent(Integer.valueOf(matcher.group(1)), _ -> new ArrayList<>())
                        .add(Integer.valueOf(matcher.group(2)));
            }
        }
        return numbers;
    }

    /// What the logger has written, the oldest first.
    private List<String> keptLines() throws IOException {
        if (!Files.exists(kept())) {
            return List.of();
        }
        List<Path> files;
        try (Stream<Path> listed = Files.list(kept())) {
            files = new ArrayList<>(
                    listed.filter(it -> it.getFileName().toString().startsWith("@"))
                            .sorted()
                            .toList());
        }
        files.add(kept().resolve("current"));
        return files.stream().flatMap(file -> lines(file).stream()).toList();
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file, StandardCharsets.UTF_8);
        } catch (NoSuchFileException _) {
            return List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void eventually(Callable<Boolean> condition) {
        await().atMost(RunningDaemon.PATIENCE).until(condition);
    }
}
