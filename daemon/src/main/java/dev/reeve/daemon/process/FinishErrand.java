package dev.reeve.daemon.process;

import dev.reeve.bridge.ErrnoException;
import dev.reeve.daemon.config.Complaint;
import dev.reeve.daemon.config.ServiceFileReader;
import dev.reeve.daemon.config.ServiceFiles;
import dev.reeve.daemon.service.ExitStatus;
import dev.reeve.daemon.service.ExitStatus.Exited;
import dev.reeve.daemon.service.ExitStatus.Killed;
import dev.reeve.daemon.service.Pid;
import dev.reeve.daemon.service.Signal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Executes a service's `finish`, if it has one, and tells it how `run` ended: exit code (256 if a signal ended
/// it), signal (0 if none did), name, process group.
final class FinishErrand implements Errand {
    private static final String FINISH = "finish";
    private static final String KILLED_BY_SIGNAL = "256";

    private final SpawnSupplies supplies;
    private final ServiceDirectory directory;
    private final DirectoryHold hold;
    private final Pid run;
    private final ExitStatus exit;
    private final Homecoming homecoming;

    FinishErrand(
            SpawnSupplies supplies,
            ServiceDirectory directory,
            DirectoryHold hold,
            Pid run,
            ExitStatus exit,
            Homecoming homecoming) {
        this.supplies = supplies;
        this.directory = directory;
        this.hold = hold;
        this.run = run;
        this.exit = exit;
        this.homecoming = homecoming;
    }

    /// What the errand brings home.
    interface Homecoming {
        void spawned(SpawnedProcess process, Optional<Duration> timeout);

        void skipped();
    }

    /// Whether there is one, or it cannot be known, which is told: [#run] may find that it can.
    boolean isThere() {
        try {
            return supplies.kernel().statusAt(directory.fd(), FINISH) != null;
        } catch (ErrnoException e) {
            tell(FINISH + " is looked for again, which went wrong: " + e.getMessage());
            return true;
        }
    }

    @Override
    public Runnable run() {
        List<Complaint> complaints = new ArrayList<>();
        try (Descriptors descriptors = new Descriptors(supplies.kernel())) {
            // Most services have none, and wait for this to be restarted.
            if (supplies.kernel().statusAt(directory.fd(), FINISH) == null) {
                return homecoming::skipped;
            }
            // Programs such as s6-permafailon, in finish, read what is written there of the end of run.
            hold.writeOut(this::tell);
            ServiceFiles files = new DirectoryReader(supplies).read(directory.fd(), complaints);
            ServiceFileReader reader =
                    new ServiceFileReader(files, supplies.limit().forServices());
            Optional<Duration> timeout = reader.finishTimeout();
            requireIndispensable(complaints);
            Launch launch = new Launch(supplies, directory, reader.launchSettings(), descriptors);
            complaints.addAll(reader.complaints());
            tell(complaints);
            complaints.clear();
            SpawnedProcess process = launch.execute(FINISH, arguments(), directory.logEnd(), Handover.NONE, Map.of());
            return () -> homecoming.spawned(process, timeout);
        } catch (ErrnoException e) {
            complaints.add(new Complaint(FINISH, SpawnedProcess.explain(FINISH, true, e) + "; it is skipped"));
            tell(complaints);
            return homecoming::skipped;
        } catch (CannotLaunch e) {
            complaints.add(new Complaint(FINISH, "it is skipped: " + e.getMessage()));
            tell(complaints);
            return homecoming::skipped;
        }
    }

    private static void requireIndispensable(List<Complaint> complaints) throws CannotLaunch {
        for (Complaint complaint : complaints) {
            if (ServiceFiles.isIndispensable(complaint.file())) {
                throw new CannotLaunch(complaint.toString());
            }
        }
    }

    /// Before anything is spawned: from then on nothing may come between it and its way home.
    private void tell(List<Complaint> complaints) {
        complaints.forEach(complaint -> tell(complaint.toString()));
    }

    private void tell(String problem) {
        supplies.log().warning("service " + directory.name() + ": " + problem);
    }

    private List<String> arguments() {
        return switch (exit) {
            case Exited(int code) -> arguments(Integer.toString(code), "0");
            case Killed(Signal signal) -> arguments(KILLED_BY_SIGNAL, Integer.toString(signal.number()));
        };
    }

    private List<String> arguments(String code, String signal) {
        return List.of(code, signal, directory.name().text(), Integer.toString(run.number()));
    }

    @Override
    public void failed(Throwable cause) {
        supplies.log().bug("spawning the finish of " + directory.name(), cause);
        homecoming.skipped();
    }
}
