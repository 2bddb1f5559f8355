package dev.reeve.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.reeve.daemon.scenario.RunningDaemon;
import dev.reeve.daemon.scenario.ServiceDirectories;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `reeve log` with real loggers: what services have said, and what they say, wherever it is kept.
class LogCommandScenarioTest {
    private static final int DONE = 0;
    private static final int FAILED = 1;
    private static final int ROTATIONS = 20;

    /// Says 200 numbers as often as a file `go` comes, beginning where it has ended.
    private static final String NUMBERS = """
            next=1
            while :; do
                if [ -e go ]; then
                    rm go
                    seq -f 'this is number %g' $next $((next + 199))
                    next=$((next + 200))
                fi
                sleep 0.02
            done
            """;

    @TempDir
    Path directory;

    private RunningDaemon daemon;
    private ReeveProgram reeve;

    @AfterEach
    void endTheDaemon() throws IOException {
        daemon.close();
    }

    @Test
    void followedOverManyRotationsNoLineIsLostOrToldTwice() throws Exception {
        assumeS6Log();
        ServiceDirectories services = ServiceDirectories.in(directory).service("numbers", NUMBERS);
        services.service("numbers/log", "exec s6-log t n9 s4096 ./lines");
        start(services);
        Path lines = services.path("numbers/log", "lines");
        sayMore(services, 1);

        Path followed = directory.resolve("followed");
        Process follower = reeve.startInto(followed, List.of(), "log", "-f", "-n", "150", "numbers");
        try {
            awaitEndsWith(followed, "number 200");
            Set<String> archives = new TreeSet<>();
            int portions = 1;
            while (archives.size() < ROTATIONS) {
                portions++;
                sayMore(services, portions);
                awaitEndsWith(followed, "number " + 200 * portions);
                archives.addAll(archivesIn(lines));
                if (portions == 3) {
                    reeve.run("restart", "numbers/log", "--wait").endsWith(DONE);
                }
            }
            assertEquals(
                    IntStream.rangeClosed(51, 200 * portions)
                            .mapToObj(i -> "this is number " + i)
                            .toList(),
                    withoutTimes(Files.readAllLines(followed)));

            Command last = reeve.run("log", "-n", "300", "numbers").endsWith(DONE);
            int end = 200 * portions;
            assertEquals(
                    IntStream.rangeClosed(end - 299, end)
                            .mapToObj(i -> "this is number " + i)
                            .toList(),
                    withoutTimes(last.lines()));
        } finally {
            // As Ctrl-C does.
            new ProcessBuilder("kill", "-INT", Long.toString(follower.pid()))
                    .start()
                    .waitFor();
            assertTrue(follower.waitFor(30, TimeUnit.SECONDS), "it does not end by SIGINT");
        }
    }

    @Test
    void followingGoesOnWithoutTheDaemonAndEndsWithItsReader() throws Exception {
        ServiceDirectories services = ServiceDirectories.in(directory).service("web", "echo begun; exec sleep 1000");
        services.service("web/log", "exec cat >>lines");
        start(services);
        Path lines = services.path("web/log", "lines");
        awaitEndsWith(lines, "begun");
        Path followed = directory.resolve("followed");
        List<String> readTwoLines = List.of("sh", "-c", "\"$@\" | sed -u 2q", "sh");
        Process reader = reeve.startInto(followed, readTwoLines, "log", "--follow", "web");
        try {
            awaitEndsWith(followed, "begun");
            daemon.close();
            Files.writeString(lines, "afterwards\n", StandardOpenOption.APPEND);

            assertTrue(reader.waitFor(30, TimeUnit.SECONDS), "it does not end with its reader");
            assertEquals(List.of("begun", "afterwards"), Files.readAllLines(followed));
        } finally {
            reader.descendants().forEach(ProcessHandle::destroyForcibly);
            reader.destroyForcibly();
        }
    }

    @Test
    void severalServicesAreToldApart() throws Exception {
        ServiceDirectories services = ServiceDirectories.in(directory)
                .service("web", "echo from web; exec sleep 1000")
                .service("web-2", "printf 'no newline'; exec sleep 1000");
        services.service("web/log", "exec cat >>lines");
        services.service("web-2/log", "exec cat >>lines");
        start(services);
        awaitEndsWith(services.path("web/log", "lines"), "from web");
        awaitEndsWith(services.path("web-2/log", "lines"), "no newline");

        assertEquals(
                List.of("web   | from web", "web-2 | no newline"),
                reeve.run("log", "web*").endsWith(DONE).lines());
        assertEquals(
                List.of(
                        "{\"service\":\"web\",\"line\":\"from web\"}",
                        "{\"service\":\"web-2\",\"line\":\"no newline\"}"),
                reeve.run("log", "--json", "web", "web-2").endsWith(DONE).lines());
    }

    @Test
    void aDeletedLogIsReadAsLongAsItsLoggerHoldsIt() throws Exception {
        ServiceDirectories services = ServiceDirectories.in(directory).service("web", "echo from web; exec sleep 1000");
        services.service("web/log", "exec cat >>lines");
        start(services);
        Path lines = services.path("web/log", "lines");
        awaitEndsWith(lines, "from web");
        Files.delete(lines);

        assertEquals(List.of("from web"), reeve.run("log", "web").endsWith(DONE).lines());
        Command follow = reeve.run("log", "-f", "web").endsWith(FAILED);
        assertTrue(follow.err().contains("the log of web was deleted"), follow::toString);
    }

    @Test
    void withoutALoggerTheLinesAreWhereTheDaemonsAre() throws Exception {
        ServiceDirectories services = ServiceDirectories.in(directory)
                .service("talker", "echo said by talker; exec sleep 1000")
                .service("mute", "exec sleep 1000 >/dev/null 2>&1");
        start(services);
        daemon.awaitReady("mute");
        Path log = directory.resolve("reeved.log");
        Awaitility.await().until(() -> Files.readString(log).contains("said by talker\n"));

        Command talker = reeve.run("log", "-n", "1000", "talker").endsWith(DONE);
        assertTrue(talker.lines().contains("said by talker"), talker::toString);
        assertTrue(talker.err().contains("talker has no logger"), talker::toString);
        Command mute = reeve.run("log", "mute").endsWith(FAILED);
        assertTrue(mute.err().contains("what mute says goes to /dev/null"), mute::toString);
        assertEquals("", mute.out());
    }

    @Test
    void aFifoIsFollowedToTheLoggerThatReadsIt() throws Exception {
        assumeS6Log();
        Path fifo = directory.resolve("fifo");
        assertEquals(0, new ProcessBuilder("mkfifo", fifo.toString()).start().waitFor());
        Path all = directory.resolve("all");
        // Open for writing too, or opening would wait for the daemon.
        Process catchAll = new ProcessBuilder(
                        "sh", "-c", "exec s6-log t \"$1\" <>\"$2\"", "sh", all.toString(), fifo.toString())
                .start();
        try {
            ServiceDirectories services =
                    ServiceDirectories.in(directory).service("talker", "echo said by talker; exec sleep 1000");
            start(services, List.of("sh", "-c", "exec \"$@\" >" + fifo + " 2>&1", "sh"));
            Awaitility.await()
                    .until(() -> Files.readString(all.resolve("current")).contains("said by talker\n"));

            Command talker = reeve.run("log", "talker", "--json").endsWith(DONE);

            assertTrue(
                    talker.out().contains("{\"service\":null,\"line\":\"said by talker\",\"at\":\"20"),
                    talker::toString);
            assertTrue(talker.err().contains(all.resolve("current").toString()), talker::toString);
        } finally {
            catchAll.destroyForcibly();
        }
    }

    private void start(ServiceDirectories services) {
        start(services, List.of());
    }

    private void start(ServiceDirectories services, List<String> prefix) {
        daemon = RunningDaemon.on(services, prefix, null);
        reeve = ReeveProgram.of(daemon);
    }

    private static void assumeS6Log() {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/s6-log")), "s6-log is not installed: apt-get install s6");
    }

    /// Has 200 numbers said, and waits until they have been.
    private static void sayMore(ServiceDirectories services, int portion) throws IOException {
        Files.createFile(services.path("numbers", "go"));
        Path log = services.path("numbers/log", "lines");
        Awaitility.await("portion " + portion)
                .atMost(RunningDaemon.PATIENCE)
                .pollInterval(Duration.ofMillis(20))
                .ignoreExceptionsInstanceOf(NoSuchFileException.class)
                .until(() -> read(log).contains("number " + 200 * portion + "\n"));
    }

    /// The two newest files of the log.
    private static String read(Path log) throws IOException {
        List<String> archives = archivesIn(log);
        String archived = archives.isEmpty() ? "" : Files.readString(log.resolve(archives.getLast()));
        return archived + Files.readString(log.resolve("current"));
    }

    private static void awaitEndsWith(Path file, String end) {
        Awaitility.await(file + " ends with " + end)
                .atMost(RunningDaemon.PATIENCE)
                .pollInterval(Duration.ofMillis(20))
                .until(() ->
                        Files.exists(file) && Files.readString(file).strip().endsWith(end));
    }

    private static List<String> archivesIn(Path log) throws IOException {
        List<String> archives = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(log, "@*")) {
            files.forEach(file -> archives.add(file.getFileName().toString()));
        }
        archives.sort(Comparator.naturalOrder());
        return archives;
    }

    /// Without the time that the label of each became.
    private static List<String> withoutTimes(List<String> lines) {
        return lines.stream()
                .map(line -> line.replaceFirst("^\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d\\.\\d{9} ", ""))
                .toList();
    }
}
