package dev.reeve.daemon.process;

import dev.reeve.bridge.ErrnoException;
import dev.reeve.bridge.Kernel;
import dev.reeve.bridge.Kernel.Pipe;
import dev.reeve.bridge.SpawnOrder;
import dev.reeve.bridge.SpawnOrder.PassedFd;
import dev.reeve.daemon.config.Complaint;
import dev.reeve.daemon.config.ServiceFileReader;
import dev.reeve.daemon.config.ServiceFiles;
import dev.reeve.daemon.service.RunSettings;
import dev.reeve.daemon.service.ServiceName;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/// Reads a service's files and executes its `run`.
final class RunErrand implements Errand {
    /// No descriptor.
    static final int NONE = -1;

    private static final String RUN = "run";

    private final SpawnSupplies supplies;
    private final ServiceName name;
    private final int directoryFd;
    private final Homecoming homecoming;

    RunErrand(SpawnSupplies supplies, ServiceName name, int directoryFd, Homecoming homecoming) {
        this.supplies = supplies;
        this.name = name;
        this.directoryFd = directoryFd;
        this.homecoming = homecoming;
    }

    /// What the errand brings home. `readiness` is the end of a pipe by which the process announces itself, or [#NONE].
    interface Homecoming {
        void spawned(SpawnedProcess process, int readiness, RunSettings settings);

        void failed(String problem);
    }

    @Override
    public Runnable run() {
        List<Complaint> complaints = new ArrayList<>();
        try {
            ServiceFiles files = new DirectoryReader(supplies.kernel()).read(directoryFd, complaints);
            ServiceFileReader reader =
                    new ServiceFileReader(files, supplies.limit().forServices());
            Runnable result = spawn(files, reader.notificationFd(), reader.runSettings());
            complaints.addAll(reader.complaints());
            return result;
        } catch (ErrnoException e) {
            return () -> homecoming.failed("the service directory cannot be read: " + e.getMessage());
        } finally {
            complaints.stream()
                    .distinct()
                    .forEach(complaint -> supplies.log().warning("service " + name + ": " + complaint));
        }
    }

    private Runnable spawn(ServiceFiles files, OptionalInt notificationFd, RunSettings settings) {
        Kernel kernel = supplies.kernel();
        int readEnd = NONE;
        int writeEnd = NONE;
        try {
            List<PassedFd> passed = List.of();
            if (notificationFd.isPresent()) {
                Pipe pipe = supplies.limit().taking(kernel::pipe);
                readEnd = pipe.readEnd();
                writeEnd = pipe.writeEnd();
                passed = List.of(new PassedFd(writeEnd, notificationFd.getAsInt()));
            }
            SpawnOrder order = new SpawnOrder(
                    directoryFd, "./" + RUN, List.of("./" + RUN, name.text()), supplies.environment(), passed);
            SpawnedProcess process = SpawnedProcess.spawn(supplies, order);
            int readiness = readEnd;
            readEnd = NONE;
            return () -> homecoming.spawned(process, readiness, settings);
        } catch (ErrnoException e) {
            String problem = SpawnedProcess.explain(RUN, files.names().contains(RUN), e);
            return () -> homecoming.failed(problem);
        } finally {
            close(readEnd);
            close(writeEnd);
        }
    }

    private void close(int fd) {
        if (fd != NONE) {
            supplies.kernel().close(fd);
        }
    }

    @Override
    public void failed(Throwable cause) {
        supplies.log().bug("spawning " + name, cause);
        homecoming.failed("internal error, told in the log");
    }
}
