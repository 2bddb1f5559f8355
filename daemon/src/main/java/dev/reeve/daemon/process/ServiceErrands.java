package dev.reeve.daemon.process;

import dev.reeve.bridge.DatagramFd;
import dev.reeve.bridge.ErrnoException;
import dev.reeve.bridge.EventLoop;
import dev.reeve.bridge.Kernel;
import dev.reeve.bridge.PipeEnd;
import dev.reeve.daemon.config.ServiceFileReader;
import dev.reeve.daemon.config.ServiceFiles;
import dev.reeve.daemon.log.Log;
import dev.reeve.daemon.notify.Notification;
import dev.reeve.daemon.service.ExitStatus;
import dev.reeve.daemon.service.Moment;
import dev.reeve.daemon.service.Pid;
import dev.reeve.daemon.service.Program;
import dev.reeve.daemon.service.ServiceEvent;
import dev.reeve.daemon.service.ServiceEvent.BecameReady;
import dev.reeve.daemon.service.ServiceEvent.FinishSkipped;
import dev.reeve.daemon.service.ServiceEvent.FinishSpawned;
import dev.reeve.daemon.service.ServiceEvent.ReloadSignalRead;
import dev.reeve.daemon.service.ServiceEvent.SpawnFailed;
import dev.reeve.daemon.service.ServiceEvent.Spawned;
import dev.reeve.daemon.service.ServiceEvent.StopSettingsRead;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// What is done off the loop for a service, and what follows when it comes home.
///
/// What an errand takes is given back however it ends: its program counts as being spawned no longer, the reaper waits
/// for it no longer, and its directory may be closed. Only when an errand is out is anything taken.
final class ServiceErrands {
    private final SpawnSupplies supplies;
    private final Kernel kernel;
    private final EventLoop loop;
    private final Spawners spawners;
    private final Children children;
    private final Reaper reaper;
    private final ProcessFacts facts;
    private final Doubt doubt;
    private final ServiceMembers members;
    private final Succession succession;
    private final DescriptorStore store;
    private final Log log;

    ServiceErrands(
            SpawnSupplies supplies,
            EventLoop loop,
            Spawners spawners,
            Children children,
            Reaper reaper,
            ProcessFacts facts,
            Doubt doubt,
            DescriptorStore store) {
        this.supplies = supplies;
        this.kernel = supplies.kernel();
        this.loop = loop;
        this.spawners = spawners;
        this.children = children;
        this.reaper = reaper;
        this.facts = facts;
        this.doubt = doubt;
        this.members = new ServiceMembers(kernel);
        this.succession = new Succession(supplies, members, children, reaper);
        this.store = store;
        this.log = supplies.log();
    }

    void spawnRun(ServiceProcess service, Moment now) {
        spawn(service, Program.RUN, runErrand(service), now);
    }

    private RunErrand runErrand(ServiceProcess service) {
        RunErrand.Homecoming homecoming = new RunErrand.Homecoming() {
            @Override
            public void spawned(SpawnedRun run) {
                runSpawned(service, run);
            }

            @Override
            public void failed(String problem) {
                tell(service, new SpawnFailed(problem));
            }
        };
        RunErrand.Belongings belongings =
                new RunErrand.Belongings(service.number, service.sockets, service.stored.lend());
        return new RunErrand(supplies, service.directory, belongings, homecoming);
    }

    /// Where there is no `finish`, and `orRun`, the same errand executes `run`: on the way here and back for the order
    /// there would be the loop, twice, and someone waits.
    void spawnFinish(ServiceProcess service, Pid run, ExitStatus exit, boolean orRun, Moment now) {
        FinishErrand.Homecoming homecoming = new FinishErrand.Homecoming() {
            @Override
            public void spawned(SpawnedProcess process, Optional<Duration> timeout) {
                finishSpawned(service, process, timeout);
            }

            @Override
            public void skipped() {
                tell(service, new FinishSkipped(false));
            }
        };
        FinishErrand errand = new FinishErrand(supplies, service.directory, service.hold, run, exit, homecoming);
        Errand either = orRun
                ? new FinishOrRunErrand(errand, runErrand(service), spawners::mention, () -> runFollows(service))
                : errand;
        spawn(service, Program.FINISH, either, now);
    }

    private void runFollows(ServiceProcess service) {
        service.spawning = Program.RUN;
        try {
            tell(service, new FinishSkipped(true));
        } catch (RuntimeException | Error e) {
            doubt.raise();
            throw e;
        }
    }

    /// Where they cannot be read, the machine uses what was read at the start.
    void readStopSettings(ServiceProcess service, Moment now) {
        Errand errand = new SettingErrand<>(
                supplies,
                service.directory,
                ServiceFiles.OF_STOP_SETTINGS,
                ServiceFileReader::stopSettings,
                settings -> tell(service, new StopSettingsRead(settings)));
        submit(service, errand, () -> {}, now);
    }

    /// Where it cannot be read, nothing is sent: what means "reload" to one service ends another.
    void readReloadSignal(ServiceProcess service, Pid pid, Moment now) {
        Errand errand = new SettingErrand<>(
                supplies,
                service.directory,
                ServiceFiles.OF_RELOAD_SIGNAL,
                ServiceFileReader::reloadSignal,
                signal -> tell(service, new ReloadSignalRead(pid, signal)));
        submit(service, errand, () -> {}, now);
    }

    /// Where several are asked for one after the other, the last counts: one errand at a time writes the file.
    void keepDown(ServiceProcess service, boolean isKept, Moment now) {
        if (service.hold.keepDown(isKept)) {
            return;
        }
        service.keptDown = isKept;
        if (!service.downFileIsWritten) {
            service.downFileIsWritten = true;
            writeDownFile(service, isKept, now);
        }
    }

    /// The errand uses the service's directory.
    void submit(ServiceProcess service, Errand errand, Moment now) {
        submit(service, errand, () -> {}, now);
    }

    private void writeDownFile(ServiceProcess service, boolean isKept, Moment now) {
        Runnable written = () -> {
            service.downFileIsWritten = false;
            if (service.keptDown != isKept) {
                keepDown(service, service.keptDown, new Moment(kernel.monotonicNanos()));
            }
        };
        submit(service, new DownFileErrand(kernel, log, service.directory, isKept, written), () -> {}, now);
    }

    /// Nothing of it runs, and nothing will: whoever waits to be served is refused, and nobody has a use for what it
    /// has stored. Where an errand is out that may execute it all the same, that has them.
    void closeBelongings(ServiceProcess service, Moment now) {
        if (service.spawning != null) {
            return;
        }
        service.stored.closeAll();
        List<OpenSocket> closed = service.sockets.closeAll(kernel);
        if (!closed.isEmpty()) {
            spawners.submit(new RemoveSocketsErrand(supplies, service.name(), service.sockets, closed), now);
        }
    }

    /// No service has this socket any more, if there was one.
    void removeNotifySocket(ServiceProcess service, Moment now) {
        if (service.hasHadNotifySocket) {
            submit(service, new NotifySocketRemovalErrand(supplies, service.number), () -> {}, now);
        }
    }

    private void spawn(ServiceProcess service, Program program, Errand errand, Moment now) {
        submit(
                service,
                errand,
                () -> {
                    service.spawning = null;
                    service.stored.giveBack();
                    reaper.spawnEnds();
                },
                now);
        service.spawning = program;
        reaper.spawnBegins();
    }

    /// While an errand is out, the directory that it uses stays open.
    private void submit(ServiceProcess service, Errand errand, Runnable atItsEnd, Moment now) {
        spawners.submit(
                new Errand() {
                    @Override
                    public Runnable run() {
                        Runnable result = errand.run();
                        return () -> comingHome(result);
                    }

                    @Override
                    public void failed(Throwable cause) {
                        comingHome(() -> errand.failed(cause));
                    }

                    private void comingHome(Runnable result) {
                        try {
                            result.run();
                        } catch (RuntimeException | Error e) {
                            doubt.raise();
                            throw e;
                        } finally {
                            atItsEnd.run();
                            service.errandEnds(kernel);
                        }
                    }
                },
                now);
        service.errandBegins();
    }

    private void runSpawned(ServiceProcess service, SpawnedRun run) {
        try (Descriptors announcements = new Descriptors(kernel)) {
            if (run.readiness() != RunErrand.NONE) {
                announcements.add(run.readiness());
            }
            run.notifySocket().ifPresent(socket -> announcements.add(socket.fd()));
            children.watch(service, Program.RUN, run.process());
            service.stored.limit(run.storedMax());
            tell(service, new Spawned(new Pid(run.process().pid()), run.settings()));
            if (run.notifySocket().isPresent()) {
                announcements.release(run.notifySocket().get().fd());
                watchNotifications(service, run.notifySocket().get());
            }
            if (run.readiness() != RunErrand.NONE) {
                watchReadiness(service, announcements.release(run.readiness()));
            }
        } catch (ErrnoException e) {
            tell(service, new SpawnFailed("it cannot be watched: " + e.getMessage()));
        }
    }

    private void watchNotifications(ServiceProcess service, NotifySocket socket) {
        service.hasHadNotifySocket = true;
        DatagramFd notifications = new DatagramFd(
                kernel,
                socket.fd(),
                fd -> supplies.limit().receive(fd, Notification.BYTES_MAX),
                new NotifyListener(service, socket, members, succession, store, facts, log));
        try {
            loop.watch(notifications);
            service.notifications = notifications;
        } catch (ErrnoException e) {
            notifications.close();
            log.warning("service " + service.name() + ": its notifications cannot be watched, so it counts as ready: "
                    + e.getMessage());
            tell(service, new BecameReady());
        } catch (RuntimeException | Error e) {
            notifications.close();
            tell(service, new BecameReady());
            throw e;
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
            tell(service, new BecameReady());
        } catch (RuntimeException | Error e) {
            pipe.close();
            tell(service, new BecameReady());
            throw e;
        }
    }

    private void finishSpawned(ServiceProcess service, SpawnedProcess process, Optional<Duration> timeout) {
        try {
            children.watch(service, Program.FINISH, process);
        } catch (ErrnoException e) {
            log.warning(
                    "service " + service.name() + ": its finish cannot be watched and was killed: " + e.getMessage());
            tell(service, new FinishSkipped(false));
            return;
        }
        tell(service, new FinishSpawned(new Pid(process.pid()), timeout));
    }

    private void tell(ServiceProcess service, ServiceEvent event) {
        facts.happened(service.name(), event);
    }
}
