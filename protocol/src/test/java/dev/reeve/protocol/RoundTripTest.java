package dev.reeve.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.reeve.protocol.Explanation.Asked;
import dev.reeve.protocol.Explanation.Next;
import dev.reeve.protocol.Explanation.Step;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What is encoded on one side is what is decoded on the other, on one line.
class RoundTripTest {

    private static final Instant NOON = Instant.parse("2026-03-04T12:00:00.120Z");

    static Stream<Request> requests() {
        List<String> names = List.of("redis", "näme", "with space", "quote\"d", "line\nbreak", "🐘");
        return Stream.of(
                new Request.Start(1, names),
                new Request.Start(15, names, true),
                new Request.Stop(2, names),
                new Request.Restart(3, names),
                new Request.Status(4, names),
                new Request.Status(5, List.of()),
                new Request.Watch(6, names),
                new Request.Watch(7, List.of()),
                new Request.Reload(8, names),
                new Request.Signal(9, "SIGRTMIN+3", names),
                new Request.Svc(14, "dxu", names),
                new Request.Why(10, names),
                new Request.Rescan(11),
                new Request.Debug(12, DebugTopic.THREADS),
                new Request.Debug(13, DebugTopic.DESCRIPTORS),
                new Request.Shutdown(Long.MAX_VALUE),
                new Request.Shutdown(16, HowToEnd.POWEROFF),
                new Request.Shutdown(17, HowToEnd.REBOOT, 300, 0L),
                new Request.Shutdown(18, HowToEnd.CANCEL),
                new Request.Version(Long.MIN_VALUE));
    }

    static Stream<ServiceStatus> services() {
        Stream<ServiceStatus> phases = Stream.of(ServicePhase.values())
                .map(phase -> new ServiceStatus("a", phase, false, true, 7, NOON, null, 0, null));
        return Stream.concat(
                phases,
                Stream.of(
                        new ServiceStatus(
                                "e",
                                ServicePhase.UP,
                                true,
                                true,
                                7,
                                NOON,
                                null,
                                0,
                                null,
                                true,
                                false,
                                null,
                                "a\nb\"c",
                                true),
                        new ServiceStatus("b", ServicePhase.UP, true, true, 4711, NOON, null, 3, null),
                        new ServiceStatus(
                                "e", ServicePhase.UP, true, true, 4711, NOON, null, 3, null, true, false, null),
                        new ServiceStatus(
                                "f", ServicePhase.UP, true, true, 4711, NOON, null, 3, null, false, true, null),
                        new ServiceStatus(
                                "b",
                                ServicePhase.UP,
                                true,
                                true,
                                4711,
                                NOON,
                                null,
                                3,
                                null,
                                true,
                                true,
                                new ServiceStatus.S6(NOON.plusNanos(1), Instant.EPOCH, false)),
                        new ServiceStatus(
                                "c",
                                ServicePhase.DOWN,
                                false,
                                false,
                                null,
                                Instant.EPOCH,
                                new ServiceStatus.Exit.Code(255),
                                Long.MAX_VALUE,
                                null),
                        new ServiceStatus(
                                "d",
                                ServicePhase.FAILED,
                                false,
                                true,
                                null,
                                NOON,
                                new ServiceStatus.Exit.Signal("SIGKILL"),
                                1,
                                "run: no such file\nor directory")));
    }

    static Stream<Explanation> explanations() {
        List<Asked> requests = List.of(
                new Asked("stop", NOON, 0, 0, 4711, "reeve stop \"web\""),
                new Asked("signal", NOON, 65534, -2, 0, null),
                Asked.through("svc d", NOON, "supervise/control"));
        return services()
                .flatMap(service -> Stream.of(Step.values())
                        .map(step -> new Explanation(
                                service, requests, new Next(step, step == Step.EXECUTE ? null : NOON))));
    }

    private static SequencedMap<String, Long> figures() {
        SequencedMap<String, Long> figures = new LinkedHashMap<>();
        figures.put("turns", Long.MAX_VALUE);
        figures.put("longest-turn-micros", -1L);
        return figures;
    }

    static Stream<DaemonMessage> messages() {
        Stream<DaemonMessage> plain = Stream.of(
                new Reply.Accepted(1),
                new Reply.Refused(2, Reply.Refusal.BAD_REQUEST, "no"),
                new Reply.Refused(3, Reply.Refusal.UNKNOWN_SERVICE, "no service \"x\""),
                new Reply.Refused(4, Reply.Refusal.SHUTTING_DOWN, ""),
                new Reply.Services(5, 0, List.of()),
                new Reply.Services(6, 12, services().toList()),
                new Reply.Refused(4, Reply.Refusal.NOT_RUNNING, "it is down"),
                new Reply.Refused(4, Reply.Refusal.NOT_ALLOWED, "look only"),
                new Reply.Refused(4, Reply.Refusal.NOT_AVAILABLE, "no scan directory"),
                new Reply.Refused(4, Reply.Refusal.INTERNAL_ERROR, "see the log"),
                new Reply.Explanations(8, List.of()),
                new Reply.Explanations(9, explanations().toList()),
                new Reply.Explanations(
                        10, List.of(new Explanation(services().findFirst().orElseThrow(), List.of(), null))),
                new Reply.Scanned(8, new ScanResult(List.of(), List.of(), new LinkedHashMap<>(), List.of())),
                new Reply.Scanned(
                        9,
                        new ScanResult(
                                List.of("web", "ü"),
                                List.of("old"),
                                new LinkedHashMap<>(Map.of("a", "b")),
                                List.of("x is passed over: it is a symlink to nothing"))),
                new Reply.Figures(11, new LinkedHashMap<>()),
                new Reply.Figures(12, figures()),
                new Reply.Threads(
                        13,
                        List.of(
                                new ThreadTrace("main", "RUNNABLE", List.of("a.B.c(B.java:1)", "d")),
                                new ThreadTrace("", "", List.of()))),
                new Reply.Version(7, "0.1.0", 1, 1, null),
                new Reply.Version(8, "0.1.0", 1, 1, "/etc/\u00fc services"),
                new Notice.Greeting("0.1.0", 1, 1),
                new Notice.Goodbye("too slow"));
        return Stream.concat(plain, services().map(service -> new Notice.Changed(13, service)));
    }

    @ParameterizedTest
    @MethodSource("requests")
    void aRequestArrivesAsItWasSent(Request request) {
        byte[] line = ProtocolCodec.encode(request);

        int length = lengthOfTheOneLine(line);
        assertEquals(new Decoded.Ok(request), ProtocolCodec.decodeRequest(line, 0, length));
    }

    @ParameterizedTest
    @MethodSource("messages")
    void aMessageArrivesAsItWasSent(DaemonMessage message) {
        byte[] line = encode(message);

        assertEquals(message, ProtocolCodec.decodeMessage(line, 0, lengthOfTheOneLine(line)));
    }

    @Test
    void aLineIsFoundInTheMiddleOfABuffer() {
        byte[] buffer = "xx{\"id\":1,\"op\":\"version\"}yy".getBytes(StandardCharsets.UTF_8);

        assertEquals(new Decoded.Ok(new Request.Version(1)), ProtocolCodec.decodeRequest(buffer, 2, buffer.length - 4));
        assertEquals(
                new DaemonMessage.Garbled("neither an event nor an answer"),
                ProtocolCodec.decodeMessage(buffer, 2, buffer.length - 4));
    }

    @Test
    void aReplyMayBeLong() {
        List<ServiceStatus> services = IntStream.range(0, 1_000)
                .mapToObj(i -> new ServiceStatus("s" + i, ServicePhase.UP, true, true, i, NOON, null, i, null))
                .toList();
        Reply reply = new Reply.Services(1, 17, services);
        byte[] line = ProtocolCodec.encode(reply);

        assertEquals(reply, ProtocolCodec.decodeMessage(line, 0, line.length - 1));
        assertEquals('\n', line[line.length - 1]);
    }

    @Test
    void aNameWithABrokenSurrogateIsSentWithoutIt() {
        String sent = text(ProtocolCodec.encode(new Reply.Refused(1, Reply.Refusal.UNKNOWN_SERVICE, "a\uD800b🐘")));

        assertEquals("{\"id\":1,\"ok\":false,\"error\":\"unknown-service\",\"message\":\"a\uFFFDb🐘\"}\n", sent);
    }

    static byte[] encode(DaemonMessage message) {
        return switch (message) {
            case Reply reply -> ProtocolCodec.encode(reply);
            case Notice notice -> ProtocolCodec.encode(notice);
            case DaemonMessage.Unknown _, DaemonMessage.Garbled _ -> throw new IllegalArgumentException("not sent");
        };
    }

    private static String text(byte[] line) {
        return new String(line, StandardCharsets.UTF_8);
    }

    /// Without its newline, which must be the only one.
    private static int lengthOfTheOneLine(byte[] line) {
        assertEquals(line.length - 1, text(line).getBytes(StandardCharsets.UTF_8).length - 1);
        assertEquals(text(line).length() - 1, text(line).indexOf('\n'));
        return line.length - 1;
    }
}
