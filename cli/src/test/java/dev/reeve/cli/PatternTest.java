package dev.reeve.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.reeve.cli.outside.ExitCode;
import dev.reeve.protocol.Reply;
import dev.reeve.protocol.Request;
import dev.reeve.protocol.ServicePhase;
import dev.reeve.protocol.ServiceStatus;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Patterns in place of names: the client looks which services there are and asks for those that match.
class PatternTest extends CommandTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            web-*      | web-1 web-2
            web-?      | web-1 web-2
            *          | [odd] db web-1 web-2
            */log      | db/log
            {db,web-1} | db web-1
            [a-e]b     | db
            [odd]      | [odd]
            """)
    void aPatternStandsForTheServicesThatItMatches(String pattern, String expected) throws IOException {
        FakeDaemon daemon = daemonWithServices();

        assertEquals(ExitCode.DONE, reeve("stop", pattern));
        assertEquals(
                new Request.Stop(2, List.of(expected.split(" "))),
                daemon.requests().getLast());
    }

    @Test
    void namesAndPatternsTogetherGiveEachServiceOnce() throws IOException {
        FakeDaemon daemon = daemonWithServices();

        assertEquals(ExitCode.DONE, reeve("restart", "web-2", "web-*", "db"));
        assertEquals(
                new Request.Restart(2, List.of("web-2", "web-1", "db")),
                daemon.requests().getLast());
    }

    @Test
    void plainNamesAreAskedForWithoutLooking() throws IOException {
        FakeDaemon daemon = daemonWithServices();

        assertEquals(ExitCode.DONE, reeve("stop", "web-1", "db"));
        assertEquals(List.of(new Request.Stop(1, List.of("web-1", "db"))), daemon.requests());
    }

    @Test
    void aPatternThatMatchesNothingEndsWith3InEveryCommandThatTakesNames() throws IOException {
        FakeDaemon daemon = daemonWithServices();

        for (String command : List.of("start", "stop", "restart", "status", "tree", "why", "wait", "watch")) {
            assertEquals(ExitCode.UNKNOWN_SERVICE, reeve(command, "x*"), command);
            assertComplains("no service matches 'x*': reeve list names those there are");
        }
        assertEquals(
                List.of(new Request.Status(1, List.of())),
                daemon.requests().stream().distinct().toList());
    }

    @Test
    void anIncompletePatternIsWrongUsage() throws IOException {
        daemonWithServices();

        assertEquals(ExitCode.USAGE, reeve("stop", "web-["));
        assertComplains("the pattern 'web-[' is not complete");
    }

    private FakeDaemon daemonWithServices() throws IOException {
        List<ServiceStatus> services = Stream.of("[odd]", "db", "db/log", "web-1", "web-2")
                .map(name -> service(name, ServicePhase.UP, 7))
                .toList();
        return daemon((request, client) -> client.say(
                request instanceof Request.Status
                        ? new Reply.Services(request.id(), 0, services)
                        : new Reply.Accepted(request.id())));
    }
}
