package dev.reeve.daemon.process;

import dev.reeve.bridge.ErrnoException;
import dev.reeve.bridge.Kernel;
import dev.reeve.bridge.Kernel.FileStatus;
import dev.reeve.daemon.service.ServiceName;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/// Lists the scan directory: every directory in it (symlinks followed) whose name does not begin with a dot is a
/// service.
final class ScanErrand implements Errand {
    private static final String DOWN = "down";

    private final SpawnSupplies supplies;
    private final String scanDirectory;
    private final Set<ServiceName> known;
    private final Consumer<List<Discovery>> homecoming;

    /// `known` are the services that are known already and left alone.
    ScanErrand(
            SpawnSupplies supplies,
            String scanDirectory,
            Set<ServiceName> known,
            Consumer<List<Discovery>> homecoming) {
        this.supplies = supplies;
        this.scanDirectory = scanDirectory;
        this.known = known;
        this.homecoming = homecoming;
    }

    /// A service directory that was found, opened.
    record Discovery(ServiceDirectory directory, boolean startsDown) {}

    @Override
    public Runnable run() {
        Kernel kernel = supplies.kernel();
        List<Discovery> discoveries = new ArrayList<>();
        try {
            int scanFd = supplies.limit().taking(() -> kernel.openDirectory(scanDirectory));
            try {
                for (String name : supplies.limit().taking(() -> kernel.listDirectory(scanFd))) {
                    look(scanFd, name, discoveries);
                }
            } finally {
                kernel.close(scanFd);
            }
        } catch (ErrnoException e) {
            supplies.log().warning("the scan directory " + scanDirectory + " cannot be read: " + e.getMessage());
        }
        return () -> homecoming.accept(discoveries);
    }

    private void look(int scanFd, String name, List<Discovery> discoveries) {
        if (name.startsWith(".")) {
            return;
        }
        Kernel kernel = supplies.kernel();
        try {
            FileStatus status = kernel.statusAt(scanFd, name);
            if (status != null && status.kind() != FileStatus.Kind.DIRECTORY) {
                return;
            }
            if (status == null) {
                supplies.log().warning("scan directory: " + name + " is a symlink to nothing; it is passed over");
                return;
            }
            if (!ServiceName.isValid(name)) {
                supplies.log()
                        .warning("scan directory: " + name + " is no name for a service (at most 251 bytes, no control"
                                + " characters); it is passed over");
                return;
            }
            ServiceName serviceName = new ServiceName(name);
            if (!known.contains(serviceName)) {
                discoveries.add(open(scanFd, serviceName));
            }
        } catch (ErrnoException e) {
            supplies.log().warning("scan directory: " + name + " is passed over: " + e.getMessage());
        }
    }

    private Discovery open(int scanFd, ServiceName name) throws ErrnoException {
        Kernel kernel = supplies.kernel();
        int directoryFd = supplies.limit().taking(() -> kernel.openDirectoryAt(scanFd, name.text()));
        try {
            boolean startsDown = kernel.statusAt(directoryFd, DOWN) != null;
            return new Discovery(new ServiceDirectory(name, directoryFd, scanDirectory + "/" + name), startsDown);
        } catch (ErrnoException e) {
            kernel.close(directoryFd);
            throw e;
        }
    }

    @Override
    public void failed(Throwable cause) {
        supplies.log().bug("reading the scan directory", cause);
    }
}
