package dev.reeve.daemon.s6;

import dev.reeve.bridge.ErrnoException;
import dev.reeve.bridge.Kernel;
import dev.reeve.daemon.process.DeathTallySetting;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/// `supervise/death_tally`: the last deaths of a service, the oldest first, as many as its file `max-death-tally` says.
/// s6-svdt-clear empties it. May block, so only errands use it.
final class DeathTally {
    private static final String FILE = "death_tally";
    private static final int MODE = 0644;

    /// Of more than s6 ever keeps nothing is read.
    private static final int BYTES_MAX = 4_096 * Death.SIZE;

    private final Kernel kernel;
    private final int service;
    private final int supervise;

    DeathTally(Kernel kernel, int service, int supervise) {
        this.kernel = kernel;
        this.service = service;
        this.supervise = supervise;
    }

    static void clear(Kernel kernel, int supervise) throws ErrnoException {
        kernel.replaceFileAt(supervise, FILE, new byte[0], MODE);
    }

    /// The oldest first.
    void add(List<Death> deaths, Consumer<String> complaints) throws ErrnoException {
        int max = DeathTallySetting.read(kernel, service, complaints);
        if (max > 0) {
            kernel.replaceFileAt(supervise, FILE, withDeaths(deaths, max), MODE);
        }
    }

    private byte[] withDeaths(List<Death> deaths, int max) throws ErrnoException {
        byte[] before = kernel.readFileAt(supervise, FILE, BYTES_MAX);
        int known = before == null ? 0 : before.length / Death.SIZE;
        ByteBuffer all = ByteBuffer.allocate((known + deaths.size()) * Death.SIZE);
        if (before != null) {
            all.put(before, 0, known * Death.SIZE);
        }
        deaths.forEach(death -> all.put(death.bytes()));
        int kept = Math.min(max, known + deaths.size()) * Death.SIZE;
        return Arrays.copyOfRange(all.array(), all.capacity() - kept, all.capacity());
    }
}
