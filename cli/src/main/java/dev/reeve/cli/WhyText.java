package dev.reeve.cli;

import dev.reeve.protocol.Explanation;
import dev.reeve.protocol.Explanation.Asked;
import dev.reeve.protocol.Explanation.Next;
import dev.reeve.protocol.ServicePhase;
import dev.reeve.protocol.ServiceStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// An [Explanation] in sentences: how the service is, then one cause a line.
final class WhyText {

    private WhyText() {}

    static List<String> lines(Explanation explanation, Instant now) {
        ServiceStatus service = explanation.service();
        List<String> lines = new ArrayList<>();
        lines.add(state(service, now));
        if (explanation.requests().isEmpty()) {
            lines.add("  Nobody has asked for anything since it was found.");
        }
        for (Asked asked : explanation.requests()) {
            lines.add("  " + asked.op() + " was asked for " + peer(asked) + ", " + ago(asked.at(), now) + ".");
        }
        if (service.exit() != null) {
            lines.add("  " + lastExit(service));
        }
        if (service.reason() != null) {
            lines.add("  The reason: " + service.reason());
        }
        if (service.reloading()) {
            lines.add("  It reads its configuration again, and has not said that it has.");
        }
        if (service.status() != null) {
            lines.add("  It says: " + service.status());
        }
        lines.add("  " + next(service, explanation.next(), now));
        return lines;
    }

    private static String state(ServiceStatus service, Instant now) {
        String pid = service.pid() == null ? "" : " with pid " + service.pid();
        String ready = service.phase() == ServicePhase.UP && service.ready() ? " and ready" : "";
        return service.name() + " has been " + service.phase().word().replace('-', ' ') + ready + pid + " for "
                + StatusTable.age(Duration.between(service.since(), now)) + ", and is wanted "
                + (service.wantedUp() ? service.once() ? "up until it ends by itself" : "up" : "down") + "."
                + (service.paused() ? " It is paused: reeve signal CONT " + service.name() + " has it go on." : "");
    }

    private static String peer(Asked asked) {
        if (asked.through() != null) {
            return "through " + asked.through();
        }
        String user = "by " + (asked.uid() == 0 ? "root" : "user " + Integer.toUnsignedString(asked.uid()));
        String command = asked.command();
        if (asked.pid() == 0) {
            return user + " (in another PID namespace)";
        }
        return user + " (pid " + asked.pid() + (command == null ? "" : ": " + command) + ")";
    }

    private static String lastExit(ServiceStatus service) {
        String how = switch (service.exit()) {
            case null -> "somehow";
            case ServiceStatus.Exit.Code(int code) -> "with exit code " + code;
            case ServiceStatus.Exit.Signal(String name) -> "by " + name;
        };
        String again = switch ((int) Math.min(2, service.restarts())) {
            case 0 -> ".";
            case 1 -> "; it ended unasked and was started again once.";
            default -> "; it ended unasked and was started again " + service.restarts() + " times.";
        };
        return "Its run last ended " + how + again;
    }

    private static String next(ServiceStatus service, @Nullable Next next, Instant now) {
        if (next == null) {
            return switch (service.phase()) {
                case UP ->
                    service.once()
                            ? "Nothing is to come: it will not be started again when it ends."
                            : "Nothing is to come: it stays up.";
                case FAILED -> "It stays so until someone starts it: reeve start " + service.name();
                case DOWN, STARTING, STOPPING, FINISHING, BACKING_OFF ->
                    "Nothing is to come: it stays so until someone asks.";
            };
        }
        Instant at = next.at();
        String in = at == null ? "" : " in " + in(at, now);
        String program = service.phase() == ServicePhase.FINISHING ? "finish" : "run";
        return switch (next.step()) {
            case START -> "It is started again" + in + ".";
            case EXECUTE -> "Its " + program + " is being executed, which takes as long as the disk does.";
            case READINESS ->
                "It waits for run to say that it is ready"
                        + (at == null ? ", without limit." : ", and no longer than" + in + ".");
            case TERMINATE ->
                "Its files are read, to know which signal to end it by"
                        + (at == null ? "." : "; if that takes longer, it is sent" + in + " anyway.");
            case KILL ->
                at == null
                        ? "It waits for " + program + " to end, without limit: give it a timeout-"
                                + (program.equals("run") ? "kill" : "finish") + ", or reeve signal KILL "
                                + service.name() + "."
                        : "It waits for " + program + " to end; it is killed" + in + " if it has not.";
            case KILL_AGAIN ->
                "It was sent SIGKILL and has not ended; it is sent again" + in
                        + ". A process that waits for a disk cannot be killed.";
        };
    }

    private static String ago(Instant then, Instant now) {
        return StatusTable.age(Duration.between(then, now)) + " ago";
    }

    private static String in(Instant then, Instant now) {
        Duration left = Duration.between(now, then);
        if (left.isNegative()) {
            return "a moment";
        }
        return left.toSeconds() < 10 ? left.toSeconds() + "." + left.toMillisPart() / 100 + "s" : StatusTable.age(left);
    }
}
