package dev.reeve.cli.outside;

import dev.reeve.protocol.ProtocolCodec;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// Names in as many parts as the limits on one request make necessary: nearly always one.
public final class NameBatches {

    /// A byte of a name takes up to six on the wire, and each name its quotes and comma.
    private static final int BYTES_PER_BYTE = 6;

    private static final int BYTES_PER_NAME = 3;
    private static final int BYTES_OF_THE_REST = 256;

    private NameBatches() {}

    public static List<List<String>> of(List<String> names) {
        List<List<String>> batches = new ArrayList<>();
        List<String> batch = new ArrayList<>();
        int bytes = BYTES_OF_THE_REST;
        for (String name : names) {
            int cost = BYTES_PER_BYTE * name.getBytes(StandardCharsets.UTF_8).length + BYTES_PER_NAME;
            boolean full = batch.size() == ProtocolCodec.MAX_NAMES || bytes + cost > ProtocolCodec.MAX_REQUEST_BYTES;
            if (full && !batch.isEmpty()) {
                batches.add(batch);
                batch = new ArrayList<>();
                bytes = BYTES_OF_THE_REST;
            }
            batch.add(name);
            bytes += cost;
        }
        batches.add(batch);
        return batches;
    }
}
