package dev.reeve.daemon.process;

import dev.reeve.bridge.ErrnoException;
import dev.reeve.bridge.Kernel.Pipe;
import dev.reeve.bridge.SpawnOrder.PassedFd;
import dev.reeve.daemon.config.Complaint;
import dev.reeve.daemon.config.LaunchSettings;
import dev.reeve.daemon.config.ListenSettings;
import dev.reeve.daemon.config.ServiceFileReader;
import dev.reeve.daemon.config.ServiceFiles;
import dev.reeve.daemon.process.StoredDescriptors.Stored;
import dev.reeve.daemon.service.RunSettings;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/// Reads a service's files and executes its `run`.
final class RunErrand implements Errand {
    /// No descriptor.
    static final int NONE = -1;

    static final String RUN = "run";

    /// By which sd_notify(3) finds its socket.
    private static final String NOTIFY_SOCKET = "NOTIFY_SOCKET";

    /// By which sd_watchdog_enabled(3) finds out how often it is to be heard, and which process is, if only one is.
    private static final String WATCHDOG_USEC = "WATCHDOG_USEC";

    private static final String WATCHDOG_PID = "WATCHDOG_PID";

    private final SpawnSupplies supplies;
    private final ServiceDirectory directory;
    private final Belongings belongings;
    private final Homecoming homecoming;

    RunErrand(SpawnSupplies supplies, ServiceDirectory directory, Belongings belongings, Homecoming homecoming) {
        this.supplies = supplies;
        this.directory = directory;
        this.belongings = belongings;
        this.homecoming = homecoming;
    }

    /// What is the service's from one run to the next, and is lent to the errand: its number, its sockets, and what
    /// it has stored.
    record Belongings(long number, ListeningSockets sockets, List<Stored> stored) {}

    /// What the errand brings home.
    interface Homecoming {
        void spawned(SpawnedRun run);

        void failed(String problem);
    }

    @Override
    public Runnable run() {
        List<Complaint> complaints = new ArrayList<>();
        try (Descriptors descriptors = new Descriptors(supplies.kernel())) {
            ServiceFiles files = new DirectoryReader(supplies).read(directory.fd(), complaints);
            ServiceFileReader reader =
                    new ServiceFileReader(files, supplies.limit().forServices());
            RunSettings settings = reader.runSettings();
            OptionalInt notificationFd = reader.notificationFd();
            LaunchSettings launch = reader.launchSettings();
            List<Complaint> refusals = new ArrayList<>(complaints);
            refusals.removeIf(complaint -> !ServiceFiles.isIndispensable(complaint.file()));
            complaints.removeAll(refusals);
            List<ListenSettings> listen = reader.listenSettings(refusals);
            int storedMax = reader.storedDescriptorsMax();
            complaints.addAll(reader.complaints());
            tell(complaints);
            if (!refusals.isEmpty()) {
                String problem = refusals.getFirst().toString();
                return () -> homecoming.failed(problem);
            }
            return spawn(files, notificationFd, settings, launch, listen, storedMax, descriptors);
        } catch (ErrnoException e) {
            tell(complaints);
            return () -> homecoming.failed("the service directory cannot be read: " + e.getMessage());
        }
    }

    /// Before anything is spawned: from then on nothing may come between it and its way home.
    private void tell(List<Complaint> complaints) {
        for (Complaint complaint : new LinkedHashSet<>(complaints)) {
            supplies.log().warning("service " + directory.name() + ": " + complaint);
        }
    }

    private Runnable spawn(
            ServiceFiles files,
            OptionalInt notificationFd,
            RunSettings settings,
            LaunchSettings launch,
            List<ListenSettings> listen,
            int storedMax,
            Descriptors descriptors) {
        try {
            List<OpenSocket> sockets = belongings.sockets().openAll(supplies, directory.name(), listen);
            Handover handover = Handover.of(sockets, belongings.stored(), storedMax);
            handover.requireFree("notification-fd", notificationFd);
            handover.requireFree("lock-fd", launch.lockFd());
            List<PassedFd> passed = new ArrayList<>(directory.logEnd());
            passed.addAll(handover.passed());
            int readEnd = NONE;
            if (notificationFd.isPresent()) {
                Pipe pipe = supplies.limit().taking(supplies.kernel()::pipe);
                readEnd = descriptors.add(pipe.readEnd());
                passed.add(new PassedFd(descriptors.add(pipe.writeEnd()), notificationFd.getAsInt()));
            }
            if (launch.lockFd().isPresent()) {
                passed.add(lock(launch.lockFd().getAsInt(), notificationFd, descriptors));
            }
            Launch launching = new Launch(supplies, directory, launch, descriptors);
            Optional<NotifySocket> notifySocket = notifySocket(launch, launching, descriptors);
            SpawnedProcess process = launching.execute(
                    RUN, List.of(directory.name().text()), passed, handover, variables(notifySocket, settings));
            int readiness = readEnd == NONE ? NONE : descriptors.release(readEnd);
            notifySocket.ifPresent(socket -> descriptors.release(socket.fd()));
            return () -> homecoming.spawned(new SpawnedRun(process, readiness, notifySocket, storedMax, settings));
        } catch (ErrnoException e) {
            String problem = explain(files, e);
            return () -> homecoming.failed(problem);
        } catch (CannotLaunch e) {
            return () -> homecoming.failed(e.getMessage());
        }
    }

    private String explain(ServiceFiles files, ErrnoException e) {
        if (directory.command().isPresent()) {
            return SpawnedProcess.explain(directory.command().get().program(), true, e);
        }
        return isSymlinkToNothing(files)
                ? RUN + " is a symlink to nothing"
                : SpawnedProcess.explain(RUN, files.names().contains(RUN), e);
    }

    private Optional<NotifySocket> notifySocket(LaunchSettings settings, Launch launch, Descriptors descriptors)
            throws CannotLaunch {
        if (settings.notifySocket().isEmpty()) {
            return Optional.empty();
        }
        NotifySocket socket = supplies.notifySockets()
                .bind(
                        belongings.number(),
                        launch.user(),
                        settings.notifySocket().get(),
                        supplies.limit());
        descriptors.add(socket.fd());
        return Optional.of(socket);
    }

    /// What the process finds in its environment of what was made for it. What reeved itself was told in these words is
    /// not meant for its services.
    private static Map<String, Optional<String>> variables(Optional<NotifySocket> notifySocket, RunSettings settings) {
        if (notifySocket.isEmpty()) {
            return Map.of();
        }
        Optional<String> silenceMax =
                settings.silenceMax().map(it -> Long.toString(TimeUnit.MILLISECONDS.toMicros(it.toMillis())));
        return new TreeMap<>(Map.of(
                NOTIFY_SOCKET, Optional.of(notifySocket.get().path()),
                WATCHDOG_USEC, silenceMax,
                WATCHDOG_PID, Optional.empty()));
    }

    private boolean isSymlinkToNothing(ServiceFiles files) {
        try {
            return files.names().contains(RUN) && supplies.kernel().statusAt(directory.fd(), RUN) == null;
        } catch (ErrnoException _) {
            return false;
        }
    }

    private PassedFd lock(int lockFd, OptionalInt notificationFd, Descriptors descriptors) throws CannotLaunch {
        if (notificationFd.isPresent() && notificationFd.getAsInt() == lockFd) {
            throw new CannotLaunch("lock-fd and notification-fd are both " + lockFd + "; change one of them");
        }
        return new PassedFd(descriptors.add(ServiceLock.take(supplies, directory)), lockFd);
    }

    @Override
    public void failed(Throwable cause) {
        supplies.log().bug("spawning " + directory.name(), cause);
        homecoming.failed("internal error, told in the log");
    }
}
