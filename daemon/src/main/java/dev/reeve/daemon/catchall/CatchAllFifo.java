package dev.reeve.daemon.catchall;

import dev.reeve.bridge.Errno;
import dev.reeve.bridge.ErrnoException;
import dev.reeve.bridge.Kernel;
import dev.reeve.bridge.OutputFiles;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// The fifo trick, s6-linux-init's documentation: how every service can write to a logger that is itself a service.
///
/// Somebody must start the logger, and whoever starts it has standard output and error already, as have all the others
/// that it starts. So these cannot be a pipe to the logger, which is not there yet; they are a fifo, of which the
/// logger opens the other end when it runs. The story in its order:
///
/// 1. The fifo is opened to read, which waits for nobody; then to write, which waits for nobody either, since somebody
///    reads; twice, because O_NONBLOCK belongs to the open file: services get the one that blocks ([#forServices]), as
///    programs expect it, and the daemon has another for itself ([#write]), so that it waits for nobody. Then the
///    reading end is closed again: from now on nobody reads, and whoever wrote would get SIGPIPE, so nothing is
///    started but the logger (and what is called early getty, which speaks to its terminal).
/// 2. A thread opens the fifo to write once more, blocking ([#awaitReader]). The kernel lets it return at the moment
///    when somebody has opened the fifo to read: the logger is there. No message, no readiness protocol, no polling.
/// 3. The daemon opens the reading end again and keeps it, without reading. So when the logger dies, what it has not
///    read stays in the fifo, and no service gets SIGPIPE: they go on until the fifo is full, and wait then. The next
///    logger reads on. Everything else can be started.
///
/// Where nobody has come to read in time, the daemon opens the reading end all the same, which lets the thread of step
/// 2 return, and reads the fifo itself ([UncaughtReader]).
public final class CatchAllFifo implements AutoCloseable {
    private static final String NAME = "fifo";
    private static final int FOR_OWNER_ONLY = 0600;
    private static final int NONE = -1;

    private final Kernel kernel;
    private final int directory;
    private final int forServices;
    private final int forDaemon;

    private int readingEnd = NONE;
    private @Nullable Reader reader;
    private boolean nobodyIsToCome;
    private boolean outputEnded;

    /// Who reads the fifo.
    public enum Reader {
        /// Somebody has opened it.
        LOGGER,
        /// Nobody else has, so the daemon is to.
        DAEMON
    }

    /// Is told once who reads the fifo, on a thread of its own. `problem` says what went wrong, if something did.
    public interface Listener {
        void settled(Reader reader, @Nullable String problem);
    }

    private CatchAllFifo(Kernel kernel, int directory, int forServices, int forDaemon) {
        this.kernel = kernel;
        this.directory = directory;
        this.forServices = forServices;
        this.forDaemon = forDaemon;
    }

    /// Opens the fifo in this directory, and makes it if it is not there. May block on a slow disk.
    public static CatchAllFifo open(Kernel kernel, String path) throws ErrnoException {
        int directory = kernel.openDirectory(path);
        int reader = NONE;
        int forServices = NONE;
        try {
            make(kernel, directory);
            reader = OutputFiles.openToRead(directory, NAME);
            forServices = OutputFiles.openToWrite(directory, NAME);
            return new CatchAllFifo(kernel, directory, forServices, OutputFiles.openToWriteAtOnce(directory, NAME));
        } catch (ErrnoException failure) {
            close(kernel, forServices);
            close(kernel, directory);
            throw failure;
        } finally {
            close(kernel, reader);
        }
    }

    private static void make(Kernel kernel, int directory) throws ErrnoException {
        try {
            kernel.makeFifoAt(directory, NAME, FOR_OWNER_ONLY);
        } catch (ErrnoException failure) {
            if (failure.errno() != Errno.EEXIST) {
                throw failure;
            }
        }
    }

    /// What services have as standard output and error: it blocks when the fifo is full.
    public int forServices() {
        return forServices;
    }

    /// Writes words of the daemon's, which never waits: answers what [Kernel#write] does. EPIPE while nobody reads, and
    /// after [#endOutput].
    synchronized int write(ByteBuffer bytes) throws ErrnoException {
        if (outputEnded) {
            throw new ErrnoException("write " + NAME, Errno.EPIPE);
        }
        return kernel.write(forDaemon, bytes);
    }

    /// One more reading end, which does not block, and is the caller's to close.
    int openReadingEnd() throws ErrnoException {
        return OutputFiles.openToRead(directory, NAME);
    }

    /// Whether something lies there that nobody has read yet, once the reader is known.
    synchronized boolean hasUnread() throws ErrnoException {
        return readingEnd != NONE && OutputFiles.unread(readingEnd) > 0;
    }

    /// Waits on threads of its own, for no longer than `patience`, until somebody reads.
    public void awaitReader(Duration patience, Listener listener) {
        Thread.ofPlatform().daemon().name("catch-all").start(() -> {
            Thread.ofPlatform().daemon().name("catch-all-open").start(() -> openAsWriter(listener));
            waitFor(patience);
            settle(Reader.DAEMON, listener, null);
        });
    }

    /// Returns when somebody has the fifo open to read, be it the daemon itself.
    private void openAsWriter(Listener listener) {
        try {
            kernel.close(OutputFiles.openToWrite(directory, NAME));
            settle(Reader.LOGGER, listener, null);
        } catch (ErrnoException e) {
            settle(Reader.DAEMON, listener, "nobody can see when it is read: " + e.getMessage());
        }
    }

    /// Nobody is about to come: whoever waits for a reader need not wait any longer.
    synchronized void stopWaiting() {
        nobodyIsToCome = true;
        notifyAll();
    }

    private synchronized void waitFor(Duration patience) {
        long end = System.nanoTime() + patience.toNanos();
        try {
            for (long left = patience.toNanos();
                    left > 0 && reader == null && !nobodyIsToCome;
                    left = end - System.nanoTime()) {
                TimeUnit.NANOSECONDS.timedWait(this, left);
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /// The first to come here says how it is.
    private void settle(Reader who, Listener listener, @Nullable String problem) {
        String trouble = problem;
        synchronized (this) {
            if (reader != null) {
                return;
            }
            reader = who;
            notifyAll();
            try {
                readingEnd = OutputFiles.openToRead(directory, NAME);
            } catch (ErrnoException e) {
                trouble = "services may get SIGPIPE when its reader dies: " + e.getMessage();
            }
        }
        listener.settled(who, trouble);
    }

    /// The daemon writes no more, and what it starts from now on has `instead` as standard output and error: when those
    /// that were started have ended, the reader reads to the end.
    public synchronized void endOutput(int instead) throws ErrnoException {
        if (!outputEnded) {
            outputEnded = true;
            kernel.close(forDaemon);
            // Spawner threads may use the number at this moment.
            kernel.duplicate(instead, forServices);
        }
    }

    /// Nothing is started any more.
    @Override
    public synchronized void close() {
        if (!outputEnded) {
            outputEnded = true;
            kernel.close(forDaemon);
        }
        kernel.close(forServices);
        close(kernel, readingEnd);
        kernel.close(directory);
        // Whoever opens the fifo from now on is of no interest.
        reader = Reader.DAEMON;
    }

    private static void close(Kernel kernel, int fd) {
        if (fd != NONE) {
            kernel.close(fd);
        }
    }
}
