package dev.reeve.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reeve.cli.outside.ExitCode;
import dev.reeve.cli.s6.S6Verb;
import dev.reeve.protocol.HowToEnd;
import dev.reeve.protocol.Notice;
import dev.reeve.protocol.Reply;
import dev.reeve.protocol.Request;
import dev.reeve.protocol.ServicePhase;
import dev.reeve.protocol.ServiceStatus;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Commands that ask and print, without waiting: what is sent, what is shown, and each exit code.
class AskingTest extends CommandTest {

    private static final ServiceStatus REDIS = new ServiceStatus(
            "redis",
            ServicePhase.BACKING_OFF,
            false,
            true,
            null,
            SINCE,
            new ServiceStatus.Exit.Signal("SIGKILL"),
            2,
            "run:\u001b[31m no such file");

    private static final String REDIS_JSON =
            "{\"name\":\"redis\",\"state\":\"backing-off\",\"ready\":false,\"want\":\"up\",\"pid\":null,"
                    + "\"since\":\"2026-03-04T12:00:00.120Z\",\"exit\":{\"signal\":\"SIGKILL\"},\"restarts\":2,"
                    + "\"reason\":\"run:\\u001B[31m no such file\"}\n";

    @Test
    void startStopAndRestartSendTheNamesOnce() throws IOException {
        FakeDaemon daemon = daemon((request, client) -> client.say(new Reply.Accepted(request.id())));

        assertEquals(ExitCode.DONE, reeve("start", "b", "a", "b"));
        assertEquals(ExitCode.DONE, reeve("start", "--once", "c"));
        assertEquals(ExitCode.DONE, reeve("stop", "a"));
        assertEquals(ExitCode.DONE, reeve("restart", "--json", "a"));
        assertEquals("", output() + complaint());
        assertEquals(
                List.of(
                        new Request.Start(1, List.of("b", "a")),
                        new Request.Start(1, List.of("c"), true),
                        new Request.Stop(1, List.of("a")),
                        new Request.Restart(1, List.of("a"))),
                daemon.requests());
    }

    @Test
    void machinesAreEndedInSeveralWays() throws IOException {
        FakeDaemon daemon = daemon((request, client) -> client.say(new Reply.Accepted(request.id())));

        assertEquals(ExitCode.DONE, reeve("poweroff"));
        assertEquals(ExitCode.DONE, reeve("reboot"));
        assertEquals(ExitCode.DONE, reeve("reboot", "--kexec"));
        assertEquals(ExitCode.DONE, reeve("halt"));
        assertEquals(ExitCode.DONE, reeve("halt", "-p"));
        assertEquals("", output() + complaint());
        assertEquals(
                List.of(
                        new Request.Shutdown(1, HowToEnd.POWEROFF),
                        new Request.Shutdown(1, HowToEnd.REBOOT),
                        new Request.Shutdown(1, HowToEnd.KEXEC),
                        new Request.Shutdown(1, HowToEnd.HALT),
                        new Request.Shutdown(1, HowToEnd.POWEROFF)),
                daemon.requests());
    }

    @Test
    void allMeansEveryServiceThereIs() throws IOException {
        FakeDaemon daemon = daemon((request, client) -> client.say(
                request instanceof Request.Status
                        ? services(request, service("x", ServicePhase.DOWN, null), REDIS)
                        : new Reply.Accepted(request.id())));

        assertEquals(ExitCode.DONE, reeve("start", "--all"));
        assertEquals(
                new Request.Start(2, List.of("x", "redis")), daemon.requests().getLast());
    }

    @Test
    void allOfNoneIsDone() throws IOException {
        FakeDaemon daemon = daemon((request, client) -> client.say(services(request)));

        assertEquals(ExitCode.DONE, reeve("stop", "--all", "--wait"));
        assertEquals(List.of(new Request.Status(1, List.of())), daemon.requests());
    }

    @Test
    void statusShowsATable() throws IOException {
        daemon((request, client) -> client.say(services(request, REDIS, service("web", ServicePhase.UP, 4711))));

        assertEquals(ExitCode.DONE, reeve("status"));
        List<String> lines = output().lines().toList();
        assertTrue(lines.get(0).matches("NAME +STATE +READY +PID +SINCE +EXIT +RESTARTS"), output());
        assertTrue(lines.get(1).matches("redis +backing-off +no +- +\\d+d +SIGKILL +2"), output());
        assertEquals("  run:?[31m no such file", lines.get(2));
        assertTrue(lines.get(3).matches("web +up +yes +4711 +\\d+d +- +0"), output());
    }

    @Test
    void statusIsColouredOnATerminalOnly() throws IOException {
        daemon((request, client) -> client.say(services(request, service("web", ServicePhase.UP, 1))));
        String path = socket().toString();

        reeve(Map.of("REEVE_SOCKET", path), true, "status");
        assertTrue(output().contains("\u001b[32mup\u001b[0m"), output());
        reeve(Map.of("REEVE_SOCKET", path, "NO_COLOR", "1"), true, "status");
        assertFalse(output().contains("\u001b"), output());
    }

    @Test
    void statusForProgramsIsTheProtocolsObject() throws IOException {
        FakeDaemon daemon = daemon((request, client) -> client.say(services(request, REDIS)));

        assertEquals(ExitCode.DONE, reeve("status", "--json", "redis"));
        assertEquals(REDIS_JSON, output());
        assertEquals(List.of(new Request.Status(1, List.of("redis"))), daemon.requests());
    }

    @Test
    void listNamesTheServices() throws IOException {
        daemon((request, client) -> client.say(services(request, REDIS, service("a\"\n", ServicePhase.DOWN, null))));

        assertEquals(ExitCode.DONE, reeve("list"));
        assertEquals("redis\na\"?\n", output());
        assertEquals(ExitCode.DONE, reeve("list", "--json"));
        assertEquals("\"redis\"\n\"a\\\"\\n\"\n", output());
    }

    @Test
    void watchPrintsALineAChangeUntilTheDaemonEnds() throws IOException {
        String newer = "{\"event\":\"eclipse\",\"sun\":false}";
        daemon((request, client) -> {
            client.say(services(request, REDIS));
            client.sayRaw(newer);
            client.say(new Notice.Changed(1, REDIS));
            client.say(new Notice.Changed(2, service("web", ServicePhase.UP, 7)));
            client.hangUp();
        });

        assertEquals(ExitCode.UNREACHABLE, reeve("watch"));
        assertTrue(
                output().matches("(?s)\\S+ redis backing-off: run:\\?\\[31m no such file\n\\S+ web up, ready, pid 7\n"),
                output());
        assertEquals(ExitCode.UNREACHABLE, reeve("watch", "--json"));
        assertEquals(
                List.of(newer, "{\"event\":\"changed\",\"sequence\":1,\"service\":" + REDIS_JSON.strip() + "}"),
                output().lines().limit(2).toList());
    }

    @Test
    void versionNamesClientAndDaemon() throws IOException {
        assertEquals(ExitCode.DONE, reeve("version"));
        assertEquals("reeve 0.1.0\nreeved: none answers\n", output());

        daemon((_, _) -> {});
        assertEquals(ExitCode.DONE, reeve("version"));
        assertEquals("reeve 0.1.0\nreeved 0.1.0, pid 1\n", output());
        assertEquals(ExitCode.DONE, reeve("version", "--json"));
        assertEquals("\"0.1.0\"\n" + GREETING + "\n", output());
    }

    @Test
    void aRefusalEndsWith1AndAnUnknownServiceWith3() throws IOException {
        daemon((request, client) -> client.say(
                request instanceof Request.Start
                        ? new Reply.Refused(request.id(), Reply.Refusal.SHUTTING_DOWN, "the daemon is ending")
                        : new Reply.Refused(request.id(), Reply.Refusal.UNKNOWN_SERVICE, "there is no service x")));

        assertEquals(ExitCode.FAILED, reeve("start", "x"));
        assertComplains("the daemon is ending");
        for (String command : List.of("stop", "restart", "status", "watch", "wait")) {
            assertEquals(ExitCode.UNKNOWN_SERVICE, reeve(command, "x"), command);
            assertComplains("there is no service x");
        }
    }

    @Test
    void aNameThatIsNearlyOneBringsThatToMind() throws IOException {
        daemon((request, client) -> client.say(
                request instanceof Request.Status(long id, List<String> names) && names.isEmpty()
                        ? new Reply.Services(id, 0, List.of(service("web", ServicePhase.UP, 1)))
                        : new Reply.Refused(request.id(), Reply.Refusal.UNKNOWN_SERVICE, "there is no service x")));

        for (String command : List.of("stop", "restart", "status", "watch", "wait", "why", "tree", "log")) {
            assertEquals(ExitCode.UNKNOWN_SERVICE, reeve(command, "wbe"), command);
            assertComplains("there is no service wbe: did you mean web?");
            assertEquals(ExitCode.UNKNOWN_SERVICE, reeve(command, "postgresql"), command);
            assertComplains("there is no service postgresql: reeve list names those there are");
        }
    }

    @Test
    void aCommandThatIsNearlyOneBringsThatToMind() {
        assertEquals(ExitCode.USAGE, reeve("statsu"));
        assertComplains("there is no command statsu: did you mean status?");
        assertEquals(ExitCode.USAGE, reeve("help", "lgo"));
        assertComplains("there is no command lgo: did you mean log?");
        assertEquals(ExitCode.USAGE, reeve("frobnicate"));
        assertComplains("there is no command frobnicate: reeve --help names those there are");
        assertEquals(ExitCode.USAGE, reeve("--frobnicate"));
        assertComplains("there is no option --frobnicate: reeve --help names those there are");
    }

    @Test
    void wrongUsageIsToldInASentence() {
        Map<String, String> sentences = Map.of(
                "stop", "NAME or --all is missing; see reeve stop --help",
                "signal", "SIGNAL is missing; see reeve signal --help",
                "signal KILL", "NAME is missing; see reeve signal --help",
                "wait web --timeout", "--timeout needs a value: DURATION; see reeve wait --help",
                "stop --all web", "web is one word too many; see reeve stop --help",
                "shutdown now", "now is one word too many; see reeve shutdown --help",
                "status --jsno", "there is no option --jsno: did you mean --json?",
                "status --frobnicate", "there is no option --frobnicate: reeve status --help names those there are");

        sentences.forEach((line, sentence) -> {
            assertEquals(ExitCode.USAGE, reeve(line.split(" ")), line);
            assertComplains(sentence);
        });
    }

    @Test
    void whatIsNoSocketIsNotADaemonThatIsDown() {
        assertEquals(ExitCode.UNREACHABLE, reeve("status", "--socket", "/etc/passwd"));
        assertComplains("/etc/passwd is no socket: name the daemon's with --socket FILE, or set REEVE_SOCKET");
        assertEquals(ExitCode.UNREACHABLE, reeve("status", "--socket", "/tmp"));
        assertComplains("/tmp is no socket");
    }

    @Test
    void wrongUsageEndsWith2AndAsksNothing() throws IOException {
        FakeDaemon daemon = daemon((_, _) -> {});
        for (String line : List.of(
                "",
                "dance",
                "start",
                "wait",
                "start a --all",
                "start a --loud",
                "start a --timeout 3",
                "shutdown --timeout 3",
                "start a --wait --timeout soon",
                "wait --up --down a",
                "shutdown now",
                "help dance")) {
            assertEquals(ExitCode.USAGE, reeve(line.isEmpty() ? new String[0] : line.split(" ")), line);
            assertFalse(complaint().isEmpty(), line);
        }
        assertEquals(List.of(), daemon.requests());
    }

    @Test
    void s6sVerbsHaveTheirHelpToo() {
        for (S6Verb verb : S6Verb.values()) {
            assertEquals(ExitCode.DONE, reeve("help", verb.word()));
            assertTrue(output().startsWith("Usage: reeve " + verb.word() + " "), output());
            assertEquals(ExitCode.DONE, reeve("--socket", "/nowhere", verb.word(), "--help"));
        }
    }

    @Test
    void helpIsNoComplaint() {
        assertEquals(ExitCode.DONE, reeve("help", "restart"));
        assertTrue(output().startsWith("Usage: reeve restart"), output());
        assertEquals(ExitCode.DONE, reeve("--help"));
        assertTrue(output().contains("  watch "), output());
    }

    @Test
    void withoutADaemonEveryCommandSaysHowToStartOne() {
        for (String line : List.of("start a", "stop a", "restart a", "status", "list", "wait a", "watch", "shutdown")) {
            assertEquals(ExitCode.UNREACHABLE, reeve(line.split(" ")), line);
            assertComplains("To start one: /opt/reeve/bin/reeved --scan DIR --socket " + socket());
        }
    }

    @Test
    void whatIsNoDaemonOfThisProtocolIsToldApart() throws IOException {
        try (FakeDaemon _ = daemon("SSH-2.0-OpenSSH_9.2", (_, _) -> {})) {
            assertEquals(ExitCode.UNREACHABLE, reeve("status"));
            assertComplains("is no reeve daemon");
        }
    }

    @Test
    void aDaemonOfAnotherProtocolIsNotTalkedTo() throws IOException {
        daemon("{\"reeve\":\"7.0\",\"pid\":1,\"protocol\":2}", (_, _) -> {});

        assertEquals(ExitCode.UNREACHABLE, reeve("status"));
        assertComplains("reeve 7.0 and speaks protocol 2");
    }

    @Test
    void aSocketPathThatIsTooLongIsWrongUsage() {
        assertEquals(ExitCode.USAGE, reeve("status", "--socket", "/" + "x".repeat(107)));
        assertComplains("108 bytes");
    }

    @Test
    void theSocketOptionStandsBeforeOrBehindTheCommand() throws IOException {
        daemon((request, client) -> client.say(services(request, REDIS)));

        assertEquals(ExitCode.DONE, reeve(Map.of(), false, "--socket", socket().toString(), "list"));
        assertEquals(ExitCode.DONE, reeve(Map.of(), false, "list", "--socket", socket().toString()));
        assertEquals("redis\n", output());
    }

    private static Reply services(Request request, ServiceStatus... services) {
        return new Reply.Services(request.id(), 0, List.of(services));
    }
}
