package dev.reeve.daemon.process;

import dev.reeve.bridge.ErrnoException;
import dev.reeve.bridge.Kernel;
import dev.reeve.daemon.config.ServiceFileReader;
import dev.reeve.daemon.config.ServiceFiles;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/// How many ends of a service are to be remembered, read at each of them.
public final class DeathTallySetting {
    private static final String FILE = ServiceFileReader.MAX_DEATH_TALLY;

    private DeathTallySetting() {}

    /// What the file says now; what is wrong with it is told to `complaints`. May block.
    public static int read(Kernel kernel, int directoryFd, Consumer<String> complaints) throws ErrnoException {
        byte[] bytes = kernel.readFileAt(directoryFd, FILE, ServiceFiles.BYTES_MAX);
        Map<String, String> texts = bytes == null ? Map.of() : Map.of(FILE, new String(bytes, StandardCharsets.UTF_8));
        ServiceFileReader reader = new ServiceFileReader(new ServiceFiles(Set.copyOf(texts.keySet()), texts), 0);
        int max = reader.deathTallyMax();
        reader.complaints().forEach(complaint -> complaints.accept(complaint.toString()));
        return max;
    }
}
