package dev.reeve.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/// A million lines that are hardly ever requests. Each failure prints the seed of its batch; `-Dseed=N`
/// replays that one.
class RequestFuzzTest {
    private static final int BATCHES = 1_000;
    private static final int LINES_A_BATCH = 1_000;
    private static final int MESSAGES_A_BATCH = 100;
    private static final int REASON_CHARACTERS_MAX = 320;

    private static final List<byte[]> MESSAGES =
            RoundTripTest.messages().map(RoundTripTest::encode).toList();

    private final AtomicLong accepted = new AtomicLong();
    private final AtomicLong idsKnown = new AtomicLong();

    @Test
    void noLineWhateverBreaksTheReader() {
        Long seed = Long.getLong("seed");
        if (seed != null) {
            batch(seed);
            return;
        }
        long first = new Random().nextInt(Integer.MAX_VALUE);
        System.out.println(
                "Fuzzed requests: " + BATCHES + " batches of " + LINES_A_BATCH + ", the seeds from " + first);
        LongStream.range(first, first + BATCHES).parallel().forEach(this::batch);
        // Else it is not the reader that is tested, but its first line.
        assertTrue(accepted.get() > BATCHES * LINES_A_BATCH / 20, () -> accepted + " were requests");
        assertTrue(idsKnown.get() > BATCHES * LINES_A_BATCH / 4, () -> idsKnown + " ids were known");
    }

    private void batch(long seed) {
        MutatedRequests requests = new MutatedRequests(seed);
        for (int i = 0; i < LINES_A_BATCH; i++) {
            MutatedRequests.Line line = requests.next();
            replayable(seed, line.bytes(), () -> check(line));
        }
        for (int i = 0; i < MESSAGES_A_BATCH; i++) {
            byte[] line = requests.damaged(MESSAGES.get(i % MESSAGES.size()));
            replayable(seed, line, () -> checkMessage(line));
        }
    }

    private void check(MutatedRequests.Line line) {
        switch (decode(line.bytes())) {
            case Decoded.Ok(Request request) -> {
                accepted.incrementAndGet();
                checkLimits(line.bytes(), request);
                byte[] again = ProtocolCodec.encode(request);
                assertEquals(new Decoded.Ok(request), ProtocolCodec.decodeRequest(again, 0, again.length - 1));
                checkId(line, request.id());
            }
            case Decoded.Bad(long id, String reason) -> {
                checkSentence(reason);
                checkId(line, id);
                Reply.Refused refused = new Reply.Refused(id, Reply.Refusal.BAD_REQUEST, reason);
                byte[] sent = ProtocolCodec.encode(refused);
                assertEquals(refused, ProtocolCodec.decodeMessage(sent, 0, sent.length - 1));
            }
        }
    }

    private static Decoded decode(byte[] line) {
        return ProtocolCodec.decodeRequest(line, 0, line.length);
    }

    private void checkId(MutatedRequests.Line line, long id) {
        if (line.id() != null) {
            idsKnown.incrementAndGet();
            assertEquals(line.id(), id);
        } else if (id != 0) {
            assertTrue(text(line.bytes()).contains(Long.toString(id)), () -> "nobody wrote the id " + id);
        }
    }

    private static void checkLimits(byte[] line, Request request) {
        assertTrue(line.length <= ProtocolCodec.MAX_REQUEST_BYTES);
        assertTrue(request.services().size() <= ProtocolCodec.MAX_NAMES);
        for (String name : request.services()) {
            int bytes = name.getBytes(StandardCharsets.UTF_8).length;
            assertTrue(bytes > 0 && bytes <= ProtocolCodec.MAX_NAME_BYTES);
            assertEquals(name, MessageWriter.wellFormed(name));
        }
        if (request instanceof Request.Signal signal) {
            int length = signal.signal().length();
            assertTrue(length > 0 && length <= ProtocolCodec.MAX_SIGNAL_CHARACTERS);
        }
        if (request instanceof Request.Svc svc) {
            int length = svc.letters().length();
            assertTrue(length > 0 && length <= ProtocolCodec.MAX_LETTERS);
        }
    }

    private static void checkMessage(byte[] line) {
        if (ProtocolCodec.decodeMessage(line, 0, line.length) instanceof DaemonMessage.Garbled(String reason)) {
            checkSentence(reason);
        }
    }

    /// For people: it goes to a terminal, and into the daemon's log.
    private static void checkSentence(String reason) {
        assertTrue(reason.length() > 5 && reason.length() <= REASON_CHARACTERS_MAX, () -> "how long is " + reason);
        assertTrue(reason.codePoints().allMatch(RequestFuzzTest::isPrintable), () -> "unprintable: " + reason);
    }

    private static boolean isPrintable(int point) {
        return switch (Character.getType(point)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }

    private static void replayable(long seed, byte[] line, Runnable check) {
        try {
            check.run();
        } catch (Throwable failure) {
            throw new AssertionError("-Dseed=" + seed + ": " + failure.getMessage() + ": " + text(line), failure);
        }
    }

    private static String text(byte[] line) {
        return new String(line, StandardCharsets.UTF_8);
    }
}
