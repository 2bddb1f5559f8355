package dev.reeve.daemon.process;

import dev.reeve.bridge.Errno;
import dev.reeve.bridge.ErrnoException;
import dev.reeve.bridge.EventLoop;
import dev.reeve.bridge.Inotify;
import dev.reeve.bridge.Kernel.DirectoryChange;
import dev.reeve.daemon.log.Log;
import dev.reeve.daemon.service.Moment;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/// Watches the scan directory, and in it those directories that are not finished yet, and tells [Settling] of it.
/// Belongs to the loop's thread.
final class ScanWatch implements Inotify.Listener {
    private static final Duration UNTIL_NEXT_TRY = Duration.ofSeconds(1);
    private static final int NOT_WATCHED = -1;

    /// As many as a full queue of the kernel's takes (fs.inotify.max_queued_events).
    private static final int READS_AT_ONCE = 16;

    private final String path;
    private final SpawnSupplies supplies;
    private final Spawners spawners;
    private final Settling settling;
    private final Log log;
    private final Inotify inotify;
    private final Map<Integer, String> unfinished = new HashMap<>();
    private int scanWatch = NOT_WATCHED;
    private boolean problemTold;
    private Moment nextTry = Moment.NEVER;

    /// Throws what inotify_init1(2) does (EMFILE: fs.inotify.max_user_instances is reached), or epoll_ctl(2).
    ScanWatch(String path, SpawnSupplies supplies, EventLoop loop, Spawners spawners, Settling settling)
            throws ErrnoException {
        this.path = path;
        this.supplies = supplies;
        this.spawners = spawners;
        this.settling = settling;
        this.log = supplies.log();
        this.inotify = new Inotify(supplies.kernel(), this);
        try {
            loop.watch(inotify);
        } catch (ErrnoException e) {
            inotify.close();
            throw e;
        }
    }

    /// The directory is read once it is watched, so that nothing falls between the two.
    void begin(Moment now) {
        nextTry = Moment.NEVER;
        spawners.submit(new WatchErrand(inotify, path, this::begun, this::notBegun), now);
    }

    Moment nextCheck() {
        return nextTry;
    }

    void check(Moment now) {
        if (nextTry.compareTo(now) <= 0) {
            begin(now);
        }
    }

    /// Takes note of what has changed until now.
    void catchUp() {
        for (int i = 0; i < READS_AT_ONCE && !inotify.isClosed(); i++) {
            inotify.onReadable();
        }
    }

    /// A directory was made in place a moment ago, or may have been.
    void made(String name) {
        settling.made(name, now());
        watchUnfinished(name);
    }

    /// What is no longer unfinished is not watched either.
    void unwatchSettled() {
        unfinished.entrySet().removeIf(entry -> {
            boolean settled = !settling.isUnfinished(entry.getValue());
            if (settled) {
                unwatch(entry.getKey());
            }
            return settled;
        });
    }

    @Override
    public void onChange(DirectoryChange change) {
        if (change.what() == DirectoryChange.What.LOST) {
            settling.lost(now());
        } else if (change.watch() == scanWatch) {
            entryChanged(change);
        } else if (unfinished.containsKey(change.watch())) {
            settling.changed(unfinished.get(change.watch()), now());
        }
    }

    @Override
    public void onFailed(ErrnoException cause) {
        log.warning("the scan directory " + path + " is watched no more (" + cause.getMessage()
                + "): use reeve rescan after changes");
        nextTry = Moment.NEVER;
    }

    private void entryChanged(DirectoryChange change) {
        String name = change.name();
        if (change.what() != DirectoryChange.What.ITSELF_LEFT && name.startsWith(".")) {
            return;
        }
        switch (change.what()) {
            case MADE -> made(name);
            case ARRIVED -> settling.arrived(name, now());
            case LEFT -> settling.left(name, now());
            case CHANGED -> settling.changed(name, now());
            case ITSELF_LEFT -> itselfLeft();
            case LOST -> settling.lost(now());
        }
    }

    /// Where it cannot be watched, it is read when it has been left alone for as long, and then no more.
    private void watchUnfinished(String name) {
        spawners.submit(
                new WatchErrand(
                        inotify,
                        path + "/" + name,
                        watch -> {
                            unfinished.put(watch, name);
                            settling.changed(name, now());
                            unwatchSettled();
                        },
                        cause -> unfinishedNotWatched(name, cause)),
                now());
    }

    private void unfinishedNotWatched(String name, Throwable cause) {
        boolean isGone = cause instanceof ErrnoException failure && failure.errno() == Errno.ENOENT;
        if (settling.isUnfinished(name) && !isGone) {
            log.warning("scan directory " + path + ": " + name + " cannot be watched (" + cause.getMessage()
                    + "): if it is not taken up, use reeve rescan");
        }
    }

    private void itselfLeft() {
        unwatch(scanWatch);
        scanWatch = NOT_WATCHED;
        tellProblem("it was removed or renamed");
        nextTry = now().plus(UNTIL_NEXT_TRY);
    }

    private void begun(int watch) {
        scanWatch = watch;
        if (problemTold) {
            log.info("the scan directory " + path + " is watched again");
            problemTold = false;
        }
        settling.lost(now());
    }

    private void notBegun(Throwable cause) {
        tellProblem(String.valueOf(cause.getMessage()));
        nextTry = now().plus(UNTIL_NEXT_TRY);
    }

    private void tellProblem(String problem) {
        if (!problemTold) {
            problemTold = true;
            log.warning("the scan directory " + path + " cannot be watched (" + problem
                    + "): its services go on, and it is tried again every second");
        }
    }

    private void unwatch(int watch) {
        try {
            inotify.unwatchDirectory(watch);
        } catch (ErrnoException e) {
            log.warning("the scan directory " + path + ": " + e.getMessage());
        }
    }

    private Moment now() {
        return new Moment(supplies.kernel().monotonicNanos());
    }
}
