package dev.reeve.cli.s6;

import dev.reeve.cli.outside.ClientFailure;
import dev.reeve.cli.outside.ExitCode;
import dev.reeve.protocol.ServicePhase;
import dev.reeve.protocol.ServiceStatus;
import dev.reeve.protocol.ServiceStatus.Exit;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// How a service is, in s6's words.
///
/// `pid` is that of `run`, or -1 where that does not live: it is `up` while it does. `exit` is how it last
/// ended, or null if it was never started. `now` is when it was asked.
record SvStatus(
        int pid,
        boolean wantedUp,
        boolean normallyUp,
        boolean ready,
        boolean paused,
        @Nullable Exit exit,
        Instant changed,
        Instant readyChanged,
        Instant now) {
    private static final int NONE = -1;

    static SvStatus of(ServiceStatus status, boolean normallyUp, Instant now) throws ClientFailure {
        ServiceStatus.S6 s6 = s6(status);
        Integer pid = status.pid();
        boolean isUp = pid != null && status.phase() != ServicePhase.FINISHING;
        return new SvStatus(
                isUp && pid != null ? pid : NONE,
                status.wantedUp() && !status.once(),
                normallyUp,
                s6.ready(),
                status.paused() || (!isUp && status.exit() == null),
                status.exit(),
                s6.changed().isAfter(now) ? now : s6.changed(),
                s6.readyChanged(),
                now);
    }

    /// What daemons tell that know of s6.
    static ServiceStatus.S6 s6(ServiceStatus status) throws ClientFailure {
        ServiceStatus.S6 s6 = status.s6();
        if (s6 == null) {
            throw new ClientFailure(
                    ExitCode.UNREACHABLE, "the daemon is older than this reeve: use the reeve that came with it");
        }
        return s6;
    }

    boolean up() {
        return pid != NONE;
    }

    /// The exit code of the last `run`, or -1 while another lives or where a signal ended it.
    int exitCode() {
        if (up()) {
            return NONE;
        }
        return switch (exit) {
            case Exit.Code(int code) -> code;
            case Exit.Signal _ -> NONE;
            case null -> 0;
        };
    }

    /// The signal that ended the last `run`, or null while another lives or where it exited.
    @Nullable
    String signal() {
        return !up() && exit instanceof Exit.Signal(String name) ? name : null;
    }

    Duration changedFor() {
        return Duration.between(changed, now);
    }

    Duration readyFor() {
        return Duration.between(readyChanged, now);
    }

    /// For people.
    String sentence(boolean asNumber) {
        StringBuilder line = new StringBuilder(up() ? "up (pid " + pid + " pgid " + pid : "down (" + end(asNumber))
                .append(") ")
                .append(changedFor().toSeconds())
                .append(" seconds");
        if (up() != normallyUp) {
            line.append(up() ? ", normally down" : ", normally up");
        }
        if (up() && paused) {
            line.append(", paused");
        }
        if (up() != wantedUp) {
            line.append(up() ? ", want down" : ", want up");
        }
        if (ready) {
            line.append(", ready ").append(readyFor().toSeconds()).append(" seconds");
        }
        return line.toString();
    }

    private String end(boolean asNumber) {
        if (exit == null) {
            return "not started yet";
        }
        String signal = signal();
        if (signal == null) {
            return "exitcode " + exitCode();
        }
        return "signal " + (asNumber ? SignalNumbers.of(signal) : signal);
    }
}
