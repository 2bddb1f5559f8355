package dev.reeve.bridge;

import java.util.List;

/// A datagram that [Kernel#receive] answered: its bytes, who sent it as the kernel says, and the descriptors that came
/// with it, close-on-exec.
///
/// Whoever received it closes it; descriptors that nobody has taken are closed with it.
public final class Datagram implements AutoCloseable {
    private final Kernel kernel;
    private final byte[] bytes;
    private final boolean cut;
    private final Sender sender;
    private final boolean descriptorsLost;
    private List<Integer> descriptors;

    /// Who sent it: `pid` as this process sees it, 0 for one in a PID namespace that it does not see.
    public record Sender(int pid, int user, int group) {}

    /// `kernel` is where the descriptors are open.
    public Datagram(
            Kernel kernel,
            byte[] bytes,
            boolean cut,
            Sender sender,
            List<Integer> descriptors,
            boolean descriptorsLost) {
        this.kernel = kernel;
        this.bytes = bytes;
        this.cut = cut;
        this.sender = sender;
        this.descriptors = descriptors;
        this.descriptorsLost = descriptorsLost;
    }

    public byte[] bytes() {
        return bytes;
    }

    /// Whether it was longer than what was kept of it (MSG_TRUNC).
    public boolean isCut() {
        return cut;
    }

    public Sender sender() {
        return sender;
    }

    /// How many descriptors came with it and were not taken yet.
    public int descriptors() {
        return descriptors.size();
    }

    /// Whether descriptors came with it for which there was no room (MSG_CTRUNC): they are closed.
    public boolean hasLostDescriptors() {
        return descriptorsLost;
    }

    /// The descriptors, which are the caller's from now on.
    public List<Integer> takeDescriptors() {
        List<Integer> taken = descriptors;
        descriptors = List.of();
        return taken;
    }

    @Override
    public void close() {
        for (int fd : takeDescriptors()) {
            kernel.close(fd);
        }
    }
}
