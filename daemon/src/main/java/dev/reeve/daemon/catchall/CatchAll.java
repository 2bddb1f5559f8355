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

/// Sees to it that somebody reads the [CatchAllFifo]: the logger, if it comes within ten seconds and does not
/// fail again and again ([LoggerTrust]); else the daemon, while the logger is not ready. Belongs to the loop's
/// thread.
public final class CatchAll implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Kernel kernel;
    private final EventLoop loop;
    private final CatchAllFifo fifo;
    private final Console console;
    private final DaemonWords words;
    private final DaemonLog log;
    private final Path logs;

    /// Written by the thread that has seen it, before it signals [#settled].
    private volatile @Nullable Outcome outcome;

    private final EventFd settled;
    private Runnable whenSettled = () -> {};
    private boolean isSettled;
    private LoggerTrust trust = LoggerTrust.WHOLE;
    private boolean loggerIsReady;
    private @Nullable UncaughtReader reader;

    private record Outcome(Reader reader, @Nullable String problem) {}

    /// What the daemon reads itself goes to the directory `logs`. Throws where no eventfd can be had.
    public CatchAll(
            Kernel kernel,
            EventLoop loop,
            CatchAllFifo fifo,
            Console console,
            DaemonWords words,
            DaemonLog log,
            Path logs)
            throws ErrnoException {
        this.kernel = kernel;
        this.loop = loop;
        this.fifo = fifo;
        this.console = console;
        this.words = words;
        this.log = log;
        this.logs = logs;
        this.settled = new EventFd(kernel, new EventFd.Listener() {
            @Override
            public void onSignalled() {
                settle();
            }

            @Override
            public void onFailed(ErrnoException cause) {
                log.bug("waiting for the catch-all logger", cause);
            }
        });
        try {
            loop.watch(settled);
        } catch (ErrnoException e) {
            settled.close();
            throw e;
        }
    }

    /// Waits for the logger, if there is one to wait for, and calls `then` on the loop when somebody reads.
    public void begin(boolean hasLogger, Runnable then) {
        whenSettled = then;
        fifo.awaitReader(hasLogger ? PATIENCE : Duration.ZERO, this::settledElsewhere);
    }

    /// On another thread.
    private void settledElsewhere(Reader who, @Nullable String problem) {
        outcome = new Outcome(who, problem);
        try {
            settled.signal();
        } catch (ErrnoException e) {
            log.bug("waking the loop for the catch-all logger", e);
        }
    }

    private void settle() {
        Outcome seen = outcome;
        if (seen == null) {
            return;
        }
        settled.close();
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
        settled.close();
        UncaughtReader own = reader;
        if (own != null) {
            reader = null;
            own.close();
        }
    }
}
