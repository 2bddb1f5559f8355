package dev.reeve.protocol;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// One service as a client sees it.
///
/// `ready` is true only while it is up and ready. `pid` is that of the process that runs, `finish` included, or null.
/// `since` is when the phase last changed. `exit` tells how `run` last ended, or is null when it never has. `restarts`
/// counts how often its process ended without being asked, which starts it again. `reason` says why it is backing
/// off or failed, or is null. One that is wanted up only `once` is not started again when it ends; one that is `paused`
/// was sent SIGSTOP by way of the daemon. `s6` is null in the words of a daemon that does not tell it yet.
/// `status` is how it is in its own words, or null; one that is `reloading` says that it reads its configuration again.
public record ServiceStatus(
        String name,
        ServicePhase phase,
        boolean ready,
        boolean wantedUp,
        @Nullable Integer pid,
        Instant since,
        @Nullable Exit exit,
        long restarts,
        @Nullable String reason,
        boolean once,
        boolean paused,
        @Nullable S6 s6,
        @Nullable String status,
        boolean reloading) {

    /// Of one that says nothing of itself.
    public ServiceStatus(
            String name,
            ServicePhase phase,
            boolean ready,
            boolean wantedUp,
            @Nullable Integer pid,
            Instant since,
            @Nullable Exit exit,
            long restarts,
            @Nullable String reason,
            boolean once,
            boolean paused,
            @Nullable S6 s6) {
        this(name, phase, ready, wantedUp, pid, since, exit, restarts, reason, once, paused, s6, null, false);
    }

    public ServiceStatus(
            String name,
            ServicePhase phase,
            boolean ready,
            boolean wantedUp,
            @Nullable Integer pid,
            Instant since,
            @Nullable Exit exit,
            long restarts,
            @Nullable String reason) {
        this(name, phase, ready, wantedUp, pid, since, exit, restarts, reason, false, false, null);
    }

    /// What s6-svstat tells besides. `changed` is when `run` last came up or ended, `readyChanged` when it last
    /// became `ready`: that is, while `run` lives, that it has announced so, and else that it is really down,
    /// `finish` being over.
    public record S6(Instant changed, Instant readyChanged, boolean ready) {}

    /// How a process ended.
    public sealed interface Exit {
        /// It exited with a code from 0 to 255.
        record Code(int code) implements Exit {}

        /// A signal ended it, named as in `SIGKILL`.
        record Signal(String name) implements Exit {}
    }
}
