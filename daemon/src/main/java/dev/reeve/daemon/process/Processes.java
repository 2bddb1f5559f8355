package dev.reeve.daemon.process;

import dev.reeve.bridge.ErrnoException;
import dev.reeve.bridge.EventLoop;
import dev.reeve.bridge.Kernel;
import dev.reeve.daemon.log.Log;
import dev.reeve.daemon.service.Evidence;
import dev.reeve.daemon.service.ExitStatus;
import dev.reeve.daemon.service.Moment;
import dev.reeve.daemon.service.Pid;
import dev.reeve.daemon.service.ServiceEffect;
import dev.reeve.daemon.service.ServiceEffect.KeepDown;
import dev.reeve.daemon.service.ServiceEffect.Kill;
import dev.reeve.daemon.service.ServiceEffect.KillGroup;
import dev.reeve.daemon.service.ServiceEffect.ReadReloadSignal;
import dev.reeve.daemon.service.ServiceEffect.ReadStopSettings;
import dev.reeve.daemon.service.ServiceEffect.SendSignal;
import dev.reeve.daemon.service.ServiceEffect.SignalGroup;
import dev.reeve.daemon.service.ServiceEffect.Spawn;
import dev.reeve.daemon.service.ServiceEffect.SpawnFinish;
import dev.reeve.daemon.service.ServiceEffect.Terminate;
import dev.reeve.daemon.service.ServiceName;
import dev.reeve.daemon.service.Signal;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Turns effects into system calls, and what comes of them into facts. Belongs to the loop's thread.
public final class Processes {
    private final Kernel kernel;
    private final EventLoop loop;
    private final Spawners spawners;
    private final Log log;
    private final Reaper reaper;
    private final ServiceTable services;
    private final ServiceErrands errands;
    private final Optional<ScanDirectory> scanDirectory;
    private final Signals signals;
    private final GivenBack givenBack;
    private final Doubt doubt = new Doubt();

    /// `scan` says which directory is scanned, if one is.
    public Processes(
            Optional<ScanSettings> scan,
            SpawnSupplies supplies,
            EventLoop loop,
            Spawners spawners,
            ProcessFacts facts) {
        this.kernel = supplies.kernel();
        this.loop = loop;
        this.spawners = spawners;
        this.log = supplies.log();
        this.reaper = new Reaper(kernel, log);
        this.services = new ServiceTable(kernel);
        Children children = new Children(kernel, loop, reaper, facts, doubt, log);
        this.errands = new ServiceErrands(
                supplies, loop, spawners, children, reaper, facts, doubt, new DescriptorStore(kernel, loop, log));
        this.signals = new Signals(kernel, log, supplies.output());
        this.givenBack = new GivenBack(supplies, errands, facts, this::vanishIfInactive);
        this.scanDirectory = scan.map(it -> new ScanDirectory(it, supplies, spawners, services, facts));
    }

    /// Only directories with these names become services, until others are admitted, and the scan directory is read
    /// again.
    public void admit(Predicate<String> names) {
        scanDirectory.ifPresent(it -> it.admit(names));
    }

    /// Reads the scan directory, if there is one, and tells what came of it once the [ProcessFacts] were told.
    /// Answers whether there is one.
    public boolean scan(Consumer<ScanReport> report, Moment now) {
        scanDirectory.ifPresent(it -> it.read(report, now));
        return scanDirectory.isPresent();
    }

    /// Reads the scan directory, if there is one, as s6-svscan does: what is new is taken up, and what is not there any
    /// more goes on until it is pruned.
    public void scanAndKeep(Moment now) {
        scanDirectory.ifPresent(it -> it.scan(now));
    }

    /// What was not in the scan directory when it was last read ends, once the readings that were asked for before
    /// have been done; each logger after its service, or with it.
    public void prune(boolean loggersToo) {
        scanDirectory.ifPresent(it -> it.prune(loggersToo));
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

    /// The service is at rest: it is down, or has failed for good.
    public void rests(ServiceName name) {
        @Nullable ServiceProcess service = services.find(name);
        if (service != null) {
            errands.closeBelongings(service, now());
        }
    }

    /// What is held of the service's directory is given back, and taken again a second later. The service rests.
    public void giveBack(ServiceName name, Moment now) {
        ServiceProcess service = services.find(name);
        if (service != null) {
            givenBack.add(service, now);
        }
    }

    private boolean vanishIfInactive(ServiceProcess service) {
        return scanDirectory.isPresent() && scanDirectory.get().vanishIfInactive(service);
    }

    /// The fleet knows no service of this name any more.
    public void forget(ServiceName name) {
        rests(name);
        @Nullable ServiceProcess service = services.find(name);
        if (service != null) {
            errands.removeNotifySocket(service, now());
        }
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
            case Spawn() -> errands.spawnRun(service, now);
            case SpawnFinish(Pid run, ExitStatus exit, boolean orRun) ->
                errands.spawnFinish(service, run, exit, orRun, now);
            case ReadStopSettings() -> errands.readStopSettings(service, now);
            case ReadReloadSignal(Pid pid) -> errands.readReloadSignal(service, pid, now);
            case KeepDown(boolean isKept) -> errands.keepDown(service, isKept, now);
            case SendSignal(Pid pid, Signal signal) -> signals.send(service, pid, signal);
            case Terminate(Pid pid, Signal signal) -> signals.terminate(service, pid, signal, now);
            case Kill(Pid pid) -> signals.send(service, pid, Signal.KILL);
            case SignalGroup(Pid leader, Signal signal) -> signals.sendToGroup(service, leader, signal);
            case KillGroup(Pid leader) -> signals.killGroup(service, leader);
        }
    }

    /// From now on nothing is started any more: a logger that is to end is given the rest of its input first, unless
    /// loggers are to end at once.
    public void shutDown(boolean loggersAtOnce) {
        signals.shutDown(loggersAtOnce);
    }

    /// What there is of the service besides its state.
    public Evidence evidence(ServiceName name) {
        @Nullable ServiceProcess service = services.find(name);
        return service == null ? new Evidence.Nothing() : service.evidence();
    }

    /// Whether an error of our own may have lost a fact since this was asked for the last time.
    public boolean takeDoubt() {
        return doubt.take();
    }

    /// How many descriptors are open for services, by what they are for.
    public Map<String, Long> descriptors() {
        return services.descriptors();
    }

    /// What is held of the service's directory; nothing, where there is no such service.
    public DirectoryHold hold(ServiceName name) {
        ServiceProcess service = services.find(name);
        return service == null ? DirectoryHold.NONE : service.hold;
    }

    /// A SIGCHLD has arrived.
    public void childSignalled(int pid, Moment now) {
        reaper.childSignalled(pid, now);
    }

    /// Someone wants ended children to be looked for.
    public void reap(Moment now) {
        reaper.search(now);
    }

    /// When [#check] is next due.
    public Moment nextCheck() {
        Moment next = earlier(
                earlier(spawners.nextCheck(), reaper.nextCheck()), earlier(signals.nextCheck(), givenBack.nextCheck()));
        return scanDirectory.isPresent() ? earlier(next, scanDirectory.get().nextCheck()) : next;
    }

    private static Moment earlier(Moment one, Moment other) {
        return other.isBefore(one) ? other : one;
    }

    /// Does what is due: a further spawner thread, a search for orphans, a late signal, a look at the scan
    /// directory.
    public void check(Moment now) {
        spawners.check(now);
        reaper.check(now);
        signals.check(now);
        givenBack.check(now);
        scanDirectory.ifPresent(it -> it.check(now));
    }

    private Moment now() {
        return new Moment(kernel.monotonicNanos());
    }
}
