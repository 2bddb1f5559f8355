package dev.reeve.daemon.catchall;

import dev.reeve.bridge.ErrnoException;
import dev.reeve.bridge.EventFd;
import dev.reeve.bridge.EventLoop;
import dev.reeve.bridge.Kernel;
import dev.reeve.daemon.catchall.CatchAllFifo.Reader;
import dev.reeve.daemon.log.DaemonLog;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Sees to it that somebody reads the [CatchAllFifo]: the logger, if it comes within ten seconds and neither
/// fails again and again ([LoggerTrust]) nor takes longer than that to become ready, while something waits to be read;
/// else the daemon, while the logger is not ready. Belongs to the loop's thread.
public final class CatchAll implements AutoCloseable {
    public static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Kernel kernel;
    private final EventLoop loop;
    private final CatchAllFifo fifo;
    private final Console console;
    private final DaemonWords words;
    private final DaemonLog log;
    private final Path logs;
    private final Duration patience;

    /// Written by the thread that has seen it, before it signals [#news].
    private volatile @Nullable Outcome outcome;

    /// Which time without a logger that is ready was over last, written likewise.
    private volatile int patienceOver;

    private final EventFd news;
    private Runnable whenSettled = () -> {};
    private boolean isSettled;
    private LoggerTrust trust = LoggerTrust.WHOLE;
    private boolean loggerIsReady;

    /// Counts the times without a logger that is ready.
    private int waits;

    private @Nullable UncaughtReader reader;

    private record Outcome(Reader reader, @Nullable String problem) {}

    /// What the daemon reads itself goes to the directory `logs`. No logger is waited for longer than `patience`.
    /// Throws where no eventfd can be had.
    public CatchAll(
            Kernel kernel,
            EventLoop loop,
            CatchAllFifo fifo,
            Console console,
            DaemonWords words,
            DaemonLog log,
            Path logs,
            Duration patience)
            throws ErrnoException {
        this.kernel = kernel;
        this.loop = loop;
        this.fifo = fifo;
        this.console = console;
        this.words = words;
        this.log = log;
        this.logs = logs;
        this.patience = patience;
        this.news = new EventFd(kernel, new EventFd.Listener() {
            @Override
            public void onSignalled() {
                settle();
                loseWhoKeepsWaiting();
            }

            @Override
            public void onFailed(ErrnoException cause) {
                log.bug("waiting for the catch-all logger", cause);
            }
        });
        try {
            loop.watch(news);
        } catch (ErrnoException e) {
            news.close();
            throw e;
        }
    }

    /// Waits for the logger, if there is one to wait for, and calls `then` on the loop when somebody reads.
    public void begin(boolean hasLogger, Runnable then) {
        whenSettled = then;
        fifo.awaitReader(hasLogger ? patience : Duration.ZERO, this::settledElsewhere);
    }

    /// On another thread.
    private void settledElsewhere(Reader who, @Nullable String problem) {
        outcome = new Outcome(who, problem);
        wakeLoop();
    }

    private void wakeLoop() {
        try {
            news.signal();
        } catch (ErrnoException e) {
            log.bug("waking the loop for the catch-all logger", e);
        }
    }

    private void settle() {
        Outcome seen = outcome;
        if (seen == null || isSettled) {
            return;
        }
        if (seen.problem() != null) {
            console.write(List.of("reeved: warning: the catch-all fifo: " + seen.problem()));
        }
        isSettled = true;
        if (seen.reader() == Reader.DAEMON) {
            // It may have said so, but does not read: only what it says from now on counts.
            loggerIsReady = false;
            trust = LoggerTrust.LOST;
            tell("no catch-all logger reads what services say, so reeved does");
        }
        takeOverOrLeave();
        log.wakeSink();
        whenSettled.run();
        if (!loggerIsReady) {
            giveItTime();
        }
    }

    /// The logger, which has come before, has [#patience] to become ready from now on.
    private void giveItTime() {
        if (trust.isLost()) {
            return;
        }
        waits++;
        int wait = waits;
        Thread.ofPlatform().daemon().name("catch-all-patience").start(() -> {
            try {
                Thread.sleep(patience);
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
            patienceOver = wait;
            wakeLoop();
        });
    }

    /// One that takes its time while there is nothing to read keeps nobody waiting; and one may read that never says
    /// it is ready.
    private void loseWhoKeepsWaiting() {
        if (!isSettled || loggerIsReady || trust.isLost() || patienceOver != waits) {
            return;
        }
        try {
            if (!fifo.hasUnread()) {
                giveItTime();
                return;
            }
        } catch (ErrnoException e) {
            log.warning("whether the catch-all logger reads cannot be seen: " + e.getMessage());
            return;
        }
        trust = LoggerTrust.LOST;
        tell("the catch-all logger has not been ready for " + patience.toSeconds()
                + " seconds and leaves unread what services say, so reeved reads it until it is");
        takeOverOrLeave();
        log.wakeSink();
    }

    private void tell(String what) {
        console.write(List.of(
                "reeved: warning: " + what + ", into " + logs + ": see \"reeve status\" for service s6-svscan-log"));
    }

    /// The service that is to read has become ready.
    public void loggerIsReady() {
        loggerIsReady = true;
        takeOverOrLeave();
    }

    /// It was so for this long, and is so no more.
    public void loggerIsReadyNoMore(Duration howLong) {
        loggerIsReady = false;
        trust = trust.afterBeingReady(howLong);
        takeOverOrLeave();
        if (isSettled) {
            giveItTime();
        }
    }

    /// The service that is to read has failed, before it reads or later, and waits until it is started again.
    /// Nobody else is to wait for that if it does not read yet, nor if it fails again and again.
    public void loggerHasFailed() {
        lose(trust.afterFailure());
    }

    /// The service that is to read has failed, and is not started again.
    public void loggerIsGivenUp() {
        lose(LoggerTrust.LOST);
    }

    private void lose(LoggerTrust rest) {
        if (!isSettled) {
            fifo.stopWaiting();
            return;
        }
        boolean isNews = rest.isLost() && !trust.isLost();
        trust = rest;
        if (isNews) {
            tell("the catch-all logger fails again and again, so reeved reads what services say while it does not");
            takeOverOrLeave();
            log.wakeSink();
        }
    }

    /// A logger that is believed to come again is left alone: two might read.
    private void takeOverOrLeave() {
        UncaughtReader own = reader;
        if (loggerIsReady && own != null) {
            reader = null;
            own.leave();
            words.stayOnConsole(false);
            log.wakeSink();
        } else if (!loggerIsReady && own == null && trust.isLost()) {
            takeOver();
        }
    }

    private void takeOver() {
        try {
            UncaughtReader own = UncaughtReader.begin(kernel, loop, console, fifo.openReadingEnd(), logs);
            words.stayOnConsole(!own.keeps());
            reader = own;
        } catch (ErrnoException e) {
            console.write(List.of("reeved: warning: nobody reads what services say: " + e.getMessage()));
        }
    }

    @Override
    public void close() {
        news.close();
        UncaughtReader own = reader;
        if (own != null) {
            reader = null;
            own.close();
        }
    }
}
