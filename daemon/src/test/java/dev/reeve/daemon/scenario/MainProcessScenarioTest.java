package dev.reeve.daemon.scenario;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reeve.protocol.ServicePhase;
import dev.reeve.protocol.ServiceStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Services name their main process by `MAINPID=` of sd_notify(3), and are supervised in the background.
class MainProcessScenarioTest {
    /// Sends its arguments, a message each.
    private static final String SENDER = """
            import os, socket, sys
            path = os.environ["NOTIFY_SOCKET"]
            to = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
            to.connect("\\0" + path[1:] if path[0] == "@" else path)
            for text in sys.argv[1:]:
                to.send(text.encode())
            """;

    @TempDir
    Path directory;

    private ServiceDirectories services;
    private String send;

    @BeforeEach
    void aProgramThatSends() throws IOException {
        ShellCommand.assumeInstalled("python3");
        send = "python3 " + Files.writeString(directory.resolve("send.py"), SENDER);
        services = ServiceDirectories.in(directory);
    }

    @Test
    void oneThatGoesIntoTheBackgroundIsSupervisedThere() throws IOException {
        services.service("session", inBackground("(sh -c 'echo $$ >pid.new; mv pid.new pid; exec sleep 1000' &)"))
                .file("session", "notify-socket", "")
                .service("daemon", inBackground("(setsid sh -c 'echo $$ >pid.new; mv pid.new pid; exec sleep 1000' &)"))
                .file("daemon", "notify-socket", "");
        try (RunningDaemon daemon = RunningDaemon.on(services)) {
            for (String name : List.of("session", "daemon")) {
                ProcessHandle first = awaitInBackground(daemon, name);
                kill(first);
                ServiceStatus again = daemon.await(name, status -> status.restarts() > 0);
                assertEquals(new ServiceStatus.Exit.Signal("SIGKILL"), again.exit());
                ProcessHandle second = awaitInBackground(daemon, name);
                assertFalse(first.isAlive());
                try (RawClient client = daemon.client()) {
                    client.ask("stop", name);
                }
                ServiceStatus down = daemon.await(name, status -> status.phase() == ServicePhase.DOWN);
                assertEquals(new ServiceStatus.Exit.Signal("SIGTERM"), down.exit());
                assertFalse(second.isAlive());
            }
            assertFalse(daemon.log().contains("MAINPID"), daemon.log());
        }
    }

    @Test
    void aRunThatOutlivesItsMainProcessIsAskedToEnd() throws IOException {
        services.service(
                        "web",
                        "[ ! -e told ] || exec sleep 1000; sleep 1000 & echo $! >pid; trap 'echo >told; exit' TERM; "
                                + say("MAINPID=$(cat pid)", "READY=1").replace("'", "")
                                + "; while :; do sleep 0.1; done")
                .file("web", "notify-socket", "");
        try (RunningDaemon daemon = RunningDaemon.on(services)) {
            kill(awaitMain(daemon, "web"));
            ServiceStatus again = daemon.await("web", status -> status.restarts() > 0);
            assertEquals(new ServiceStatus.Exit.Code(127), again.exit());
            await().until(() -> Files.exists(services.path("web", "told")));
            assertTrue(daemon.log().contains("web: how its process ended is not known"), daemon.log());
        }
    }

    @Test
    void itsMainProcessMayBecomeAnotherAndThatOfRunAgain() throws IOException {
        services.service(
                        "web",
                        "sleep 1000 & echo $! >first; sleep 1000 & echo $! >second; echo $$ >run.pid; "
                                + saying("MAINPID=$(cat first)", "READY=1")
                                + "; until [ -e go ]; do sleep 0.05; done; "
                                + saying("MAINPID=$(cat second)")
                                + "; until [ -e back ]; do sleep 0.05; done; " + saying("MAINPID=$$")
                                + "; while :; do sleep 0.1; done")
                .file("web", "notify-socket", "")
                .file("web", "restart", "never\n");
        try (RunningDaemon daemon = RunningDaemon.on(services)) {
            daemon.awaitReady("web");
            ProcessHandle first = awaitMain(daemon, "web", "first");
            services.file("web", "go", "");
            ProcessHandle second = awaitMain(daemon, "web", "second");
            kill(first);
            services.file("web", "back", "");
            ProcessHandle run = awaitMain(daemon, "web", "run.pid");
            kill(second);
            await().until(() -> !second.isAlive());
            assertEquals(ServicePhase.UP, daemon.status("web").phase());
            kill(run);
            ServiceStatus failed = daemon.await("web", status -> status.phase() == ServicePhase.FAILED);
            assertEquals(new ServiceStatus.Exit.Signal("SIGKILL"), failed.exit());
        }
    }

    @Test
    void inTheBackgroundItsProcessGroupIsThatOfRunStill() throws IOException {
        services.service(
                        "web",
                        "echo $$ >leader; sleep 1000 & echo $! >member; "
                                + inBackground("(sh -c 'trap \"\" TERM; echo $$ >pid.new; mv pid.new pid;"
                                        + " while :; do sleep 0.1; done' &)"))
                .executable("web", "finish", "echo $4 >told.new; mv told.new told")
                .file("web", "notify-socket", "")
                .file("web", "timeout-kill", "200\n")
                .file("web", "flag-timeout-killpg", "");
        try (RunningDaemon daemon = RunningDaemon.on(services)) {
            awaitInBackground(daemon, "web");
            ProcessHandle member = ProcessHandle.of(pidIn("web", "member")).orElseThrow();
            try (RawClient client = daemon.client()) {
                client.ask("stop", "web");
            }
            ServiceStatus down = daemon.await("web", status -> status.phase() == ServicePhase.DOWN);
            assertEquals(new ServiceStatus.Exit.Signal("SIGKILL"), down.exit());
            await().until(() -> !member.isAlive());
            assertEquals(pidIn("web", "leader"), pidIn("web", "told"));
        }
    }

    @Test
    void anothersProcessIsNotTakenAsItsMainProcess() throws IOException {
        services.service("other", "echo $$ >pid.new; mv pid.new pid; exec sleep 1000")
                .service(
                        "web",
                        "until [ -e ../other/pid ]; do sleep 0.05; done; "
                                + say(
                                                "MAINPID=$(cat ../other/pid)",
                                                "MAINPID="
                                                        + ProcessHandle.current()
                                                                .pid(),
                                                "MAINPID=$PPID",
                                                "MAINPID=1",
                                                "MAINPID=0",
                                                "MAINPID=$$",
                                                "READY=1")
                                        .replace("'", "\"")
                                + "; exec sleep 1000")
                .file("web", "notify-socket", "");
        try (RunningDaemon daemon = RunningDaemon.on(services)) {
            daemon.awaitReady("web");
            ProcessHandle main = ProcessHandle.of(daemon.status("web").pid()).orElseThrow();
            assertEquals(daemon.pid(), main.parent().orElseThrow().pid());
            assertFalse(Files.readString(services.path("other", "pid")).strip().equals(Long.toString(main.pid())));
            String passedOver = "web: a MAINPID= is passed over, since that process is none of its own";
            assertTrue(daemon.log().contains(passedOver), daemon.log());
            assertEquals(
                    1,
                    daemon.log()
                            .lines()
                            .filter(line -> line.contains("MAINPID"))
                            .count(),
                    daemon.log());
        }
    }

    /// A script that starts a program, which writes its pid, says that this is the main process, and ends.
    private String inBackground(String program) {
        return "rm -f pid; " + program + "; until [ -e pid ]; do sleep 0.05; done; "
                + saying("MAINPID=$(cat pid)", "READY=1");
    }

    /// Messages in which the shell replaces what it replaces in quotation marks.
    private String saying(String... messages) {
        return say(messages).replace("'", "\"");
    }

    private ProcessHandle awaitInBackground(RunningDaemon daemon, String name) throws IOException {
        ProcessHandle main = awaitMain(daemon, name);
        await().until(() -> main.parent().map(ProcessHandle::pid).equals(Optional.of(daemon.pid())));
        assertEquals(main.pid(), daemon.status(name).pid().longValue());
        return main;
    }

    private ProcessHandle awaitMain(RunningDaemon daemon, String name) throws IOException {
        daemon.awaitReady(name);
        return awaitMain(daemon, name, "pid");
    }

    private long pidIn(String name, String file) throws IOException {
        return Long.parseLong(Files.readString(services.path(name, file)).strip());
    }

    private ProcessHandle awaitMain(RunningDaemon daemon, String name, String file) throws IOException {
        long pid = pidIn(name, file);
        daemon.await(name, status -> status.pid() != null && status.pid() == pid);
        return ProcessHandle.of(pid).orElseThrow();
    }

    private static void kill(ProcessHandle process) {
        assertTrue(process.destroyForcibly());
    }

    private String say(String... messages) {
        return send + " '" + String.join("' '", messages) + "'";
    }
}
