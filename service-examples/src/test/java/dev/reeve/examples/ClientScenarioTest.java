package dev.reeve.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reeve.daemon.scenario.RunningDaemon;
import dev.reeve.daemon.scenario.ServiceDirectories;
import dev.reeve.protocol.Notice;
import dev.reeve.protocol.ProtocolCodec;
import dev.reeve.protocol.ReeveVersion;
import dev.reeve.protocol.ServicePhase;
import dev.reeve.protocol.ServiceStatus;
import dev.reeve.protocol.ServiceStatus.Exit;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/// The client and the daemon, as built, together: what `bin/reeve` prints, and what it ends with.
@TestInstance(Lifecycle.PER_CLASS)
class ClientScenarioTest {
    private static final int DONE = 0;
    private static final int FAILED = 1;
    private static final int USAGE = 2;
    private static final int UNKNOWN_SERVICE = 3;
    private static final int UNREACHABLE = 4;
    private static final int TIMED_OUT = 99;

    private ServiceDirectories services;
    private RunningDaemon daemon;
    private ReeveProgram reeve;

    @BeforeAll
    void startTheDaemon(@TempDir Path directory) {
        services = ServiceDirectories.in(directory);
        new Example("sleeper").copyInto(services.directory());
        new Example("ticker").copyInto(services.directory());
        services.service("silent", "exec sleep 1000")
                .file("silent", "notification-fd", "3\n")
                .service("stubborn", "trap '' TERM; while :; do sleep 0.1; done")
                .service("absent", "exit 0")
                .file("absent", "down", "");
        services.path("absent", "run").toFile().setExecutable(false, false);
        daemon = RunningDaemon.on(services);
        reeve = ReeveProgram.of(daemon);
    }

    @AfterAll
    void endTheDaemon() throws IOException {
        ProcessHandle.of(daemon.status("stubborn").pid()).ifPresent(ProcessHandle::destroyForcibly);
        daemon.close();
    }

    @Test
    void listNamesEveryService() {
        List<String> names = List.of("absent", "silent", "sleeper", "stubborn", "ticker");

        assertEquals(names, reeve.run("list").endsWith(DONE).lines());
        assertEquals(
                names.stream().map(name -> '"' + name + '"').toList(),
                reeve.run("list", "--json").endsWith(DONE).lines());
    }

    @Test
    void statusIsATableForPeopleAndALineEachForPrograms() {
        reeve.run("start", "sleeper", "ticker", "--wait").endsWith(DONE);

        List<String> table =
                reeve.run("status", "sleeper", "ticker").endsWith(DONE).lines();
        List<ServiceStatus> statuses = ReeveProgram.services(
                reeve.run("status", "--json", "sleeper", "ticker").endsWith(DONE));

        assertTrue(table.getFirst().startsWith("NAME"), table::toString);
        assertTrue(table.get(1).matches("sleeper +up +yes +\\d+ .*"), table::toString);
        assertTrue(table.get(2).matches("ticker +up +yes +\\d+ .*"), table::toString);
        assertEquals(
                List.of("sleeper", "ticker"),
                statuses.stream().map(ServiceStatus::name).toList());
        assertTrue(statuses.stream().allMatch(status -> status.ready() && status.wantedUp()), statuses::toString);
    }

    @Test
    void stopAndStartWaitUntilItIsSo() {
        reeve.run("start", "ticker", "--wait").endsWith(DONE);

        Command stop = reeve.run("stop", "ticker", "--wait", "--json").endsWith(DONE);
        ServiceStatus down = ReeveProgram.services(stop).getFirst();
        Command start = reeve.run("start", "ticker", "--wait", "--json").endsWith(DONE);
        ServiceStatus up = ReeveProgram.services(start).getFirst();

        assertEquals(ServicePhase.DOWN, down.phase());
        assertEquals(new Exit.Code(0), down.exit());
        assertTrue(up.ready());
        assertEquals(up, reeve.status("ticker"));
    }

    @Test
    void withoutWaitAnOrderIsGivenAndNothingIsPrinted() {
        Command stop = reeve.run("stop", "sleeper").endsWith(DONE);

        assertEquals("", stop.out() + stop.err());
        reeve.run("wait", "--down", "sleeper", "--timeout", "60s").endsWith(DONE);
        reeve.run("start", "sleeper").endsWith(DONE);
        reeve.run("wait", "--ready", "sleeper", "--timeout", "60s").endsWith(DONE);
        reeve.run("wait", "--up", "sleeper", "--timeout", "60s").endsWith(DONE);
    }

    @Test
    void restartGivesAnotherProcess() {
        reeve.run("start", "ticker", "--wait").endsWith(DONE);
        Integer before = reeve.status("ticker").pid();

        reeve.run("restart", "ticker", "--wait").endsWith(DONE);

        ServiceStatus after = reeve.status("ticker");
        assertTrue(after.ready());
        assertNotEquals(before, after.pid());
    }

    @Test
    void watchTellsEveryChangeInOrder() throws IOException {
        reeve.run("start", "ticker", "--wait").endsWith(DONE);
        Process watch = reeve.start("watch", "--json", "ticker");
        try (BufferedReader lines = watch.inputReader()) {
            awaitThatItIsWatched(watch);
            reeve.run("stop", "ticker", "--wait").endsWith(DONE);

            List<Notice.Changed> changes = new ArrayList<>();
            do {
                changes.add(change(lines.readLine()));
            } while (changes.getLast().service().phase() != ServicePhase.DOWN);

            assertTrue(
                    changes.stream().allMatch(change -> change.service().name().equals("ticker")));
            assertTrue(phases(changes).contains(ServicePhase.STOPPING), changes::toString);
            List<Long> sequence = changes.stream().map(Notice.Changed::sequence).toList();
            assertEquals(sequence.stream().sorted().distinct().toList(), sequence);
        } finally {
            watch.destroyForcibly();
        }
    }

    /// It says nothing when it begins to watch, so there are changes until it has told one.
    private void awaitThatItIsWatched(Process watch) throws IOException {
        while (watch.getInputStream().available() == 0) {
            reeve.run("restart", "ticker", "--wait").endsWith(DONE);
        }
    }

    private static List<ServicePhase> phases(List<Notice.Changed> changes) {
        return changes.stream().map(change -> change.service().phase()).toList();
    }

    private static Notice.Changed change(String line) {
        byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
        return (Notice.Changed) ProtocolCodec.decodeMessage(bytes, 0, bytes.length);
    }

    @Test
    void whatCannotBeSpawnedIsAFailure() {
        Command start =
                reeve.run("start", "absent", "--wait", "--timeout", "60s").endsWith(FAILED);

        assertTrue(start.err().contains("run may not be executed"), start::toString);
        reeve.run("stop", "absent", "--wait").endsWith(DONE);
    }

    @Test
    void whatIsNotReadyInTimeIsTimedOut() {
        Command start =
                reeve.run("start", "silent", "--wait", "--timeout", "500ms").endsWith(TIMED_OUT);

        assertTrue(start.err().contains("timed out after 500ms: silent is starting"), start::toString);
        reeve.run("wait", "--up", "silent").endsWith(DONE);
        reeve.run("wait", "--ready", "silent", "--timeout", "100ms").endsWith(TIMED_OUT);
    }

    @Test
    void whatDoesNotEndInTimeIsTimedOut() {
        reeve.run("start", "stubborn", "--wait").endsWith(DONE);

        Command stop =
                reeve.run("stop", "stubborn", "--wait", "--timeout", "500ms").endsWith(TIMED_OUT);

        assertTrue(stop.err().contains("stubborn is stopping"), stop::toString);
        assertEquals(ServicePhase.STOPPING, reeve.status("stubborn").phase());
    }

    @Test
    void aNameThatIsNoServiceIsSaidSo() {
        for (String order : List.of("status", "start", "stop", "restart", "wait", "watch")) {
            Command command = reeve.run(order, "nosuch").endsWith(UNKNOWN_SERVICE);

            assertTrue(command.err().contains("nosuch"), command::toString);
        }
    }

    @Test
    void wrongUsageAsksNothing() {
        reeve.run().endsWith(USAGE);
        reeve.run("enchant").endsWith(USAGE);
        reeve.run("stop").endsWith(USAGE);
        reeve.run("stop", "ticker", "--timeout", "1s").endsWith(USAGE);
        reeve.run("stop", "ticker", "--wait", "--timeout", "soon").endsWith(USAGE);
        reeve.run("status", "--socket", "/" + "x".repeat(107)).endsWith(USAGE);
    }

    @Test
    void aDaemonThatIsNotThereIsSaidSo() {
        ReeveProgram nobody = new ReeveProgram(services.directory().resolve("control.sock"));

        for (String order : List.of("status", "list", "watch", "shutdown")) {
            Command command = nobody.run(order).endsWith(UNREACHABLE);

            assertTrue(command.err().contains(nobody.socket().toString()), command::toString);
        }
        assertEquals(
                List.of("reeve " + ReeveVersion.CURRENT, "reeved: none answers"),
                nobody.run("version").endsWith(DONE).lines());
    }

    @Test
    void versionTellsBoth() {
        assertEquals(
                List.of("reeve " + ReeveVersion.CURRENT, "reeved " + ReeveVersion.CURRENT + ", pid " + daemon.pid()),
                reeve.run("version").endsWith(DONE).lines());
        assertEquals(2, reeve.run("version", "--json").endsWith(DONE).lines().size());
    }

    @Test
    void shutdownEndsTheServicesThenTheDaemon(@TempDir Path directory) throws IOException, InterruptedException {
        ServiceDirectories others = ServiceDirectories.in(directory);
        new Example("ticker").copyInto(others.directory());
        try (RunningDaemon other = RunningDaemon.on(others)) {
            other.awaitReady("ticker");
            ReeveProgram itsReeve = ReeveProgram.of(other);

            itsReeve.run("shutdown", "--wait", "--timeout", "60s").endsWith(DONE);

            assertEquals(0, other.awaitExit());
            assertTrue(Files.notExists(other.socket()));
            new ServiceProcesses(others.directory().toRealPath()).awaitNone();
            itsReeve.run("status").endsWith(UNREACHABLE);
        }
    }
}
