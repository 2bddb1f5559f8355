package dev.reeve.daemon;

import dev.reeve.bridge.EpollLoop;
import dev.reeve.bridge.ErrnoException;
import dev.reeve.bridge.Kernel;
import dev.reeve.bridge.SignalFd;
import dev.reeve.daemon.control.ControlServer;
import dev.reeve.daemon.control.DaemonIdentity;
import dev.reeve.daemon.control.DaemonParts;
import dev.reeve.daemon.fleet.Fleet;
import dev.reeve.daemon.life.LifeEvent;
import dev.reeve.daemon.log.DaemonLog;
import dev.reeve.daemon.process.DescriptorLimit;
import dev.reeve.daemon.process.DirectoryGate;
import dev.reeve.daemon.process.NotifySockets;
import dev.reeve.daemon.process.Processes;
import dev.reeve.daemon.process.ScanSettings;
import dev.reeve.daemon.process.SpawnSupplies;
import dev.reeve.daemon.process.SpawnerThreads;
import dev.reeve.daemon.reactor.ChangeWatcher;
import dev.reeve.daemon.reactor.ChangeWatchers;
import dev.reeve.daemon.reactor.Fact;
import dev.reeve.daemon.reactor.Inbox;
import dev.reeve.daemon.reactor.LoopStatistics;
import dev.reeve.daemon.reactor.Reactor;
import dev.reeve.daemon.reactor.WallTimes;
import dev.reeve.daemon.s6.S6Files;
import dev.reeve.daemon.s6.SuperviseGate;
import dev.reeve.daemon.s6.SvscanDesk;
import dev.reeve.daemon.s6.SvscanDirectory;
import dev.reeve.daemon.s6.SvscanSignals;
import dev.reeve.daemon.service.Moment;
import dev.reeve.protocol.ReeveVersion;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/// `reeved`: makes the parts, joins them, and runs the loop on the thread that called main.
public final class ReeveDaemon {
    static final DaemonProgram PROGRAM = new DaemonProgram(
            "reeved",
            ReeveDaemon.class,
            DaemonOptions.USAGE,
            (words, kernel) -> DaemonOptions.parse(words, kernel.effectiveUser(), System.getenv()));

    private ReeveDaemon() {}

    public static void main(String[] arguments) {
        System.exit(PROGRAM.run(List.of(arguments)));
    }

    /// Supervises until everything was told to end and has. Answers whether that was in order: a daemon in
    /// s6-svscan's place that hears no signals any more gives up. `environment` is that of services.
    static boolean supervise(
            Kernel kernel,
            DaemonOptions options,
            List<byte[]> environment,
            DaemonRole role,
            @Nullable SvscanDirectory svscan,
            DaemonLog log)
            throws IOException, ErrnoException {
        AtomicBoolean deaf = new AtomicBoolean();
        try (RunDirectory _ = RunDirectory.take(kernel, options.runDirectory());
                EpollLoop loop = new EpollLoop((handle, cause) -> log.bug("descriptor " + handle.fd(), cause));
                SpawnerThreads spawners = new SpawnerThreads(kernel, loop, log)) {
            role.begin();
            Optional<ScanSettings> scanned = role.scan(options.scan());
            Inbox inbox = new Inbox();
            DescriptorLimit limit =
                    new DescriptorLimit(kernel, log, options.s6Files() ? SuperviseGate.DESCRIPTORS_A_SERVICE : 0);
            DirectoryGate gate =
                    options.s6Files() ? new SuperviseGate(kernel, limit, spawners, log) : DirectoryGate.OPEN;
            SpawnSupplies supplies = new SpawnSupplies(
                    kernel,
                    limit,
                    environment,
                    role.output(kernel, scanned.map(ScanSettings::console).orElse(OptionalInt.empty())),
                    log,
                    gate,
                    notifySockets(kernel, options.runDirectory()));
            Processes processes = new Processes(scanned, supplies, loop, spawners, inbox);
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
                                    role.runsSignalScripts() && svscan != null && desk != null
                                            ? new SvscanSignals(
                                                    supplies,
                                                    spawners,
                                                    svscan,
                                                    role.signals(inbox, log).orElse(desk::react))
                                            : new EndingSignals(inbox, role.endingSignals(), log),
                                    options.svscan().isPresent() ? () -> giveUp(deaf, inbox) : () -> {},
                                    log));
                    S6Files s6Files = new S6Files(loop, inbox, processes::hold, control::asked, times, log)) {
                loop.watch(signals);
                if (options.group().isPresent() || options.readers().isPresent()) {
                    RunDirectory.letOthersThrough(options.runDirectory());
                }
                if (options.watch()) {
                    processes.watchScanDirectory(now(kernel));
                }
                options.svscan().ifPresent(it -> it.notifyReadiness(kernel));
                role.scan(
                        processes,
                        loop,
                        now(kernel),
                        control::accept,
                        () -> inbox.add(new Fact.LifeHappened(new LifeEvent.ServicesFound())));
                List<ChangeWatcher> watchers = new ArrayList<>(List.of(times, control));
                if (options.s6Files()) {
                    watchers.add(s6Files);
                }
                watchers.addAll(role.watchers(kernel, loop, spawners, inbox, log));
                ChangeWatcher watcher = new ChangeWatchers(watchers);
                new Reactor(kernel, loop, inbox, new Fleet(), role.life(), processes, watcher, log, statistics).run();
                role.loopEnded();
            }
        }
        return !deaf.get();
    }

    private static NotifySockets notifySockets(Kernel kernel, Path runDirectory) {
        return new NotifySockets(kernel, runDirectory.toString(), () -> {
            RunDirectory.letOthersThrough(runDirectory);
            return RunDirectory.isPassedByOthers(runDirectory);
        });
    }

    private static void giveUp(AtomicBoolean deaf, Inbox inbox) {
        deaf.set(true);
        inbox.add(new Fact.EndArrived());
    }

    private static Moment now(Kernel kernel) {
        return new Moment(kernel.monotonicNanos());
    }
}
