package dev.reeve.daemon.process;

import dev.reeve.bridge.ErrnoException;
import dev.reeve.bridge.EventLoop;
import dev.reeve.bridge.Kernel;
import dev.reeve.bridge.Kernel.ChildEnd;
import dev.reeve.bridge.PidFd;
import dev.reeve.bridge.PipeEnd;
import dev.reeve.daemon.config.ServiceFileReader;
import dev.reeve.daemon.log.Log;
import dev.reeve.daemon.process.ServiceProcess.Child;
import dev.reeve.daemon.service.ExitStatus;
import dev.reeve.daemon.service.Moment;
import dev.reeve.daemon.service.Pid;
import dev.reeve.daemon.service.RunSettings;
import dev.reeve.daemon.service.ServiceEffect;
import dev.reeve.daemon.service.ServiceEffect.Kill;
import dev.reeve.daemon.service.ServiceEffect.KillGroup;
import dev.reeve.daemon.service.ServiceEffect.ReadReloadSignal;
import dev.reeve.daemon.service.ServiceEffect.ReadStopSettings;
import dev.reeve.daemon.service.ServiceEffect.SendSignal;
import dev.reeve.daemon.service.ServiceEffect.Spawn;
import dev.reeve.daemon.service.ServiceEffect.SpawnFinish;
import dev.reeve.daemon.service.ServiceEffect.Terminate;
import dev.reeve.daemon.service.ServiceEvent;
import dev.reeve.daemon.service.ServiceEvent.BecameReady;
import dev.reeve.daemon.service.ServiceEvent.FinishEnded;
import dev.reeve.daemon.service.ServiceEvent.FinishSkipped;
import dev.reeve.daemon.service.ServiceEvent.FinishSpawned;
import dev.reeve.daemon.service.ServiceEvent.ProcessEnded;
import dev.reeve.daemon.service.ServiceEvent.ReloadSignalRead;
import dev.reeve.daemon.service.ServiceEvent.SpawnFailed;
import dev.reeve.daemon.service.ServiceEvent.Spawned;
import dev.reeve.daemon.service.ServiceEvent.StopSettingsRead;
import dev.reeve.daemon.service.ServiceName;
import dev.reeve.daemon.service.Signal;
import java.time.Duration;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Turns effects into system calls, and what comes of them into facts. Belongs to the loop's thread.
public final class Processes {
    private final SpawnSupplies supplies;
    private final Kernel kernel;
    private final EventLoop loop;
    private final Spawners spawners;
    private final ProcessFacts facts;
    private final Log log;
    private final Reaper reaper;
    private final ServiceTable services;
    private final Optional<ScanDirectory> scanDirectory;
    private final Signals signals;

    /// `scanDirectory` is the path of that, if there is one.
    public Processes(
            Optional<String> scanDirectory,
            SpawnSupplies supplies,
            EventLoop loop,
            Spawners spawners,
            ProcessFacts facts) {
        this.supplies = supplies;
        this.kernel = supplies.kernel();
        this.loop = loop;
        this.spawners = spawners;
        this.facts = facts;
        this.log = supplies.log();
        this.reaper = new Reaper(kernel, log);
        this.services = new ServiceTable(kernel);
        this.signals = new Signals(kernel, log);
        this.scanDirectory = scanDirectory.map(path -> new ScanDirectory(path, supplies, spawners, services, facts));
    }

    /// Reads the scan directory, if there is one, and tells what came of it once the [ProcessFacts] were told.
    /// Answers whether there is one.
    public boolean scan(Consumer<ScanReport> report, Moment now) {
        scanDirectory.ifPresent(it -> it.read(report, now));
        return scanDirectory.isPresent();
    }

    /// From now on the scan directory is also read when it changes.
    public void watchScanDirectory(Moment now) {
        try {
            if (scanDirectory.isPresent()) {
                scanDirectory.get().watch(loop, now);
            }
        } catch (ErrnoException e) {
            log.warning("the scan directory is not watched (" + e.getMessage() + "): use reeve rescan after changes, or"
                    + " raise fs.inotify.max_user_instances and start reeved again");
        }
    }

    /// The fleet knows these services by their new names.
    public void rename(Map<ServiceName, ServiceName> names) {
        services.rename(names);
        scanDirectory.ifPresent(it -> it.nameIsFree(now()));
    }

    /// The fleet knows no service of this name any more.
    public void forget(ServiceName name) {
        services.forget(name);
        scanDirectory.ifPresent(it -> it.nameIsFree(now()));
    }

    /// Does to the machine what the effect orders.
    public void perform(ServiceName name, ServiceEffect effect, Moment now) {
        ServiceProcess service = services.find(name);
        if (service == null) {
            throw new IllegalStateException("an effect for a service that is not here: " + name);
        }
        switch (effect) {
            case Spawn() -> spawnRun(service, now);
            case SpawnFinish(Pid run, ExitStatus exit) -> spawnFinish(service, run, exit, now);
            case ReadStopSettings() -> readStopSettings(service, now);
            case ReadReloadSignal(Pid pid) -> readReloadSignal(service, pid, now);
            case SendSignal(Pid pid, Signal signal) -> signals.send(service, pid, signal);
            case Terminate(Pid pid, Signal signal) -> signals.terminate(service, pid, signal, now);
            case Kill(Pid pid) -> signals.send(service, pid, Signal.KILL);
            case KillGroup(Pid leader) -> signals.killGroup(service, leader);
        }
    }

    /// From now on nothing is started any more: a logger that is to end is given the rest of its input first.
    public void shutDown() {
        signals.shutDown();
    }

    /// The process of the service that lives, by the kernel's account.
    public Optional<Pid> living(ServiceName name) {
        return Optional.ofNullable(services.find(name))
                .map(service -> service.child)
                .map(child -> new Pid(child.pid()));
    }

    /// How many descriptors are open for services, by what they are for.
    public Map<String, Long> descriptors() {
        return services.descriptors();
    }

    /// Whether a process of the service is being spawned.
    public boolean isSpawning(ServiceName name) {
        ServiceProcess service = services.find(name);
        return service != null && service.spawning;
    }

    /// A SIGCHLD has arrived.
    public void childSignalled(int pid, Moment now) {
        reaper.childSignalled(pid, now);
    }

    /// When [#check] is next due.
    public Moment nextCheck() {
        Moment scan = scanDirectory.map(ScanDirectory::nextCheck).orElse(Moment.NEVER);
        return Stream.of(spawners.nextCheck(), reaper.nextCheck(), signals.nextCheck(), scan)
                .min(Comparator.naturalOrder())
                .orElseThrow();
    }

    /// Does what is due: a further spawner thread, a search for orphans, a late signal, a look at the scan
    /// directory.
    public void check(Moment now) {
        spawners.check(now);
        reaper.check(now);
        signals.check(now);
        scanDirectory.ifPresent(it -> it.check(now));
    }

    private void spawnRun(ServiceProcess service, Moment now) {
        service.spawning = true;
        reaper.spawnBegins();
        submit(
                service,
                new RunErrand(supplies, service.directory, new RunErrand.Homecoming() {
                    @Override
                    public void spawned(SpawnedProcess process, int readiness, RunSettings settings) {
                        service.spawning = false;
                        runSpawned(service, process, readiness, settings);
                        reaper.spawnEnds(now());
                    }

                    @Override
                    public void failed(String problem) {
                        service.spawning = false;
                        facts.happened(service.name(), new SpawnFailed(problem));
                        reaper.spawnEnds(now());
                    }
                }),
                now);
    }

    /// While an errand is out, the directory that it uses stays open.
    private void submit(ServiceProcess service, Errand errand, Moment now) {
        service.errandBegins();
        spawners.submit(
                new Errand() {
                    @Override
                    public Runnable run() {
                        Runnable result = errand.run();
                        return () -> endingWith(result);
                    }

                    @Override
                    public void failed(Throwable cause) {
                        endingWith(() -> errand.failed(cause));
                    }

                    private void endingWith(Runnable result) {
                        try {
                            result.run();
                        } finally {
                            service.errandEnds(kernel);
                        }
                    }
                },
                now);
    }

    private void runSpawned(ServiceProcess service, SpawnedProcess process, int readiness, RunSettings settings) {
        Pid pid = new Pid(process.pid());
        try {
            watch(service, process, ProcessEnded::new);
        } catch (ErrnoException e) {
            closeReadiness(readiness);
            facts.happened(service.name(), new SpawnFailed("it cannot be watched: " + e.getMessage()));
            return;
        }
        facts.happened(service.name(), new Spawned(pid, settings));
        if (readiness != RunErrand.NONE) {
            watchReadiness(service, readiness);
        }
    }

    private void closeReadiness(int readiness) {
        if (readiness != RunErrand.NONE) {
            kernel.close(readiness);
        }
    }

    private void watchReadiness(ServiceProcess service, int readiness) {
        PipeEnd pipe = new PipeEnd(kernel, readiness, new ReadinessListener(service, facts, log));
        try {
            loop.watch(pipe);
            service.readiness = pipe;
        } catch (ErrnoException e) {
            pipe.close();
            log.warning("service " + service.name() + ": its readiness cannot be watched, so it counts as ready: "
                    + e.getMessage());
            facts.happened(service.name(), new BecameReady());
        }
    }

    private void spawnFinish(ServiceProcess service, Pid run, ExitStatus exit, Moment now) {
        reaper.spawnBegins();
        FinishErrand.Homecoming homecoming = new FinishErrand.Homecoming() {
            @Override
            public void spawned(SpawnedProcess process, Optional<Duration> timeout) {
                finishSpawned(service, process, timeout);
                reaper.spawnEnds(now());
            }

            @Override
            public void skipped() {
                facts.happened(service.name(), new FinishSkipped());
                reaper.spawnEnds(now());
            }
        };
        submit(service, new FinishErrand(supplies, service.directory, run, exit, homecoming), now);
    }

    private void finishSpawned(ServiceProcess service, SpawnedProcess process, Optional<Duration> timeout) {
        try {
            watch(service, process, FinishEnded::new);
            facts.happened(service.name(), new FinishSpawned(new Pid(process.pid()), timeout));
        } catch (ErrnoException e) {
            log.warning(
                    "service " + service.name() + ": its finish cannot be watched and was killed: " + e.getMessage());
            facts.happened(service.name(), new FinishSkipped());
        }
    }

    /// Where they cannot be read, the machine uses what was read at the start.
    private void readStopSettings(ServiceProcess service, Moment now) {
        submit(
                service,
                new SettingErrand<>(
                        supplies,
                        service.directory,
                        ServiceFileReader::stopSettings,
                        settings -> facts.happened(service.name(), new StopSettingsRead(settings))),
                now);
    }

    /// Where it cannot be read, nothing is sent: what means "reload" to one service ends another.
    private void readReloadSignal(ServiceProcess service, Pid pid, Moment now) {
        submit(
                service,
                new SettingErrand<>(
                        supplies,
                        service.directory,
                        ServiceFileReader::reloadSignal,
                        signal -> facts.happened(service.name(), new ReloadSignalRead(pid, signal))),
                now);
    }

    /// Watches for the end of the process. Where that cannot be (ENOSPC, ENOMEM), it is killed and left to the
    /// reaper.
    private void watch(ServiceProcess service, SpawnedProcess process, Function<ExitStatus, ServiceEvent> event)
            throws ErrnoException {
        Optional<ChildEnd> endBeforeReport = reaper.endBeforeReport(process.pid());
        PidFd handle = new PidFd(kernel, process.pidfd(), new PidFd.Listener() {
            @Override
            public void onEnded(ChildEnd end) {
                processEnded(service, end.pid(), event.apply(exitStatus(end)));
            }

            @Override
            public void onFailed(ErrnoException e) {
                if (endBeforeReport.isEmpty()) {
                    log.warning(
                            "service " + service.name() + ": how its process ended is not known: " + e.getMessage());
                }
                ExitStatus exit = endBeforeReport
                        .map(Processes::exitStatus)
                        .orElseGet(() -> new ExitStatus.Exited(UNKNOWN_EXIT_CODE));
                processEnded(service, process.pid(), event.apply(exit));
            }
        });
        try {
            loop.watch(handle);
        } catch (ErrnoException e) {
            killUnwatched(handle);
            throw e;
        }
        service.child = new Child(process.pid(), handle);
        reaper.add(process.pid(), handle);
    }

    private static void killUnwatched(PidFd handle) throws ErrnoException {
        try {
            handle.signal(Signal.KILL.number());
        } finally {
            handle.close();
        }
    }

    /// What a shell says of a process of which it knows nothing.
    private static final int UNKNOWN_EXIT_CODE = 127;

    private void processEnded(ServiceProcess service, int pid, ServiceEvent event) {
        reaper.remove(pid);
        @Nullable PipeEnd readiness = service.readiness;
        if (readiness != null && !readiness.isClosed()) {
            // What it said in its last moments counts.
            readiness.onReadable();
        }
        service.ended();
        facts.happened(service.name(), event);
    }

    private static ExitStatus exitStatus(ChildEnd end) {
        return end.signalled() ? new ExitStatus.Killed(new Signal(end.code())) : new ExitStatus.Exited(end.code());
    }

    private Moment now() {
        return new Moment(kernel.monotonicNanos());
    }
}
