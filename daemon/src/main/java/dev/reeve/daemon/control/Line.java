package dev.reeve.daemon.control;

/// An encoded line that waits in the queues of one or many clients: it lies in memory once, however many they are.
final class Line {
    /// What the entry in a queue and the objects around the bytes take, roughly.
    private static final int OVERHEAD_BYTES = 48;

    private final byte[] bytes;
    private final ClientMemory memory;
    private int holders;

    Line(byte[] bytes, ClientMemory memory) {
        this.bytes = bytes;
        this.memory = memory;
    }

    byte[] bytes() {
        return bytes;
    }

    int length() {
        return bytes.length;
    }

    /// One more queue has it.
    void hold() {
        memory.hold(holders == 0 ? OVERHEAD_BYTES + bytes.length : OVERHEAD_BYTES);
        holders++;
    }

    /// One queue less has it.
    void release() {
        holders--;
        memory.free(holders == 0 ? OVERHEAD_BYTES + bytes.length : OVERHEAD_BYTES);
    }
}
