package dev.reeve.daemon;

import dev.reeve.bridge.EpollLoop;
import dev.reeve.bridge.ErrnoException;
import dev.reeve.bridge.Kernel;
import dev.reeve.bridge.LinuxKernel;
import dev.reeve.bridge.SignalFd;
import dev.reeve.daemon.DaemonOptions.UsageException;
import dev.reeve.daemon.control.ControlServer;
import dev.reeve.daemon.control.DaemonIdentity;
import dev.reeve.daemon.control.DaemonParts;
import dev.reeve.daemon.fleet.Fleet;
import dev.reeve.daemon.log.Log;
import dev.reeve.daemon.log.StandardErrorLog;
import dev.reeve.daemon.process.DescriptorLimit;
import dev.reeve.daemon.process.DirectoryGate;
import dev.reeve.daemon.process.Processes;
import dev.reeve.daemon.process.ServiceEnvironment;
import dev.reeve.daemon.process.SpawnSupplies;
import dev.reeve.daemon.process.SpawnerThreads;
import dev.reeve.daemon.reactor.ChangeWatcher;
import dev.reeve.daemon.reactor.ChangeWatchers;
import dev.reeve.daemon.reactor.Inbox;
import dev.reeve.daemon.reactor.LoopStatistics;
import dev.reeve.daemon.reactor.Reactor;
import dev.reeve.daemon.reactor.WallTimes;
import dev.reeve.daemon.s6.S6Files;
import dev.reeve.daemon.s6.SuperviseGate;
import dev.reeve.daemon.s6.SvscanDesk;
import dev.reeve.daemon.s6.SvscanDirectory;
import dev.reeve.daemon.s6.SvscanDirectory.CannotServe;
import dev.reeve.daemon.s6.SvscanSignals;
import dev.reeve.daemon.service.Moment;
import dev.reeve.protocol.ReeveVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// `reeved`: makes the parts, joins them, and runs the loop on the thread that called main.
public final class ReeveDaemon {
    private static final int EXIT_DONE = 0;
    private static final int EXIT_USAGE = 100;
    private static final int EXIT_SYSTEM = 111;
    private static final int FIRST_INHERITED_FD = 3;

    private ReeveDaemon() {}

    public static void main(String[] arguments) {
        System.exit(run(List.of(arguments)));
    }

    private static int run(List<String> arguments) {
        if (arguments.contains("--help")) {
            System.out.print(DaemonOptions.USAGE);
            return EXIT_DONE;
        }
        if (arguments.contains("--version")) {
            System.out.println("reeved " + ReeveVersion.CURRENT);
            return EXIT_DONE;
        }
        LinuxKernel kernel = new LinuxKernel();
        try {
            DaemonOptions options = DaemonOptions.parse(arguments, kernel.effectiveUser() == 0, System.getenv());
            SystemRequirements.check(kernel);
            supervise(kernel, options);
            return EXIT_DONE;
        } catch (UsageException | CannotServe e) {
            return fatal(EXIT_USAGE, e.getMessage());
        } catch (IOException | ErrnoException e) {
            return fatal(EXIT_SYSTEM, e.getMessage());
        } catch (OutOfMemoryError e) {
            // The loop survives it; this is the start, which needs some threads.
            return fatal(
                    EXIT_SYSTEM,
                    e.getMessage() + ": reeved needs 20 tasks (pids.max of its control group, ulimit -u) and 32 MiB"
                            + " of heap for itself");
        }
    }

    private static void supervise(Kernel kernel, DaemonOptions options)
            throws IOException, ErrnoException, CannotServe {
        kernel.closeOnExecFrom(FIRST_INHERITED_FD);
        requireDirectory(options.scanDirectory());
        try (StandardErrorLog log = new StandardErrorLog();
                @Nullable SvscanDirectory svscan = takeScanDirectory(kernel, options, log);
                RunDirectory _ = RunDirectory.take(kernel, options.runDirectory());
                EpollLoop loop = new EpollLoop((handle, cause) -> log.bug("descriptor " + handle.fd(), cause));
                SpawnerThreads spawners = new SpawnerThreads(kernel, loop, log)) {
            Inbox inbox = new Inbox();
            DescriptorLimit limit =
                    new DescriptorLimit(kernel, log, options.s6Files() ? SuperviseGate.DESCRIPTORS_A_SERVICE : 0);
            DirectoryGate gate =
                    options.s6Files() ? new SuperviseGate(kernel, limit, spawners, log) : DirectoryGate.OPEN;
            SpawnSupplies supplies =
                    new SpawnSupplies(kernel, limit, ServiceEnvironment.from(kernel.environment()), log, gate);
            Processes processes =
                    new Processes(options.scanDirectory().map(Path::toString), supplies, loop, spawners, inbox);
            DaemonIdentity identity = new DaemonIdentity(
                    ReeveVersion.CURRENT,
                    kernel.pid(),
                    options.scanDirectory().map(path -> path.toAbsolutePath().toString()));
            WallTimes times = new WallTimes(() -> now(kernel), Instant::now);
            LoopStatistics statistics = new LoopStatistics();
            DaemonParts parts = new DaemonParts(
                    identity,
                    times,
                    report -> processes.scan(scan -> report.accept(ScanResults.of(scan)), now(kernel)),
                    statistics,
                    processes::descriptors);
            try (ControlServer control = new ControlServer(loop, kernel, inbox, parts, log, options.controlSettings());
                    @Nullable
                            SvscanDesk desk = svscan == null
                                    ? null
                                    : new SvscanDesk(kernel, loop, svscan, inbox, processes, log);
                    SignalFd signals = new SignalFd(
                            kernel,
                            SystemRequirements.SIGNALS_TO_BLOCK,
                            new DaemonSignals(
                                    kernel,
                                    processes,
                                    svscan == null || desk == null
                                            ? new EndingSignals(inbox, log)
                                            : new SvscanSignals(supplies, spawners, svscan, desk),
                                    log));
                    S6Files s6Files = new S6Files(loop, inbox, processes::hold, log)) {
                loop.watch(signals);
                if (options.group().isPresent() || options.readers().isPresent()) {
                    RunDirectory.letOthersThrough(options.runDirectory());
                }
                if (options.watch()) {
                    processes.watchScanDirectory(now(kernel));
                }
                processes.scan(_ -> control.accept(), now(kernel));
                ChangeWatcher watcher = new ChangeWatchers(
                        options.s6Files() ? List.of(times, control, s6Files) : List.of(times, control));
                new Reactor(kernel, loop, inbox, new Fleet(), processes, watcher, log, statistics).run();
            }
        }
    }

    /// Whoever serves it with s6's files stands in s6-svscan's place.
    private static @Nullable SvscanDirectory takeScanDirectory(Kernel kernel, DaemonOptions options, Log log)
            throws CannotServe, ErrnoException {
        Optional<Path> scanDirectory = options.scanDirectory();
        return options.s6Files() && scanDirectory.isPresent()
                ? SvscanDirectory.takeIfWritable(kernel, scanDirectory.get().toString(), log)
                : null;
    }

    private static void requireDirectory(Optional<Path> scanDirectory) throws IOException {
        if (scanDirectory.isPresent() && !Files.isDirectory(scanDirectory.get())) {
            throw new IOException("the scan directory " + scanDirectory.get() + " is not there, or not a directory");
        }
    }

    private static Moment now(Kernel kernel) {
        return new Moment(kernel.monotonicNanos());
    }

    private static int fatal(int exitCode, @Nullable String message) {
        System.err.println("reeved: fatal: " + message);
        return exitCode;
    }
}
