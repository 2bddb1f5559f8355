package dev.reeve.daemon.process;

import dev.reeve.bridge.Errno;
import dev.reeve.bridge.ErrnoException;
import dev.reeve.bridge.Kernel;
import dev.reeve.daemon.config.Complaint;
import dev.reeve.daemon.config.ServiceFiles;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Reads a service directory as it is now: one listing, and the settings that exist.
final class DirectoryReader {
    private final Kernel kernel;

    private final DescriptorLimit limit;

    DirectoryReader(SpawnSupplies supplies) {
        this.kernel = supplies.kernel();
        this.limit = supplies.limit();
    }

    /// A file that cannot be read is complained of and left out.
    ServiceFiles read(int directoryFd, List<Complaint> complaints) throws ErrnoException {
        Set<String> names = namesIn(directoryFd);
        Map<String, String> texts = new HashMap<>();
        for (String name : ServiceFiles.SETTINGS) {
            if (names.contains(name)) {
                readInto(texts, directoryFd, name, name, complaints);
            }
        }
        for (String name : ServiceFiles.DIRECTORIES) {
            if (names.contains(name)) {
                readDirectoryInto(texts, directoryFd, name, complaints);
            }
        }
        return new ServiceFiles(names, texts);
    }

    /// The same of these files alone, without a listing: a thousand services that are to stop at once wait for it.
    ServiceFiles readOnly(List<String> files, int directoryFd, List<Complaint> complaints) throws ErrnoException {
        Set<String> names = new HashSet<>();
        Map<String, String> texts = new HashMap<>();
        for (String name : files) {
            if (ServiceFiles.SETTINGS.contains(name)) {
                readInto(texts, directoryFd, name, name, complaints);
            } else if (kernel.statusAt(directoryFd, name) != null) {
                names.add(name);
            }
        }
        names.addAll(texts.keySet());
        return new ServiceFiles(names, texts);
    }

    /// One that was removed is empty (getdents(2) answers ENOENT).
    private Set<String> namesIn(int directoryFd) throws ErrnoException {
        try {
            return new HashSet<>(limit.taking(() -> kernel.listDirectory(directoryFd)));
        } catch (ErrnoException e) {
            if (e.errno() == Errno.ENOENT) {
                return Set.of();
            }
            throw e;
        }
    }

    private void readDirectoryInto(
            Map<String, String> texts, int directoryFd, String directory, List<Complaint> complaints) {
        try {
            int fd = limit.taking(() -> kernel.openDirectoryAt(directoryFd, directory));
            try {
                for (String name : limit.taking(() -> kernel.listDirectory(fd))) {
                    if (!name.startsWith(".")) {
                        readInto(texts, fd, name, directory + "/" + name, complaints);
                    }
                }
            } finally {
                kernel.close(fd);
            }
        } catch (ErrnoException e) {
            complaints.add(unreadable(directory, e));
        }
    }

    private void readInto(
            Map<String, String> texts, int directoryFd, String name, String file, List<Complaint> complaints) {
        try {
            Optional<byte[]> bytes = limit.taking(
                    () -> Optional.ofNullable(kernel.readFileAt(directoryFd, name, ServiceFiles.BYTES_MAX)));
            bytes.ifPresent(text -> texts.put(file, new String(text, StandardCharsets.UTF_8)));
        } catch (ErrnoException e) {
            complaints.add(unreadable(file, e));
        }
    }

    private static Complaint unreadable(String file, ErrnoException e) {
        String consequence = ServiceFiles.isIndispensable(file)
                ? "; the service is not started without it"
                : "; it counts as absent";
        return new Complaint(file, "cannot be read (" + e.getMessage() + ")" + consequence);
    }
}
