package dev.reeve.daemon.process;

import dev.reeve.bridge.Errno;
import dev.reeve.bridge.ErrnoException;
import dev.reeve.bridge.EventLoop;
import dev.reeve.bridge.Kernel;
import dev.reeve.bridge.Kernel.ChildEnd;
import dev.reeve.bridge.PidFd;
import dev.reeve.bridge.PipeEnd;
import dev.reeve.bridge.SpawnOrder.PassedFd;
import dev.reeve.daemon.config.ServiceFileReader;
import dev.reeve.daemon.log.Log;
import dev.reeve.daemon.process.ScanErrand.Discovery;
import dev.reeve.daemon.process.ScanErrand.FoundDirectory;
import dev.reeve.daemon.process.ScanErrand.FoundLogger;
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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
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
    private final Map<ServiceName, ServiceProcess> services = new HashMap<>();
    private final LaterSignals laterSignals = new LaterSignals();
    private boolean shuttingDown;

    public Processes(SpawnSupplies supplies, EventLoop loop, Spawners spawners, ProcessFacts facts) {
        this.supplies = supplies;
        this.kernel = supplies.kernel();
        this.loop = loop;
        this.spawners = spawners;
        this.facts = facts;
        this.log = supplies.log();
        this.reaper = new Reaper(kernel, log);
    }

    /// Looks for services that are not known yet; each is told as [ProcessFacts#found].
    public void scan(String scanDirectory, Moment now) {
        Set<ServiceName> known = Set.copyOf(services.keySet());
        spawners.submit(new ScanErrand(supplies, scanDirectory, known, this::discovered), now);
    }

    /// Does to the machine what the effect orders.
    public void perform(ServiceName name, ServiceEffect effect, Moment now) {
        ServiceProcess service = services.get(name);
        if (service == null) {
            throw new IllegalStateException("an effect for a service that is not here: " + name);
        }
        switch (effect) {
            case Spawn() -> spawnRun(service, now);
            case SpawnFinish(Pid run, ExitStatus exit) -> spawnFinish(service, run, exit, now);
            case ReadStopSettings() -> readStopSettings(service, now);
            case ReadReloadSignal(Pid pid) -> readReloadSignal(service, pid, now);
            case SendSignal(Pid pid, Signal signal) -> send(service, pid, signal);
            case Terminate(Pid pid, Signal signal) -> terminate(service, pid, signal, now);
            case Kill(Pid pid) -> send(service, pid, Signal.KILL);
            case KillGroup(Pid leader) -> killGroup(service, leader);
        }
    }

    /// From now on nothing is started any more: a logger that is to end is given the rest of its input first.
    public void shutDown() {
        shuttingDown = true;
    }

    /// The process of the service that lives, by the kernel's account.
    public Optional<Pid> living(ServiceName name) {
        return Optional.ofNullable(services.get(name))
                .map(service -> service.child)
                .map(child -> new Pid(child.pid()));
    }

    /// How many descriptors are open for services, by what they are for.
    public Map<String, Long> descriptors() {
        Map<String, Long> counts = new TreeMap<>();
        counts.put("service-directories", (long) services.size());
        counts.put("processes", count(service -> service.child != null));
        counts.put("readiness-pipes", count(service -> service.readiness != null));
        counts.put("log-pipe-ends", count(service -> service.logPipe != null));
        return counts;
    }

    private long count(Predicate<ServiceProcess> predicate) {
        return services.values().stream().filter(predicate).count();
    }

    /// Whether a process of the service is being spawned.
    public boolean isSpawning(ServiceName name) {
        ServiceProcess service = services.get(name);
        return service != null && service.spawning;
    }

    /// A SIGCHLD has arrived.
    public void childSignalled(int pid, Moment now) {
        reaper.childSignalled(pid, now);
    }

    /// When [#check] is next due.
    public Moment nextCheck() {
        Moment spawnersCheck = spawners.nextCheck();
        Moment reapersCheck = reaper.nextCheck();
        Moment earlier = spawnersCheck.isBefore(reapersCheck) ? spawnersCheck : reapersCheck;
        return laterSignals.nextCheck().isBefore(earlier) ? laterSignals.nextCheck() : earlier;
    }

    /// Does what is due: a further spawner thread, a search for orphans.
    public void check(Moment now) {
        spawners.check(now);
        reaper.check(now);
        laterSignals.check(now);
    }

    private void discovered(List<Discovery> discoveries) {
        for (Discovery discovery : discoveries) {
            discovered(discovery);
        }
    }

    private void discovered(Discovery discovery) {
        FoundDirectory service = discovery.service();
        if (services.containsKey(service.directory().name())) {
            discovery.close(kernel);
            return;
        }
        if (discovery.logger().isEmpty()) {
            add(service, List.of(), null);
            return;
        }
        // The logger first: its service finds it reading.
        FoundLogger logger = discovery.logger().get();
        add(logger.found(), logger.pipe().forLogger(), logger.pipe());
        add(service, logger.pipe().forProducer(), logger.pipe());
    }

    private void add(FoundDirectory found, List<PassedFd> logEnd, @Nullable LogPipe logPipe) {
        ServiceDirectory directory = found.directory().with(logEnd);
        services.put(directory.name(), new ServiceProcess(directory, logPipe));
        facts.found(directory.name(), found.startsDown());
    }

    private void spawnRun(ServiceProcess service, Moment now) {
        service.spawning = true;
        reaper.spawnBegins();
        spawners.submit(
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
                        facts.happened(service.name, new SpawnFailed(problem));
                        reaper.spawnEnds(now());
                    }
                }),
                now);
    }

    private void runSpawned(ServiceProcess service, SpawnedProcess process, int readiness, RunSettings settings) {
        Pid pid = new Pid(process.pid());
        try {
            watch(service, process, ProcessEnded::new);
        } catch (ErrnoException e) {
            closeReadiness(readiness);
            facts.happened(service.name, new SpawnFailed("it cannot be watched: " + e.getMessage()));
            return;
        }
        facts.happened(service.name, new Spawned(pid, settings));
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
            log.warning("service " + service.name + ": its readiness cannot be watched, so it counts as ready: "
                    + e.getMessage());
            facts.happened(service.name, new BecameReady());
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
                facts.happened(service.name, new FinishSkipped());
                reaper.spawnEnds(now());
            }
        };
        spawners.submit(new FinishErrand(supplies, service.directory, run, exit, homecoming), now);
    }

    private void finishSpawned(ServiceProcess service, SpawnedProcess process, Optional<Duration> timeout) {
        try {
            watch(service, process, FinishEnded::new);
            facts.happened(service.name, new FinishSpawned(new Pid(process.pid()), timeout));
        } catch (ErrnoException e) {
            log.warning("service " + service.name + ": its finish cannot be watched and was killed: " + e.getMessage());
            facts.happened(service.name, new FinishSkipped());
        }
    }

    /// Where they cannot be read, the machine uses what was read at the start.
    private void readStopSettings(ServiceProcess service, Moment now) {
        spawners.submit(
                new SettingErrand<>(
                        supplies,
                        service.directory,
                        ServiceFileReader::stopSettings,
                        settings -> facts.happened(service.name, new StopSettingsRead(settings))),
                now);
    }

    /// Where it cannot be read, nothing is sent: what means "reload" to one service ends another.
    private void readReloadSignal(ServiceProcess service, Pid pid, Moment now) {
        spawners.submit(
                new SettingErrand<>(
                        supplies,
                        service.directory,
                        ServiceFileReader::reloadSignal,
                        signal -> facts.happened(service.name, new ReloadSignalRead(pid, signal))),
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
                    log.warning("service " + service.name + ": how its process ended is not known: " + e.getMessage());
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
        service.forget();
        facts.happened(service.name, event);
    }

    /// A logger of a service that runs no more ends by itself when it has read everything; its signal, which would have
    /// it leave the rest unread, is kept for one that does not.
    private void terminate(ServiceProcess service, Pid pid, Signal signal, Moment now) {
        @Nullable LogPipe logPipe = service.logPipe;
        if (shuttingDown && logPipe != null && service.name.producer().isPresent()) {
            logPipe.endInput();
            laterSignals.add(now, () -> terminate(service, pid, signal));
            return;
        }
        terminate(service, pid, signal);
    }

    /// Nobody else asks it to end: where it cannot be asked now, it is asked again.
    private void terminate(ServiceProcess service, Pid pid, Signal signal) {
        if (send(service, pid, signal)) {
            send(service, pid, Signal.CONT);
        } else {
            laterSignals.add(now(), () -> terminate(service, pid, signal));
        }
    }

    /// Whether nothing is left to be done about it.
    private boolean send(ServiceProcess service, Pid pid, Signal signal) {
        @Nullable Child child = service.child;
        if (child != null && child.pid() == pid.number()) {
            return sending(
                    service,
                    signal + " to pid " + pid.number(),
                    () -> child.handle().signal(signal.number()));
        }
        // It has ended, and the fact of that is on its way through the inbox.
        return true;
    }

    /// Until its leader was reaped, the group's number is no other's.
    private void killGroup(ServiceProcess service, Pid leader) {
        @Nullable Child child = service.child;
        if (child != null && child.pid() == leader.number()) {
            sending(
                    service,
                    Signal.KILL + " to process group " + leader.number(),
                    () -> kernel.signalGroup(leader.number(), Signal.KILL.number()));
        }
    }

    private boolean sending(ServiceProcess service, String what, Sending sending) {
        try {
            sending.send();
        } catch (ErrnoException e) {
            if (e.errno() != Errno.ESRCH) {
                log.warning("service " + service.name + ": " + what + ": " + e.getMessage());
                return false;
            }
        }
        return true;
    }

    private interface Sending {
        void send() throws ErrnoException;
    }

    private static ExitStatus exitStatus(ChildEnd end) {
        return end.signalled() ? new ExitStatus.Killed(new Signal(end.code())) : new ExitStatus.Exited(end.code());
    }

    private Moment now() {
        return new Moment(kernel.monotonicNanos());
    }
}
