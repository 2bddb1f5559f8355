package dev.reeve.protocol;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Why one service is as it is: how it is, who asked for what, and what comes next.
///
/// `requests` are the last requests that touched it, the oldest first: at most one that said whether it should
/// run, and one of another kind after it. None: nobody has asked for anything since it was found. `next` is null
/// where nothing is under way.
public record Explanation(
        ServiceStatus service,
        List<Asked> requests,
        @Nullable Next next) {

    /// Someone asked for this (`op`, the word of the protocol) at that time. The peer is as the kernel told it
    /// when it connected; `pid` is 0 where it is in another PID namespace. `command` is its command line as far as
    /// it could be read, or null; it is the peer's own word. `through` is the file by which it was asked for, where
    /// nobody knows by whom (`uid` and `gid` are -1 then, and `pid` 0), or null.
    public record Asked(
            String op,
            Instant at,
            int uid,
            int gid,
            int pid,
            @Nullable String command,
            @Nullable String through) {
        public Asked(String op, Instant at, int uid, int gid, int pid, @Nullable String command) {
            this(op, at, uid, gid, pid, command, null);
        }

        /// By somebody who is not known.
        public static Asked through(String op, Instant at, String file) {
            return new Asked(op, at, -1, -1, 0, null, file);
        }
    }

    /// What the service waits for, and until when; `at` is null where it waits without limit.
    public record Next(Step step, @Nullable Instant at) {}

    /// What comes next, unless something else comes first.
    public enum Step {
        /// It is started, at that time.
        START,
        /// Its program is executed: as soon as the disk answers.
        EXECUTE,
        /// It says that it is ready.
        READINESS,
        /// Its process is sent the signal to end by: as soon as its files are read, at that time at the latest.
        TERMINATE,
        /// Its process ends; if it still runs at that time, it is killed.
        KILL,
        /// Its process, which was sent SIGKILL, ends; at that time the signal is sent again.
        KILL_AGAIN;

        /// As written in the protocol: lower case, with hyphens.
        public String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }
}
