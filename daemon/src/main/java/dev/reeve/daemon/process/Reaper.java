package dev.reeve.daemon.process;

import dev.reeve.bridge.ErrnoException;
import dev.reeve.bridge.Kernel;
import dev.reeve.bridge.Kernel.ChildEnd;
import dev.reeve.bridge.PidFd;
import dev.reeve.daemon.log.Log;
import dev.reeve.daemon.service.Moment;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Sees to it that every child is reaped, those that nobody here spawned (orphans, if we are PID 1) included.
///
/// A child of ours ends through its pidfd, and nothing is searched for. A SIGCHLD of a pid that is not ours asks for a
/// search at once; one of ours may have swallowed another's (pending signals of one number merge), so it asks for one
/// within a second. An unknown pid may also be a child whose spawner has not reported it yet: while a spawn is under
/// way, it is left for [#PATIENCE].
final class Reaper {
    private static final Duration COALESCED = Duration.ofSeconds(1);
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final int REAPED_AT_ONCE = 256;

    private final Kernel kernel;
    private final Log log;
    private final Map<Integer, PidFd> ours = new HashMap<>();
    private int spawnsUnderWay;
    private Moment searchDue = Moment.NEVER;
    private int unknownPid;
    private Moment unknownSince = Moment.NEVER;

    Reaper(Kernel kernel, Log log) {
        this.kernel = kernel;
        this.log = log;
    }

    void spawnBegins() {
        spawnsUnderWay++;
    }

    /// The spawner has come home. What may have waited for that is looked at again.
    void spawnEnds(Moment now) {
        spawnsUnderWay--;
        if (unknownPid != 0) {
            searchDue = now;
        }
    }

    void add(int pid, PidFd handle) {
        ours.put(pid, handle);
    }

    void remove(int pid) {
        ours.remove(pid);
    }

    /// A SIGCHLD has arrived, for this child at least.
    void childSignalled(int pid, Moment now) {
        Moment due = ours.containsKey(pid) ? now.plus(COALESCED) : now;
        if (due.isBefore(searchDue)) {
            searchDue = due;
        }
    }

    Moment nextCheck() {
        return searchDue;
    }

    void check(Moment now) {
        if (now.isBefore(searchDue)) {
            return;
        }
        searchDue = Moment.NEVER;
        try {
            for (int reaped = 0; reaped < REAPED_AT_ONCE; reaped++) {
                ChildEnd end = kernel.findEndedChild();
                if (end == null || !reap(end.pid(), now)) {
                    return;
                }
            }
            searchDue = now;
        } catch (ErrnoException e) {
            log.warning("looking for ended children: " + e.getMessage());
        }
    }

    /// Whether the ended child is out of the way, so that the search can go on.
    private boolean reap(int pid, Moment now) throws ErrnoException {
        @Nullable PidFd handle = ours.get(pid);
        if (handle != null) {
            handle.reapIfEnded();
            return true;
        }
        if (spawnsUnderWay > 0 && isToBeLeft(pid, now)) {
            searchDue = unknownSince.plus(PATIENCE);
            return false;
        }
        unknownPid = 0;
        kernel.reapPid(pid);
        return true;
    }

    private boolean isToBeLeft(int pid, Moment now) {
        if (pid != unknownPid) {
            unknownPid = pid;
            unknownSince = now;
        }
        return now.isBefore(unknownSince.plus(PATIENCE));
    }
}
