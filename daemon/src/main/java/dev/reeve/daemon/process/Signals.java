package dev.reeve.daemon.process;

import dev.reeve.bridge.Errno;
import dev.reeve.bridge.ErrnoException;
import dev.reeve.bridge.Kernel;
import dev.reeve.daemon.log.Log;
import dev.reeve.daemon.process.ServiceProcess.Child;
import dev.reeve.daemon.service.Moment;
import dev.reeve.daemon.service.Pid;
import dev.reeve.daemon.service.Program;
import dev.reeve.daemon.service.ServiceName;
import dev.reeve.daemon.service.Signal;
import org.jspecify.annotations.Nullable;

/// Sends signals to services' processes, which may have ended: then the fact of that is on its way.
final class Signals {
    private final Kernel kernel;
    private final Log log;
    private final LaterSignals laterSignals = new LaterSignals();
    private final CommonOutput output;
    private boolean shuttingDown;
    private boolean loggersToo;

    /// `output` is what the catch-all logger reads.
    Signals(Kernel kernel, Log log, CommonOutput output) {
        this.output = output;
        this.kernel = kernel;
        this.log = log;
    }

    /// From now on a logger that is to end is given the rest of its input first, unless loggers are to end at once.
    void shutDown(boolean loggersAtOnce) {
        shuttingDown = true;
        loggersToo |= loggersAtOnce;
    }

    Moment nextCheck() {
        return laterSignals.nextCheck();
    }

    void check(Moment now) {
        laterSignals.check(now);
    }

    /// A logger of a service that will not run again ends by itself when it has read everything; its signal, which
    /// would have it leave the rest unread, is kept for one that does not. Someone may have it end
    /// before its service, whose `finish` is to get the pipe still.
    void terminate(ServiceProcess service, Pid pid, Signal signal, Moment now) {
        @Nullable LogPipe logPipe = service.logPipe;
        boolean isLastOfAll = (shuttingDown || service.leaving) && !service.isWrittenTo();
        boolean isSpared = !loggersToo && !service.endsUnread;
        if (isLastOfAll && isSpared && logPipe != null && service.isLogger()) {
            logPipe.endInput();
            laterSignals.add(now, () -> terminate(service, pid, signal));
            return;
        }
        if (shuttingDown && isSpared && service.name().equals(ServiceName.CATCH_ALL_LOGGER)) {
            endOwnOutput();
            laterSignals.add(now, () -> terminate(service, pid, signal));
            return;
        }
        terminate(service, pid, signal);
    }

    /// What the catch-all logger reads is the daemon's own output, and that of its children, which have ended.
    private void endOwnOutput() {
        try {
            output.end();
        } catch (ErrnoException e) {
            log.warning("the console cannot be restored: " + e.getMessage());
        }
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
    boolean send(ServiceProcess service, Pid pid, Signal signal) {
        @Nullable Child child = service.child;
        return child == null
                || child.pid() != pid.number()
                || sending(service, signal, "pid", pid, () -> child.handle().signal(signal.number()));
    }

    /// To the group, and to a main process that has left it.
    void killGroup(ServiceProcess service, Pid leader) {
        sendToGroup(service, leader, Signal.KILL);
        @Nullable Child child = service.child;
        if (child != null && child.program() == Program.RUN && child.pid() != leader.number()) {
            send(service, new Pid(child.pid()), Signal.KILL);
        }
    }

    void sendToGroup(ServiceProcess service, Pid leader, Signal signal) {
        if (isItsGroup(service, leader)) {
            sending(
                    service,
                    signal,
                    "process group",
                    leader,
                    () -> kernel.signalGroup(leader.number(), signal.number()));
        }
    }

    /// Until its leader was reaped, the group's number is no other's; nor afterwards, while a process is in the session
    /// that has the same number.
    private boolean isItsGroup(ServiceProcess service, Pid leader) {
        @Nullable Child child = service.child;
        @Nullable Child first = service.leader;
        if (child == null || child.pid() == leader.number()) {
            return child != null;
        }
        if (first != null) {
            return first.pid() == leader.number();
        }
        try {
            return kernel.sessionOf(child.pid()) == leader.number();
        } catch (ErrnoException e) {
            log.warning("service " + service.name() + ": its process group cannot be signalled: " + e.getMessage());
            return false;
        }
    }

    private boolean sending(ServiceProcess service, Signal signal, String whom, Pid pid, Sending sending) {
        try {
            sending.send();
        } catch (ErrnoException e) {
            if (e.errno() != Errno.ESRCH) {
                log.warning(saying(service, signal, whom, pid) + ": " + e.getMessage());
                return false;
            }
        } catch (RuntimeException | Error e) {
            log.bug(saying(service, signal, whom, pid), e);
            return false;
        }
        return true;
    }

    private static String saying(ServiceProcess service, Signal signal, String whom, Pid pid) {
        return "service " + service.name() + ": " + signal + " to " + whom + " " + pid.number();
    }

    private interface Sending {
        void send() throws ErrnoException;
    }

    private Moment now() {
        return new Moment(kernel.monotonicNanos());
    }
}
