package dev.reeve.dist;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/// A distribution, moved away from where it was made, on a machine whose other Javas are hidden from it.
@TestMethodOrder(OrderAnnotation.class)
class DistributionScenarioTest {
    /// By which Java finds out that it is not where it was made for.
    private static final String NOT_WHERE_IT_WAS_MADE = "java.nio.file.InvalidPathException";

    /// That, a file that is not there, and what the flight recorder, which is not there either, would record.
    private static final Set<String> OF_THE_CLIENT = Set.of(
            NOT_WHERE_IT_WAS_MADE,
            "sun.nio.fs.UnixException",
            "java.nio.file.NoSuchFileException",
            "jdk.internal.event.Event",
            "jdk.internal.event.SecurityProviderServiceEvent",
            "jdk.internal.event.SocketReadEvent",
            "jdk.internal.event.SocketWriteEvent");

    @TempDir
    static Path directory;

    private static Path reeve;

    @TempDir
    Path work;

    @BeforeAll
    static void moveOne() {
        reeve = directory.resolve("moved");
        Command.output("cp", "-a", Distribution.directory().toString(), reeve.toString());
    }

    @Test
    void itRunsOnItsOwnJavaAndOnWhatThatHasWorkedOutBefore() throws Exception {
        Process daemon = daemon();
        assertTrue(maps(daemon).contains(reeve.resolve("jre").toRealPath() + "/"));
        assertTrue(maps(daemon).contains("/daemon.aot"));
        assertTrue(status().startsWith("NAME"));
        end(daemon);
    }

    /// picocli's are as old as Java 5, which no cache takes: they were rewritten. And no classes are made of
    /// annotations, nor asked for in vain.
    @Test
    void theClientLoadsItsClassesFromTheCache() throws Exception {
        Path options = reeve.resolve("bin/lib/reeve.jvm-options");
        String asTheyWere = Files.readString(options);
        service("web");
        Process daemon = daemon();
        await().until(() -> status().contains("up "));
        for (String command :
                List.of("status", "restart --wait web", "signal KILL web", "wait web", "status web --json")) {
            Path loaded = work.resolve("loaded");
            Files.writeString(options, asTheyWere + "-Xlog:class+load:file=" + loaded + "\n");
            client(command.split(" "));
            Files.writeString(options, asTheyWere);
            List<String> classes = Files.readAllLines(loaded);
            assertTrue(classes.stream()
                    .anyMatch(line -> line.contains(" picocli.CommandLine source: shared objects file")));
            assertEquals(List.of(), notFromTheCache(classes, OF_THE_CLIENT), command);
        }
        end(daemon);
    }

    /// Switches over patterns and records were rewritten, and who asks in vain for classes has its answer: or
    /// each start would make classes, and read the directories of all jars.
    @Test
    void theDaemonHasAllItsClassesFromTheCacheButNettysMethodHandles() throws Exception {
        service("web");
        Path options = reeve.resolve("bin/lib/reeved.jvm-options");
        String asTheyWere = Files.readString(options);
        Path loaded = work.resolve("loaded");
        Files.writeString(options, asTheyWere + "-Xlog:class+load:file=" + loaded + "\n");
        Process daemon = daemon();
        Files.writeString(options, asTheyWere);
        await().until(() -> status().contains("up "));
        client("signal", "KILL", "web");
        client("wait", "web");
        List<String> others = notFromTheCache(Files.readAllLines(loaded), Set.of(NOT_WHERE_IT_WAS_MADE));
        end(daemon);
        assertEquals(List.of(), others);
    }

    /// But for those of which no cache has any, and these.
    private static List<String> notFromTheCache(List<String> classes, Set<String> known) {
        return classes.stream()
                .filter(line -> line.contains(" source: ") && !line.contains("source: shared objects file"))
                .filter(line -> !line.contains(" java.lang.invoke."))
                .filter(line -> known.stream().noneMatch(name -> line.contains(" " + name + " source: jrt:")))
                .toList();
    }

    private void service(String name) throws IOException {
        Path run = Files.createDirectories(work.resolve("scan").resolve(name)).resolve("run");
        Files.writeString(run, "#!/bin/sh\nexec sleep 1000\n");
        Files.setPosixFilePermissions(run, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    /// The last one: what was replaced is not as it was.
    @Test
    @Order(Integer.MAX_VALUE)
    void aJarThatWasReplacedIsWhatRuns() throws Exception {
        Path jars = reeve.resolve("lib/daemon/lib");
        Path jar;
        try (Stream<Path> files = Files.list(jars)) {
            jar = files.filter(file -> file.getFileName().toString().startsWith("reeve-daemon"))
                    .findFirst()
                    .orElseThrow();
        }
        assertTrue(help().contains("until it is told to end"));
        Path copy = jars.resolve("copy");
        Files.copy(jar, copy, StandardCopyOption.COPY_ATTRIBUTES);
        FileTime time = Files.getLastModifiedTime(jar);
        changeWords(copy, "until it is told to end", "until it is made to end");
        Files.setLastModifiedTime(copy, time);
        Files.move(copy, jar, StandardCopyOption.ATOMIC_MOVE);
        assertTrue(help().contains("until it is made to end"));
        Process daemon = daemon();
        assertFalse(maps(daemon).contains("/daemon.aot"));
        assertTrue(status().startsWith("NAME"));
        end(daemon);
    }

    /// Changes a constant in the class that has the words of `reeved --help`.
    private static void changeWords(Path jar, String from, String to) throws IOException {
        try (FileSystem files = FileSystems.newFileSystem(jar)) {
            Path program = files.getPath("dev/reeve/daemon/ReeveDaemon.class");
            String bytes = Files.readString(program, StandardCharsets.ISO_8859_1);
            Files.writeString(program, bytes.replace(from, to), StandardCharsets.ISO_8859_1);
        }
    }

    private static String help() throws Exception {
        Process program = builder(reeve.resolve("bin/reeved").toString(), "--help")
                .redirectOutput(ProcessBuilder.Redirect.PIPE)
                .start();
        return new String(program.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    private Process daemon() throws IOException {
        Path scan = Files.createDirectories(work.resolve("scan"));
        Process daemon = start(
                reeve.resolve("bin/reeved").toString(),
                "--scan",
                scan.toString(),
                "--run",
                work.resolve("run").toString());
        await().until(() -> Files.exists(socket()) || !daemon.isAlive());
        assertTrue(daemon.isAlive());
        return daemon;
    }

    private static String maps(Process daemon) throws IOException {
        return Files.readString(Path.of("/proc", Long.toString(daemon.pid()), "maps"));
    }

    private String status() throws Exception {
        return client("status");
    }

    private void end(Process daemon) throws Exception {
        client("shutdown");
        assertTrue(daemon.waitFor(30, TimeUnit.SECONDS));
        assertEquals(0, daemon.exitValue());
    }

    private String client(String... words) throws Exception {
        List<String> command =
                new ArrayList<>(List.of(reeve.resolve("bin/reeve").toString(), "--socket", socket().toString()));
        command.addAll(List.of(words));
        ProcessBuilder builder = builder(command.toArray(String[]::new)).redirectOutput(ProcessBuilder.Redirect.PIPE);
        Process client = builder.start();
        String said = new String(client.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, client.waitFor(), said);
        return said;
    }

    private Path socket() {
        return work.resolve("run/control.sock");
    }

    private static Process start(String... command) throws IOException {
        return builder(command).start();
    }

    private static ProcessBuilder builder(String... command) {
        Path said = directory.resolve("said");
        ProcessBuilder builder = new ProcessBuilder(List.of(command))
                .redirectOutput(ProcessBuilder.Redirect.appendTo(said.toFile()))
                .redirectError(ProcessBuilder.Redirect.appendTo(said.toFile()));
        builder.environment().keySet().removeAll(List.of("JDK_JAVA_OPTIONS", "JAVA_TOOL_OPTIONS", "REEVE_JAVA_HOME"));
        return builder;
    }
}
