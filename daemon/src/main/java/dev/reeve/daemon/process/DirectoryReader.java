package dev.reeve.daemon.process;

import dev.reeve.bridge.ErrnoException;
import dev.reeve.bridge.Kernel;
import dev.reeve.daemon.config.Complaint;
import dev.reeve.daemon.config.ServiceFiles;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Reads a service directory as it is now: one listing, and the settings that exist.
final class DirectoryReader {
    private final Kernel kernel;

    DirectoryReader(Kernel kernel) {
        this.kernel = kernel;
    }

    /// A file that cannot be read is complained of and left out.
    ServiceFiles read(int directoryFd, List<Complaint> complaints) throws ErrnoException {
        Set<String> names = new HashSet<>(kernel.listDirectory(directoryFd));
        Map<String, String> texts = new HashMap<>();
        for (String name : ServiceFiles.SETTINGS) {
            if (names.contains(name)) {
                readInto(texts, directoryFd, name, complaints);
            }
        }
        return new ServiceFiles(names, texts);
    }

    private void readInto(Map<String, String> texts, int directoryFd, String name, List<Complaint> complaints) {
        try {
            byte[] bytes = kernel.readFileAt(directoryFd, name, ServiceFiles.BYTES_MAX);
            if (bytes != null) {
                texts.put(name, new String(bytes, StandardCharsets.UTF_8));
            }
        } catch (ErrnoException e) {
            complaints.add(new Complaint(name, "cannot be read (" + e.getMessage() + "); it counts as absent"));
        }
    }
}
