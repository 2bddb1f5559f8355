package dev.reeve.daemon.process;

import dev.reeve.bridge.ErrnoException;
import dev.reeve.bridge.Kernel;
import dev.reeve.bridge.Kernel.FileStatus;
import dev.reeve.daemon.service.ServiceName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/// Lists the scan directory: every directory in it (symlinks followed) whose name does not begin with a dot is a
/// service, and a directory `log` in such a one is its logger (S6-BEHAVIOUR 1.2).
final class ScanErrand implements Errand {
    private static final String DOWN = "down";
    private static final String LOG = "log";

    private final SpawnSupplies supplies;
    private final String scanDirectory;
    private final Set<ServiceName> known;
    private final Consumer<List<Discovery>> homecoming;
    private int services;
    private int leftOut;

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
        this.services = known.size();
    }

    /// A service that was found, its directory opened.
    record FoundDirectory(ServiceDirectory directory, boolean startsDown) {}

    /// A logger that was found, and the pipe to it.
    record FoundLogger(FoundDirectory found, LogPipe pipe) {}

    /// A service that was found, and its logger.
    record Discovery(FoundDirectory service, Optional<FoundLogger> logger) {
        /// Nobody wants it.
        void close(Kernel kernel) {
            kernel.close(service.directory().fd());
            logger.ifPresent(found -> {
                kernel.close(found.found().directory().fd());
                found.pipe().close();
            });
        }
    }

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
        if (leftOut > 0) {
            supplies.log()
                    .warning(leftOut
                            + " services were not taken: the hard limit on descriptors (ulimit -Hn) has room for "
                            + supplies.limit().servicesMax() + " services; raise it and start reeved again");
        }
        return () -> homecoming.accept(discoveries);
    }

    private void look(int scanFd, String name, List<Discovery> discoveries) {
        if (name.startsWith(".")) {
            return;
        }
        try {
            FileStatus status = supplies.kernel().statusAt(scanFd, name);
            if (status != null && status.kind() != FileStatus.Kind.DIRECTORY) {
                return;
            }
            if (status == null) {
                passOver(name, "it is a symlink to nothing");
                return;
            }
            if (!ServiceName.isValid(name)) {
                passOver(name, "a service's name has at most 251 bytes and no control characters");
                return;
            }
            ServiceName serviceName = new ServiceName(name);
            if (known.contains(serviceName)) {
                return;
            }
            if (services >= supplies.limit().servicesMax()) {
                leftOut++;
                return;
            }
            Discovery discovery = discover(scanFd, serviceName);
            services += discovery.logger().isPresent() ? 2 : 1;
            discoveries.add(discovery);
        } catch (ErrnoException e) {
            passOver(name, String.valueOf(e.getMessage()));
        }
    }

    private void passOver(String name, String reason) {
        supplies.log().warning("scan directory: " + name + " is passed over: " + reason);
    }

    private Discovery discover(int scanFd, ServiceName name) throws ErrnoException {
        try (Descriptors descriptors = new Descriptors(supplies.kernel())) {
            String path = scanDirectory + "/" + name;
            FoundDirectory service = open(scanFd, name.text(), name, path, descriptors);
            Optional<FoundLogger> logger = discoverLogger(service.directory(), descriptors);
            descriptors.releaseAll();
            return new Discovery(service, logger);
        }
    }

    private Optional<FoundLogger> discoverLogger(ServiceDirectory producer, Descriptors descriptors)
            throws ErrnoException {
        Kernel kernel = supplies.kernel();
        FileStatus status = kernel.statusAt(producer.fd(), LOG);
        if (status == null || status.kind() != FileStatus.Kind.DIRECTORY) {
            return Optional.empty();
        }
        FoundDirectory logger =
                open(producer.fd(), LOG, producer.name().logger(), producer.path() + "/" + LOG, descriptors);
        Kernel.Pipe pipe = supplies.limit().taking(kernel::pipeBetweenChildren);
        descriptors.add(pipe.readEnd());
        descriptors.add(pipe.writeEnd());
        return Optional.of(new FoundLogger(logger, new LogPipe(kernel, pipe)));
    }

    private FoundDirectory open(int parentFd, String entry, ServiceName name, String path, Descriptors descriptors)
            throws ErrnoException {
        Kernel kernel = supplies.kernel();
        int fd = descriptors.add(supplies.limit().taking(() -> kernel.openDirectoryAt(parentFd, entry)));
        boolean startsDown = kernel.statusAt(fd, DOWN) != null;
        return new FoundDirectory(new ServiceDirectory(name, fd, path, List.of()), startsDown);
    }

    @Override
    public void failed(Throwable cause) {
        supplies.log().bug("reading the scan directory", cause);
    }
}
