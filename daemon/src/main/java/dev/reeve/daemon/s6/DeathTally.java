package dev.reeve.daemon.s6;

import dev.reeve.bridge.ErrnoException;
import dev.reeve.bridge.Kernel;
import dev.reeve.daemon.process.DeathTallySetting;
import java.util.Arrays;
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

    void add(Death death, Consumer<String> complaints) throws ErrnoException {
        int max = DeathTallySetting.read(kernel, service, complaints);
        if (max > 0) {
            kernel.replaceFileAt(supervise, FILE, withDeath(death, max), MODE);
        }
    }

    private byte[] withDeath(Death death, int max) throws ErrnoException {
        byte[] before = kernel.readFileAt(supervise, FILE, BYTES_MAX);
        int known = before == null ? 0 : before.length / Death.SIZE;
        int kept = Math.min(known, max - 1);
        int length = kept * Death.SIZE;
        byte[] bytes = kept == 0
                ? new byte[Death.SIZE]
                : Arrays.copyOfRange(before, (known - kept) * Death.SIZE, (known + 1) * Death.SIZE);
        System.arraycopy(death.bytes(), 0, bytes, length, Death.SIZE);
        return bytes;
    }
}
