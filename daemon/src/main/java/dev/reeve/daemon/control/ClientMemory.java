package dev.reeve.daemon.control;

/// How much memory all clients together make the daemon hold: requests that are not whole yet, and lines that wait
/// to be read. Belongs to the loop's thread.
final class ClientMemory {
    private final long bytesMax;
    private long bytes;

    ClientMemory(long bytesMax) {
        this.bytesMax = bytesMax;
    }

    /// A quarter of the heap, which is fixed.
    static ClientMemory ofThisProcess() {
        return new ClientMemory(Runtime.getRuntime().maxMemory() / 4);
    }

    void hold(long more) {
        bytes += more;
    }

    void free(long less) {
        bytes -= less;
    }

    boolean isExhausted() {
        return bytes > bytesMax;
    }

    long bytes() {
        return bytes;
    }

    long bytesMax() {
        return bytesMax;
    }
}
