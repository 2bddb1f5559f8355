package dev.reeve.daemon.process;

import dev.reeve.bridge.Errno;
import dev.reeve.bridge.ErrnoException;
import dev.reeve.bridge.Kernel;
import dev.reeve.bridge.Kernel.FileStatus;
import dev.reeve.bridge.Kernel.Symlink;
import dev.reeve.bridge.SpawnOrder.PassedFd;
import dev.reeve.daemon.process.DirectoryGate.CannotHold;
import dev.reeve.daemon.process.Scan.Discovery;
import dev.reeve.daemon.process.Scan.FoundDirectory;
import dev.reeve.daemon.process.Scan.FoundLogger;
import dev.reeve.daemon.service.ServiceName;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Lists the scan directory: every directory in it (symlinks followed) whose name does not begin with a dot is a
/// service, and a directory `log` in such a one is its logger (s6-svscan.html).
final class ScanErrand implements Errand {
    private static final String DOWN = "down";
    private static final String LOG = "log";
    private static final String RUN = "run";
    private static final String ITSELF = ".";
    private static final int EXECUTABLE = 0111;
    private static final int STANDARD_ERROR = 2;

    private final SpawnSupplies supplies;
    private final Task task;
    private final Homecoming homecoming;
    private final Map<DirectoryIdentity, List<String>> names = new HashMap<>();
    private final List<Discovery> discoveries = new ArrayList<>();
    private final Set<String> unreadable = new HashSet<>();
    private final Set<String> unfinished = new HashSet<>();
    private final List<String> complaints = new ArrayList<>();
    private int services;
    private int leftOut;
    private boolean tooMany;

    ScanErrand(SpawnSupplies supplies, Task task, Homecoming homecoming) {
        this.supplies = supplies;
        this.task = task;
        this.homecoming = homecoming;
        this.services = task.services();
    }

    /// What is to be read, and whether symlinks to nothing are removed. Of the directories in it, those that are
    /// `known` are not opened; so many `services` there are already. Entries whose names are `postponed` are left
    /// alone, and so are those that are not `admitted`, and those in `doubtful` unless they have a `run` that can
    /// be executed.
    record Task(
            ScanSettings settings,
            Predicate<String> admitted,
            boolean removesDanglingSymlinks,
            Set<DirectoryIdentity> known,
            int services,
            Set<String> postponed,
            Set<String> doubtful) {}

    /// What becomes of it, on the loop.
    interface Homecoming {
        void read(Scan scan);

        void failed(String problem);
    }

    @Override
    public Runnable run() {
        Kernel kernel = supplies.kernel();
        try {
            if (task.settings().command().isPresent()) {
                lookAtCommand(kernel, task.settings().command().get());
            }
            lookAtAll(kernel);
        } catch (ErrnoException e) {
            return () -> homecoming.failed(String.valueOf(e.getMessage()));
        }
        if (leftOut > 0) {
            complaints.add(leftOut
                    + " services were not taken: the hard limit on descriptors (ulimit -Hn) has room for "
                    + supplies.limit().servicesMax() + " services; raise it and start reeved again"
                    + (supplies.gate() == DirectoryGate.OPEN ? "" : ", or do without s6's files (--no-s6-files)"));
        }
        return () -> homecoming.read(
                new Scan(names, discoveries, unreadable, unfinished, leftOut > 0 || tooMany, complaints));
    }

    /// First, so that it has its name before others.
    private void lookAtCommand(Kernel kernel, CommandService command) throws ErrnoException {
        if (isInScanDirectory(command)) {
            return;
        }
        int parentFd = supplies.limit()
                .taking(() -> kernel.openDirectory(command.parent().toString()));
        try {
            look(parentFd, command.name().text());
        } finally {
            kernel.close(parentFd);
        }
    }

    private boolean isInScanDirectory(CommandService command) {
        return command.parent().equals(Path.of(task.settings().directory()));
    }

    private void lookAtAll(Kernel kernel) throws ErrnoException {
        int scanFd = supplies.limit()
                .taking(() -> kernel.openDirectory(task.settings().directory()));
        try {
            List<String> entries = new ArrayList<>(supplies.limit().taking(() -> kernel.listDirectory(scanFd)));
            // The same directory under two names is the same service each time.
            entries.sort(null);
            for (String name : entries) {
                if (task.settings().command().filter(it -> hasNameOf(it, name)).isPresent()) {
                    passOver(name, "what is executed beside the scan directory is called so; give this another name");
                } else {
                    look(scanFd, name);
                }
            }
        } finally {
            kernel.close(scanFd);
        }
    }

    private boolean hasNameOf(CommandService command, String name) {
        return !isInScanDirectory(command) && command.name().text().equals(name);
    }

    private void look(int parentFd, String name) {
        if (name.startsWith(".")) {
            return;
        }
        try {
            FileStatus status = supplies.kernel().statusAt(parentFd, name);
            if (status == null) {
                dangling(parentFd, name);
            } else if (status.kind() == FileStatus.Kind.DIRECTORY) {
                lookAtDirectory(parentFd, name, DirectoryIdentity.of(status));
            }
        } catch (CannotHold e) {
            passOver(name, e.getMessage());
        } catch (ErrnoException e) {
            unreadable.add(name);
            passOver(name, String.valueOf(e.getMessage()));
        }
    }

    private void dangling(int scanFd, String name) throws ErrnoException {
        if (task.removesDanglingSymlinks() && supplies.kernel().readLinkAt(scanFd, name) != null) {
            supplies.kernel().removeFileAt(scanFd, name);
            supplies.log()
                    .info("scan directory " + task.settings().directory() + ": " + name
                            + " was a symlink to nothing, and is removed");
        } else {
            passOver(name, "it is a symlink to nothing");
        }
    }

    private void lookAtDirectory(int scanFd, String name, DirectoryIdentity identity)
            throws ErrnoException, CannotHold {
        if (!ServiceName.isValid(name)) {
            passOver(name, "a service's name has no control characters");
            return;
        }
        if (name.getBytes(StandardCharsets.UTF_8).length > task.settings().nameMax()) {
            complaints.add("name too long - not spawning service: " + name);
            return;
        }
        List<String> namesOfIt = names.computeIfAbsent(identity, _ -> new ArrayList<>(1));
        namesOfIt.add(name);
        if (task.known().contains(identity)
                || task.postponed().contains(name)
                || !task.admitted().test(name)) {
            return;
        }
        if (namesOfIt.size() > 1) {
            passOver(name, "it is the same directory as " + namesOfIt.getFirst());
            return;
        }
        if (services >= supplies.limit().servicesMax()) {
            leftOut++;
            return;
        }
        Optional<Discovery> discovery = discover(scanFd, new ServiceName(name));
        discovery.ifPresent(found -> {
            services += found.logger().isPresent() ? 2 : 1;
            discoveries.add(found);
        });
    }

    private void passOver(String name, String reason) {
        complaints.add(name + " is passed over: " + reason);
    }

    private Optional<Discovery> discover(int parentFd, ServiceName name) throws ErrnoException, CannotHold {
        try (Descriptors descriptors = new Descriptors(supplies.kernel())) {
            Optional<CommandService> command =
                    task.settings().command().filter(it -> it.name().equals(name));
            String path = command.map(it -> it.directory().toString())
                    .orElseGet(() -> task.settings().directory() + "/" + name);
            FoundDirectory service =
                    open(parentFd, name.text(), name, path, descriptors).executing(command);
            if (task.known().contains(service.directory().identity())) {
                // It was given this name a moment ago: the next reading will see.
                return Optional.empty();
            }
            if (task.doubtful().contains(name.text()) && !canRun(service.directory())) {
                unfinished.add(name.text());
                return Optional.empty();
            }
            Optional<FoundLogger> logger = discoverLogger(service.directory(), descriptors);
            if (services + (logger.isPresent() ? 2 : 1) > task.settings().servicesMax()) {
                tooMany = true;
                complaints.add("unable to start supervisor for " + name + ": too many services (option -C)");
                return Optional.empty();
            }
            Discovery held = held(service, logger);
            descriptors.releaseAll();
            return Optional.of(held);
        }
    }

    /// Nothing is held of a service whose logger cannot be.
    private Discovery held(FoundDirectory service, Optional<FoundLogger> logger) throws CannotHold {
        FoundDirectory heldService = service.held(take(service.directory()));
        if (logger.isEmpty()) {
            return new Discovery(heldService, logger);
        }
        FoundLogger reader = logger.get();
        try {
            return new Discovery(heldService, Optional.of(reader.held(takeLogger(service, reader))));
        } catch (CannotHold e) {
            heldService.hold().release();
            throw e;
        }
    }

    /// What lies behind a symlink of somebody who owns the service's directory may be anybody's: nothing is made there.
    private DirectoryHold takeLogger(FoundDirectory service, FoundLogger logger) throws CannotHold {
        ServiceDirectory reader = logger.found().directory();
        if (supplies.gate() != DirectoryGate.OPEN && !mayWriteBehind(service.directory(), reader)) {
            supplies.log()
                    .warning("service " + reader.name() + ": s6's clients (s6-svc and so on) cannot reach it, since log"
                            + " is a symlink of another user, behind which nothing is made");
            return DirectoryHold.NONE;
        }
        return take(reader);
    }

    private boolean mayWriteBehind(ServiceDirectory producer, ServiceDirectory reader) {
        Kernel kernel = supplies.kernel();
        try {
            @Nullable Symlink link = kernel.readLinkAt(producer.fd(), LOG);
            return link == null ? isStill(producer, reader) : link.isTrustedBy(kernel.effectiveUser());
        } catch (ErrnoException _) {
            return false;
        }
    }

    /// Whether the directory itself is what was opened, and not something that a symlink led to a moment ago.
    private boolean isStill(ServiceDirectory producer, ServiceDirectory reader) throws ErrnoException {
        @Nullable FileStatus now = supplies.kernel().statusAt(producer.fd(), LOG);
        return now != null && DirectoryIdentity.of(now).equals(reader.identity());
    }

    private DirectoryHold take(ServiceDirectory directory) throws CannotHold {
        return supplies.gate().take(directory.name(), directory.fd());
    }

    private boolean canRun(ServiceDirectory directory) throws ErrnoException {
        @Nullable FileStatus run = supplies.kernel().statusAt(directory.fd(), RUN);
        return run != null && run.kind() == FileStatus.Kind.REGULAR && (run.mode() & EXECUTABLE) != 0;
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

    /// It is the directory that was opened, whatever had the name a moment before.
    private FoundDirectory open(int parentFd, String entry, ServiceName name, String path, Descriptors descriptors)
            throws ErrnoException {
        Kernel kernel = supplies.kernel();
        int fd = descriptors.add(supplies.limit().taking(() -> kernel.openDirectoryAt(parentFd, entry)));
        @Nullable FileStatus status = kernel.statusAt(fd, ITSELF);
        if (status == null) {
            throw new ErrnoException("open " + path, Errno.ENOENT);
        }
        boolean startsDown = startsDown(kernel, fd);
        return new FoundDirectory(
                new ServiceDirectory(name, DirectoryIdentity.of(status), fd, path, passed(name), Optional.empty()),
                startsDown,
                DirectoryHold.NONE);
    }

    /// The catch-all logger has nobody to say its own errors to but the console.
    private List<PassedFd> passed(ServiceName name) {
        OptionalInt console = task.settings().console();
        return name.equals(ServiceName.CATCH_ALL_LOGGER) && console.isPresent()
                ? List.of(new PassedFd(console.getAsInt(), STANDARD_ERROR))
                : List.of();
    }

    /// Whether the service in this directory is to wait until someone starts it. May block.
    static boolean startsDown(Kernel kernel, int directoryFd) throws ErrnoException {
        return kernel.statusAt(directoryFd, DOWN) != null;
    }

    @Override
    public void failed(Throwable cause) {
        discoveries.forEach(discovery -> discovery.close(supplies.kernel()));
        supplies.log().bug("reading the scan directory", cause);
        homecoming.failed("internal error, told in the log");
    }
}
