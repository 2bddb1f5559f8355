package dev.reeve.daemon.process;

import dev.reeve.bridge.ErrnoException;
import dev.reeve.bridge.Kernel;
import dev.reeve.bridge.Kernel.ChildEnd;
import dev.reeve.bridge.PidFd;
import dev.reeve.daemon.log.Log;
import dev.reeve.daemon.service.Moment;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Sees to it that every child is reaped, those that nobody here spawned (orphans, if we are PID 1) included.
///
/// A child of ours ends through its pidfd, and nothing is searched for. A SIGCHLD of a pid that is not ours asks
/// for a search at once; one of ours may have swallowed another's (pending signals of one number merge), so it asks
/// for one within a second, whether the child was reaped before it was heard or not: a search goes through all
/// children there are. An unknown pid may also be a child whose spawner has not reported it yet: while a spawn
/// is under way, such are left for [#PATIENCE]. Then all are reaped, so that one spawn that a disk holds up does
/// not fill the machine with zombies, and how they ended is kept until the spawners are home.
final class Reaper {
    private static final Duration COALESCED = Duration.ofSeconds(1);
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Moment AT_ONCE = new Moment(0);
    private static final int REAPED_AT_ONCE = 256;
    private static final int TAKEN_MAX = 1_000;

    private final Kernel kernel;
    private final Log log;
    private final Map<Integer, PidFd> ours = new HashMap<>();

    /// Those of ours that were reaped since the last search, of which a SIGCHLD may still be on its way.
    private final Set<Integer> reaped = new HashSet<>();

    private int spawnsUnderWay;
    private Moment searchDue = Moment.NEVER;
    private final Map<Integer, ChildEnd> taken = new HashMap<>();

    /// Until when unknown children are left; [Moment#NEVER] if none is.
    private Moment leftUntil = Moment.NEVER;

    Reaper(Kernel kernel, Log log) {
        this.kernel = kernel;
        this.log = log;
    }

    void spawnBegins() {
        spawnsUnderWay++;
    }

    /// The spawner has come home. What may have waited for that is looked at again.
    void spawnEnds() {
        spawnsUnderWay--;
        if (spawnsUnderWay == 0) {
            taken.clear();
        }
        if (!leftUntil.equals(Moment.NEVER)) {
            searchDue = AT_ONCE;
        }
    }

    /// How a child ended that was reaped before its spawner reported it. Means nothing of one that lives: it may be
    /// about a process that had its number before.
    Optional<ChildEnd> endBeforeReport(int pid) {
        return Optional.ofNullable(taken.get(pid));
    }

    void add(int pid, PidFd handle) {
        ours.put(pid, handle);
    }

    /// Whether it is the process of some service.
    boolean isKnown(int pid) {
        return ours.containsKey(pid);
    }

    void remove(int pid) {
        ours.remove(pid);
    }

    /// It was the process of some service, and is no longer there.
    void reaped(int pid) {
        ours.remove(pid);
        reaped.add(pid);
    }

    /// A SIGCHLD has arrived, for this child at least.
    void childSignalled(int pid, Moment now) {
        Moment due = ours.containsKey(pid) || reaped.contains(pid) ? now.plus(COALESCED) : now;
        if (due.isBefore(searchDue)) {
            searchDue = due;
        }
    }

    /// Ended children are looked for at once.
    void search(Moment now) {
        if (now.isBefore(searchDue)) {
            searchDue = now;
        }
    }

    Moment nextCheck() {
        return searchDue;
    }

    void check(Moment now) {
        if (now.isBefore(searchDue)) {
            return;
        }
        // Whatever comes between, the search is not forgotten.
        searchDue = now.plus(COALESCED);
        reaped.clear();
        try {
            for (int reaped = 0; reaped < REAPED_AT_ONCE; reaped++) {
                ChildEnd end = kernel.findEndedChild();
                if (end == null) {
                    leftUntil = Moment.NEVER;
                    searchDue = Moment.NEVER;
                    return;
                }
                if (!reap(end, now)) {
                    searchDue = leftUntil;
                    return;
                }
            }
            searchDue = now;
        } catch (ErrnoException e) {
            log.warning("ended children cannot be looked for, which is tried again: " + e.getMessage());
        }
    }

    /// Whether the ended child is out of the way, so that the search can go on.
    private boolean reap(ChildEnd end, Moment now) throws ErrnoException {
        @Nullable PidFd handle = ours.get(end.pid());
        if (handle != null) {
            handle.reapIfEnded();
            return true;
        }
        if (spawnsUnderWay > 0) {
            if (isToBeLeft(now)) {
                return false;
            }
            if (taken.size() >= TAKEN_MAX) {
                taken.clear();
            }
            taken.put(end.pid(), end);
        }
        kernel.reapPid(end.pid());
        return true;
    }

    private boolean isToBeLeft(Moment now) {
        if (leftUntil.equals(Moment.NEVER)) {
            leftUntil = now.plus(PATIENCE);
        }
        return now.isBefore(leftUntil);
    }
}
