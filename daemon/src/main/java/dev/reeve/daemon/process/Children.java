package dev.reeve.daemon.process;

import dev.reeve.bridge.DatagramFd;
import dev.reeve.bridge.ErrnoException;
import dev.reeve.bridge.EventLoop;
import dev.reeve.bridge.Kernel;
import dev.reeve.bridge.Kernel.ChildEnd;
import dev.reeve.bridge.PidFd;
import dev.reeve.bridge.PipeEnd;
import dev.reeve.daemon.log.Log;
import dev.reeve.daemon.process.ServiceProcess.Child;
import dev.reeve.daemon.service.ExitStatus;
import dev.reeve.daemon.service.Pid;
import dev.reeve.daemon.service.Program;
import dev.reeve.daemon.service.ServiceEvent;
import dev.reeve.daemon.service.ServiceEvent.FinishEnded;
import dev.reeve.daemon.service.ServiceEvent.MainProcessTold;
import dev.reeve.daemon.service.ServiceEvent.ProcessEnded;
import dev.reeve.daemon.service.Signal;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Watches the processes of the services for their ends.
final class Children {
    /// What a shell says of a process of which it knows nothing.
    private static final int UNKNOWN_EXIT_CODE = 127;

    private final Kernel kernel;
    private final EventLoop loop;
    private final Reaper reaper;
    private final ProcessFacts facts;
    private final Doubt doubt;
    private final Log log;

    Children(Kernel kernel, EventLoop loop, Reaper reaper, ProcessFacts facts, Doubt doubt, Log log) {
        this.kernel = kernel;
        this.loop = loop;
        this.reaper = reaper;
        this.facts = facts;
        this.doubt = doubt;
        this.log = log;
    }

    /// From now on this is the service's process, and its end will be told. Where it cannot be watched (ENOSPC,
    /// ENOMEM), it is killed and left to the reaper. If an error of our own comes between, it is the service's all
    /// the same, and SIGCHLD tells its end.
    void watch(ServiceProcess service, Program program, SpawnedProcess process) throws ErrnoException {
        PidFd handle = take(service, program, process);
        try {
            loop.watch(handle);
        } catch (ErrnoException e) {
            reaper.remove(process.pid());
            service.child = null;
            killUnwatched(handle);
            throw e;
        }
    }

    /// From now on this is the main process of a service whose `run` lives, or lived: the end of this one will be told.
    /// What was executed as `run` is watched on: until it is reaped, the number of its process group is no other's.
    /// Where the new one cannot be watched, all stays as it was.
    void goOnAs(ServiceProcess service, Child before, SpawnedProcess process) throws ErrnoException {
        PidFd handle = handle(service, Program.RUN, process, Optional.empty());
        try {
            loop.watch(handle);
        } catch (ErrnoException | RuntimeException | Error e) {
            handle.close();
            throw e;
        }
        if (before.isExecuted()) {
            service.leader = before;
        } else {
            leaveToReaper(before);
        }
        reaper.add(process.pid(), handle);
        service.child = new Child(Program.RUN, process.pid(), handle, false);
        tell(service, new MainProcessTold(new Pid(process.pid())));
    }

    /// From now on what was executed as `run` is the main process of the service again.
    void goBackTo(ServiceProcess service, Child leader, Child before) {
        leaveToReaper(before);
        service.leader = null;
        service.child = leader;
        tell(service, new MainProcessTold(new Pid(leader.pid())));
    }

    /// It is the service's no longer. Where it is a child of ours it will be reaped.
    private void leaveToReaper(Child child) {
        reaper.remove(child.pid());
        child.handle().close();
    }

    private PidFd take(ServiceProcess service, Program program, SpawnedProcess process) throws ErrnoException {
        try {
            PidFd handle = handle(service, program, process, reaper.endBeforeReport(process.pid()));
            Child child = new Child(program, process.pid(), handle, true);
            reaper.add(process.pid(), handle);
            service.child = child;
            return handle;
        } catch (RuntimeException | Error e) {
            process.abandon(kernel);
            throw e;
        }
    }

    private PidFd handle(
            ServiceProcess service, Program program, SpawnedProcess process, Optional<ChildEnd> endBeforeReport) {
        return new PidFd(kernel, process.pidfd(), new PidFd.Listener() {
            @Override
            public void onEnded(ChildEnd end) {
                ended(service, program, end.pid(), exitStatus(end));
            }

            @Override
            public void onFailed(ErrnoException e) {
                if (endBeforeReport.isEmpty()) {
                    log.warning(
                            "service " + service.name() + ": how its process ended is not known: " + e.getMessage());
                }
                ExitStatus exit =
                        endBeforeReport.map(Children::exitStatus).orElse(new ExitStatus.Exited(UNKNOWN_EXIT_CODE));
                ended(service, program, process.pid(), exit);
            }
        });
    }

    private static void killUnwatched(PidFd handle) throws ErrnoException {
        try {
            handle.signal(Signal.KILL.number());
        } finally {
            handle.close();
        }
    }

    private void ended(ServiceProcess service, Program program, int pid, ExitStatus exit) {
        try {
            readLastWords(service);
        } finally {
            reaper.reaped(pid);
            @Nullable Child leader = service.leader;
            if (leader != null && leader.pid() == pid) {
                // Its main process lives on.
                service.leader = null;
            } else {
                if (leader != null) {
                    terminate(service, leader);
                }
                service.ended();
                tell(service, program == Program.RUN ? new ProcessEnded(exit) : new FinishEnded(exit));
            }
        }
    }

    /// What was executed as `run` and has outlived its service's main process is asked to end, and is waited for no
    /// longer.
    private void terminate(ServiceProcess service, Child leader) {
        try {
            leader.handle().signal(Signal.TERM.number());
            leader.handle().signal(Signal.CONT.number());
        } catch (ErrnoException e) {
            log.warning("service " + service.name() + ": SIGTERM to pid " + leader.pid()
                    + ", which was its run and runs on: " + e.getMessage());
        } finally {
            leaveToReaper(leader);
        }
    }

    /// What a process said in its last moments counts.
    private static void readLastWords(ServiceProcess service) {
        @Nullable DatagramFd notifications = service.notifications;
        if (notifications != null) {
            notifications.readLast();
        }
        @Nullable PipeEnd readiness = service.readiness;
        if (readiness != null && !readiness.isClosed()) {
            readiness.onReadable();
        }
    }

    private void tell(ServiceProcess service, ServiceEvent event) {
        try {
            facts.happened(service.name(), event);
        } catch (RuntimeException | Error e) {
            doubt.raise();
            throw e;
        }
    }

    private static ExitStatus exitStatus(ChildEnd end) {
        return end.signalled() ? new ExitStatus.Killed(new Signal(end.code())) : new ExitStatus.Exited(end.code());
    }
}
