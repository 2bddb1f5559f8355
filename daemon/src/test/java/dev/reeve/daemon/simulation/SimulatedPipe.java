package dev.reeve.daemon.simulation;

import java.util.ArrayDeque;

/// A pipe: what was written and not read yet, and how many could still write.
final class SimulatedPipe {
    final ArrayDeque<Byte> bytes = new ArrayDeque<>();
    int writers;

    void write(String text) {
        text.chars().forEach(character -> bytes.add((byte) character));
    }

    boolean isReadable() {
        return !bytes.isEmpty() || writers == 0;
    }
}
