package dev.reeve.daemon.scenario;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.reeve.protocol.Explanation;
import dev.reeve.protocol.Reply;
import dev.reeve.protocol.ServicePhase;
import dev.reeve.protocol.ServiceStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Services say how they are by sd_notify(3), and are believed; others are not.
class NotifyScenarioTest {
    /// Sends its further arguments, a message each, to the socket that its first names; `N*M` is M sent N times, `+N*M`
    /// comes with N descriptors, and `barrier` waits until everything before it was heard.
    private static final String SENDER = """
            import array, os, re, socket, sys
            path = sys.argv[1]
            to = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
            to.connect("\\0" + path[1:] if path[0] == "@" else path)
            for text in sys.argv[2:]:
                if text == "barrier":
                    ours, theirs = os.pipe()
                    to.sendmsg([b"BARRIER=1"], [(socket.SOL_SOCKET, socket.SCM_RIGHTS, array.array("i", [theirs]))])
                    os.close(theirs)
                    os.read(ours, 1)
                    continue
                some, times, message = re.fullmatch(r"(\\+?)(?:(\\d+)\\*)?(.*)", text, re.S).groups()
                data = message.encode().decode("unicode_escape").encode("latin-1")
                if some:
                    fds = array.array("i", [0] * int(times))
                    to.sendmsg([data], [(socket.SOL_SOCKET, socket.SCM_RIGHTS, fds)])
                else:
                    for _ in range(int(times or 1)):
                        to.send(data)
            """;

    private static final String SELF = "import os, socket, time; s = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM);"
            + " s.sendto(b\"READY=1\", os.environ[\"NOTIFY_SOCKET\"]); time.sleep(1000)";

    private static final String SELF_ABSTRACT =
            SELF.replace("os.environ[\"NOTIFY_SOCKET\"]", "os.environ[\"NOTIFY_SOCKET\"].replace(\"@\", \"\\0\", 1)");

    @TempDir
    Path directory;

    private ServiceDirectories services;
    private String send;

    @BeforeEach
    void aProgramThatSends() throws IOException {
        ShellCommand.assumeInstalled("python3");
        Path sender = Files.writeString(directory.resolve("send.py"), SENDER);
        send = "python3 " + sender;
        services = ServiceDirectories.in(directory);
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    @Test
    void aServiceIsReadyWhenItSaysSo() throws IOException {
        services.service("web", "until [ -e go ]; do sleep 0.05; done; " + say("READY=1") + "; exec sleep 1000")
                .file("web", "notify-socket", "");
        try (RunningDaemon daemon = RunningDaemon.on(services)) {
            daemon.await("web", status -> status.pid() != null);
            assertEquals(ServicePhase.STARTING, daemon.status("web").phase());
            services.file("web", "go", "");
            daemon.awaitReady("web");
        }
    }

    @Test
    void s6sClientsAreToldThatItIsReady() throws IOException {
        ShellCommand.assumeInstalled("s6-svwait");
        services.service("web", "until [ -e go ]; do sleep 0.05; done; " + say("READY=1") + "; exec sleep 1000")
                .file("web", "notify-socket", "");
        try (RunningDaemon daemon = RunningDaemon.on(services)) {
            daemon.await("web", status -> status.pid() != null);
            String web = services.directory().resolve("web").toString();
            assertEquals(
                    99,
                    ShellCommand.run(Map.of(), "s6-svwait", "-U", "-t", "100", web)
                            .exitCode());
            services.file("web", "go", "");
            assertEquals(
                    0,
                    ShellCommand.run(Map.of(), "s6-svwait", "-U", "-t", "60000", web)
                            .exitCode());
        }
    }

    @Test
    void systemdsOwnProgramIsUnderstood() throws IOException {
        ShellCommand.assumeInstalled("systemd-notify");
        services.service("web", "systemd-notify --ready --status='serving 3 clients'; exec sleep 1000")
                .file("web", "notify-socket", "");
        try (RunningDaemon daemon = RunningDaemon.on(services)) {
            daemon.await("web", status -> status.ready() && "serving 3 clients".equals(status.status()));
        }
    }

    @Test
    void eachProcessOfTheServiceIsHeard() throws IOException {
        services.service("child", say("READY=1") + " & exec sleep 1000")
                .service("leader", "setsid " + say("READY=1") + " barrier & exec sleep 1000")
                .service("gone", "(" + say("READY=1") + " &) ; exec sleep 1000")
                .service("itself", "exec python3 -c '" + SELF_ABSTRACT + "'");
        for (String name : List.of("child", "leader", "gone", "itself")) {
            services.file(name, "notify-socket", name.equals("itself") ? "main\n" : "all\n");
        }
        try (RunningDaemon daemon = RunningDaemon.on(services)) {
            for (String name : List.of("child", "leader", "gone", "itself")) {
                daemon.awaitReady(name);
            }
        }
    }

    @Test
    void itsChildIsNotHeardWhereOnlyItsMainProcessCounts() throws IOException {
        services.service("web", say("READY=1", "barrier") + "; touch said; exec sleep 1000")
                .file("web", "notify-socket", "main\n");
        try (RunningDaemon daemon = RunningDaemon.on(services)) {
            await().until(() -> Files.exists(services.path("web", "said")));
            assertEquals(ServicePhase.STARTING, daemon.status("web").phase());
            assertTrue(daemon.log().contains("service web: a notification from a process of user "), daemon.log());
        }
    }

    @Test
    void whoIsNoneOfItsProcessesIsNotBelieved() throws IOException {
        services.service("web", "echo $NOTIFY_SOCKET >socket.new; mv socket.new socket; exec sleep 1000")
                .file("web", "notify-socket", "")
                .service(
                        "liar",
                        "until [ -e ../web/socket ]; do sleep 0.05; done; " + send
                                + " $(cat ../web/socket) READY=1 barrier; touch lied; exec sleep 1000");
        try (RunningDaemon daemon = RunningDaemon.on(services)) {
            await().until(() -> Files.exists(services.path("liar", "lied")));
            sendFromOutside("READY=1");
            assertEquals(ServicePhase.STARTING, daemon.status("web").phase());
            assertTrue(daemon.log().contains("that is none of its own is passed over"), daemon.log());
        }
    }

    @Test
    void aStormOfMessagesKeepsNobodyWaitingAndLeavesNoDescriptorOpen() throws IOException {
        services.service(
                        "web",
                        "echo $NOTIFY_SOCKET >socket.new; mv socket.new socket; until [ -e go ]; do sleep 0.05;"
                                + " done; " + say("READY=1") + "; exec sleep 1000")
                .file("web", "notify-socket", "")
                .service("loud", say("20000*X=1", "500*STATUS=busy", "READY=1") + "; exec sleep 1000")
                .file("loud", "notify-socket", "");
        try (RunningDaemon daemon = RunningDaemon.on(services)) {
            daemon.awaitReady("loud");
            daemon.await("web", status -> status.pid() != null);
            long before = descriptors(daemon);
            sendFromOutside(
                    "+200*READY=1", "+253*FDSTORE=1", "2000*READY=1", "x".repeat(5000), "\\0", "", "\\xff=\\xfe");
            assertEquals(ServicePhase.STARTING, daemon.status("web").phase());
            services.file("web", "go", "");
            daemon.awaitReady("web");
            await().until(() -> descriptors(daemon) <= before);
            assertTrue(daemon.log().contains("a notification of more than 4096 bytes is passed over"), daemon.log());
        }
    }

    @Test
    void aServiceOfAnotherUserReachesItsSocketAndNobodyElseDoes() throws IOException {
        assumeTrue("root".equals(System.getProperty("user.name")), "only root runs services as others");
        services.service("web", say("READY=1") + "; exec sleep 1000")
                .file("web", "notify-socket", "")
                .file("web", "user", "nobody\n");
        try (RunningDaemon daemon = RunningDaemon.on(services)) {
            daemon.awaitReady("web");
            Path socket = directory.resolve("run/notify/1");
            assertEquals("nobody", Files.getOwner(socket).getName());
            assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(socket)));
        }
    }

    @Test
    void itIsReachedWhereTheRunDirectoryCannotBe() throws IOException {
        assumeTrue("root".equals(System.getProperty("user.name")), "only root runs services as others");
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
        services.service(
                        "web", "exec setpriv --reuid=nobody --clear-groups /usr/bin/python3 -c '" + SELF_ABSTRACT + "'")
                .file("web", "notify-socket", "");
        try (RunningDaemon daemon = RunningDaemon.on(services)) {
            daemon.awaitReady("web");
        }
    }

    @Test
    void itsSocketIsGoneWhenTheServiceIs() throws IOException {
        services.service("web", say("READY=1") + "; exec sleep 1000").file("web", "notify-socket", "");
        try (RunningDaemon daemon = RunningDaemon.on(services)) {
            daemon.awaitReady("web");
            assertEquals(1, sockets());
            Files.move(services.directory().resolve("web"), directory.resolve("web"));
            try (RawClient client = daemon.client()) {
                client.send("{\"id\":1,\"op\":\"rescan\"}");
                client.line();
            }
            await().until(() -> sockets() == 0);
        }
    }

    @Test
    void whatItSaysOfItselfIsShownUntilItsNextRun() throws IOException {
        services.service(
                        "web",
                        "[ -e second ] || "
                                + say("STATUS=serving\\t3 clients", "READY=1", "RELOADING=1\\nMONOTONIC_USEC=1")
                                + "; [ ! -e second ] || " + say("READY=1") + "; exec sleep 1000")
                .file("web", "notify-socket", "");
        try (RunningDaemon daemon = RunningDaemon.on(services)) {
            ServiceStatus said = daemon.await("web", ServiceStatus::reloading);
            assertEquals("serving\\t3 clients", said.status());
            assertTrue(said.ready());
            services.file("web", "second", "");
            try (RawClient client = daemon.client()) {
                client.ask("restart", "web");
            }
            ServiceStatus again = daemon.await(
                    "web", status -> status.ready() && !status.pid().equals(said.pid()));
            assertNull(again.status());
            assertFalse(again.reloading());
        }
    }

    @Test
    void aServiceThatFallsSilentIsAbortedAndStartedAgain() throws IOException {
        services.service(
                        "web",
                        "echo $WATCHDOG_USEC-$WATCHDOG_PID >>usec; " + say("READY=1", "WATCHDOG=1")
                                + "; exec sleep 1000")
                .file("web", "notify-socket", "")
                .file("web", "watchdog", "700\n")
                .file("web", "restart", "on-failure\n")
                .service("lively", "while :; do " + say("READY=1", "WATCHDOG=1") + "; sleep 0.1; done")
                .file("lively", "notify-socket", "")
                .file("lively", "watchdog", "20000\n")
                .service("failing", say("READY=1", "WATCHDOG=trigger") + "; exec sleep 1000")
                .file("failing", "notify-socket", "");
        try (RunningDaemon daemon = RunningDaemon.on(services)) {
            ServiceStatus again = daemon.await("web", status -> status.restarts() > 0);
            assertEquals(new ServiceStatus.Exit.Signal("SIGABRT"), again.exit());
            assertEquals(
                    "700000-",
                    Files.readString(services.path("web", "usec"))
                            .lines()
                            .findFirst()
                            .orElseThrow());
            daemon.await("failing", status -> status.restarts() > 0);
            assertEquals(0, daemon.status("lively").restarts());
            assertTrue(daemon.log().contains("web: its watchdog heard nothing from it for 700 ms"), daemon.log());
            assertTrue(daemon.log().contains("failing: it said that it has failed"), daemon.log());
        }
    }

    @Test
    void oneThatEndsByItselfSaysSoAndMoreTimeKeepsItFromBeingKilled() throws IOException {
        services.service(
                        "web",
                        "trap '" + say("EXTEND_TIMEOUT_USEC=30000000").replace("'", "")
                                + "; until [ -e go ]; do sleep 0.05; done; exit 7' TERM; " + say("READY=1")
                                + "; while :; do sleep 0.1; done")
                .file("web", "notify-socket", "")
                .file("web", "timeout-kill", "3000\n")
                .service("ending", say("READY=1", "STOPPING=1") + "; until [ -e go ]; do sleep 0.05; done")
                .file("ending", "notify-socket", "");
        try (RunningDaemon daemon = RunningDaemon.on(services)) {
            daemon.awaitReady("web");
            assertTrue(daemon.await("ending", status -> status.phase() == ServicePhase.STOPPING)
                    .wantedUp());
            try (RawClient client = daemon.client()) {
                client.ask("stop", "web");
                await().until(() -> {
                    Explanation why = ((Reply.Explanations) client.ask("why", "web"))
                            .explanations()
                            .getFirst();
                    return why.next() != null
                            && why.next().at() != null
                            && why.next().at().isAfter(Instant.now().plusSeconds(10));
                });
            }
            services.file("web", "go", "").file("ending", "go", "");
            assertEquals(
                    new ServiceStatus.Exit.Code(7),
                    daemon.await("web", status -> status.phase() == ServicePhase.DOWN)
                            .exit());
        }
    }

    private String say(String... messages) {
        return send + " $NOTIFY_SOCKET '" + String.join("' '", messages) + "'";
    }

    private void sendFromOutside(String... messages) throws IOException {
        Path socket = services.path("web", "socket");
        await().until(() -> Files.exists(socket));
        ShellCommand sent = ShellCommand.run(
                Map.of(),
                "sh",
                "-c",
                send + " " + Files.readString(socket).strip() + " '" + String.join("' '", messages) + "' barrier");
        assertEquals(0, sent.exitCode(), sent.output());
    }

    private long sockets() throws IOException {
        try (Stream<Path> files = Files.list(directory.resolve("run/notify"))) {
            return files.count();
        }
    }

    private static long descriptors(RunningDaemon daemon) throws IOException {
        try (Stream<Path> files = Files.list(Path.of("/proc", Long.toString(daemon.pid()), "fd"))) {
            return files.count();
        }
    }
}
