package dev.reeve.daemon.process;

import dev.reeve.bridge.ErrnoException;
import dev.reeve.bridge.SpawnOrder;
import dev.reeve.daemon.config.Complaint;
import dev.reeve.daemon.config.ServiceFileReader;
import dev.reeve.daemon.config.ServiceFiles;
import dev.reeve.daemon.service.ExitStatus;
import dev.reeve.daemon.service.ExitStatus.Exited;
import dev.reeve.daemon.service.ExitStatus.Killed;
import dev.reeve.daemon.service.Pid;
import dev.reeve.daemon.service.ServiceName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Executes a service's `finish`, if it has one, and tells it how `run` ended: exit code (256 if a signal ended it),
/// signal (0 if none did), name, process group.
final class FinishErrand implements Errand {
    private static final String FINISH = "finish";
    private static final String KILLED_BY_SIGNAL = "256";

    private final SpawnSupplies supplies;
    private final ServiceName name;
    private final int directoryFd;
    private final Pid run;
    private final ExitStatus exit;
    private final Homecoming homecoming;

    FinishErrand(
            SpawnSupplies supplies,
            ServiceName name,
            int directoryFd,
            Pid run,
            ExitStatus exit,
            Homecoming homecoming) {
        this.supplies = supplies;
        this.name = name;
        this.directoryFd = directoryFd;
        this.run = run;
        this.exit = exit;
        this.homecoming = homecoming;
    }

    /// What the errand brings home.
    interface Homecoming {
        void spawned(SpawnedProcess process, Optional<Duration> timeout);

        void skipped();
    }

    @Override
    public Runnable run() {
        List<Complaint> complaints = new ArrayList<>();
        try {
            ServiceFiles files = new DirectoryReader(supplies.kernel()).read(directoryFd, complaints);
            ServiceFileReader reader =
                    new ServiceFileReader(files, supplies.limit().forServices());
            if (!reader.hasFinish()) {
                return homecoming::skipped;
            }
            Optional<Duration> timeout = reader.finishTimeout();
            complaints.addAll(reader.complaints());
            SpawnedProcess process = SpawnedProcess.spawn(supplies, order());
            return () -> homecoming.spawned(process, timeout);
        } catch (ErrnoException e) {
            complaints.add(new Complaint(FINISH, SpawnedProcess.explain(FINISH, true, e) + "; it is skipped"));
            return homecoming::skipped;
        } finally {
            complaints.forEach(complaint -> supplies.log().warning("service " + name + ": " + complaint));
        }
    }

    private SpawnOrder order() {
        List<String> arguments = switch (exit) {
            case Exited(int code) -> arguments(Integer.toString(code), "0");
            case Killed(var signal) -> arguments(KILLED_BY_SIGNAL, Integer.toString(signal.number()));
        };
        return new SpawnOrder(directoryFd, "./" + FINISH, arguments, supplies.environment(), List.of());
    }

    private List<String> arguments(String code, String signal) {
        return List.of("./" + FINISH, code, signal, name.text(), Integer.toString(run.number()));
    }

    @Override
    public void failed(Throwable cause) {
        supplies.log().bug("spawning the finish of " + name, cause);
        homecoming.skipped();
    }
}
