package dev.reeve.cli.outside;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reeve.protocol.Decoded;
import dev.reeve.protocol.ProtocolCodec;
import dev.reeve.protocol.Request;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class NameBatchesTest {

    @Test
    void aFewNamesAreOneRequest() {
        assertEquals(List.of(List.of("a", "b")), NameBatches.of(List.of("a", "b")));
    }

    @Test
    void noNamesAreOneRequestTooWhichMeansAll() {
        assertEquals(List.of(List.of()), NameBatches.of(List.of()));
    }

    @Test
    void manyNamesAreAskedForInPartsThatTheDaemonTakes() {
        List<String> names = IntStream.range(0, 20_000)
                .mapToObj(i -> i % 2 == 0 ? "service-" + i : "\u0001".repeat(200) + i)
                .toList();

        List<List<String>> batches = NameBatches.of(names);

        assertEquals(names, batches.stream().flatMap(List::stream).toList());
        assertTrue(batches.size() > 1);
        for (List<String> batch : batches) {
            byte[] line = ProtocolCodec.encode(new Request.Start(Long.MAX_VALUE, batch));
            assertInstanceOf(Decoded.Ok.class, ProtocolCodec.decodeRequest(line, 0, line.length - 1));
        }
    }
}
