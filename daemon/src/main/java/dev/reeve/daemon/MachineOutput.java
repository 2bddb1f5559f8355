package dev.reeve.daemon;

import dev.reeve.bridge.ErrnoException;
import dev.reeve.bridge.EventLoop;
import dev.reeve.bridge.Kernel;
import dev.reeve.bridge.SpawnOrder.PassedFd;
import dev.reeve.daemon.catchall.CatchAll;
import dev.reeve.daemon.catchall.CatchAllFifo;
import dev.reeve.daemon.catchall.Console;
import dev.reeve.daemon.catchall.DaemonWords;
import dev.reeve.daemon.fleet.ServiceSituation;
import dev.reeve.daemon.log.DaemonLog;
import dev.reeve.daemon.process.CommonOutput;
import dev.reeve.daemon.reactor.ChangeWatcher;
import dev.reeve.daemon.s6.SvscanDirectory;
import dev.reeve.daemon.service.Moment;
import dev.reeve.daemon.service.Phase;
import dev.reeve.daemon.service.ServiceName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Where the words of a machine's first process go, and those of all services without a logger: the catch-all fifo,
/// joined to the daemon's parts ([CatchAllFifo] tells the story). Belongs to the loop's thread once that runs.
final class MachineOutput implements CommonOutput, ChangeWatcher, AutoCloseable {
    private static final Path CAUGHT = Path.of("/run/uncaught-logs");
    private static final String EARLY_GETTY = "early-getty";
    private static final String RUN_DIRECTORY = "reeve";

    private final Kernel kernel;
    private final CatchAllFifo fifo;
    private final boolean hasLogger;
    private final Console console;
    private final DaemonWords words;
    private final DaemonLog log;
    private @Nullable CatchAll catchAll;
    private Phase loggerPhase = Phase.DOWN;
    private @Nullable Moment loggerReadySince;

    private MachineOutput(Kernel kernel, CatchAllFifo fifo, boolean hasLogger, Console console) {
        this.kernel = kernel;
        this.fifo = fifo;
        this.hasLogger = hasLogger;
        this.console = console;
        this.words = new DaemonWords(fifo, console);
        this.log = new DaemonLog(words);
    }

    /// Opens the fifo in the logger's service directory, or, where there is none, one in the daemon's run directory.
    static MachineOutput open(Kernel kernel, Path scanDirectory, Console console) throws IOException, ErrnoException {
        Path logger = scanDirectory.resolve(ServiceName.CATCH_ALL_LOGGER.text());
        boolean hasLogger = Files.isDirectory(logger);
        Path own = scanDirectory.resolve(SvscanDirectory.NAME).resolve(RUN_DIRECTORY);
        if (!hasLogger) {
            Files.createDirectories(
                    own, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        }
        CatchAllFifo fifo = CatchAllFifo.open(kernel, (hasLogger ? logger : own).toString());
        console.open().takeStandardOutput();
        return new MachineOutput(kernel, fifo, hasLogger, console);
    }

    DaemonLog log() {
        return log;
    }

    /// Whether a service may be started before anybody reads what it says.
    static boolean isEarly(String name) {
        return name.equals(ServiceName.CATCH_ALL_LOGGER.text()) || name.endsWith(EARLY_GETTY);
    }

    /// Calls `then` on the loop once somebody reads, for everything else to be started.
    void awaitReader(EventLoop loop, Consumer<Moment> then) throws ErrnoException {
        CatchAll begun = new CatchAll(kernel, loop, fifo, console, words, log, CAUGHT, CatchAll.PATIENCE);
        catchAll = begun;
        begun.begin(hasLogger, () -> then.accept(new Moment(kernel.monotonicNanos())));
    }

    @Override
    public List<PassedFd> passed() {
        return List.of(
                new PassedFd(fifo.forServices(), STANDARD_OUTPUT), new PassedFd(fifo.forServices(), STANDARD_ERROR));
    }

    @Override
    public void end() throws ErrnoException {
        fifo.endOutput(STANDARD_ERROR);
    }

    @Override
    public void changed(ServiceSituation situation) {
        if (situation.name().equals(ServiceName.CATCH_ALL_LOGGER)) {
            loggerIs(situation.state().phase(), situation.since());
        }
    }

    @Override
    public void forgotten(ServiceName name) {
        if (name.equals(ServiceName.CATCH_ALL_LOGGER)) {
            loggerIs(Phase.DOWN, new Moment(kernel.monotonicNanos()));
        }
    }

    @Override
    public void turnEnded() {
        // Nothing was kept back.
    }

    private void loggerIs(Phase phase, Moment since) {
        CatchAll told = catchAll;
        if (phase == loggerPhase || told == null) {
            return;
        }
        loggerPhase = phase;
        Moment readySince = loggerReadySince;
        if (readySince != null) {
            loggerReadySince = null;
            told.loggerIsReadyNoMore(since.since(readySince));
        }
        switch (phase) {
            case UP -> {
                loggerReadySince = since;
                told.loggerIsReady();
            }
            case BACKING_OFF -> told.loggerHasFailed();
            case FAILED -> told.loggerIsGivenUp();
            case DOWN, STARTING, STOPPING, FINISHING -> {}
        }
    }

    /// The loop has ended: reads what is left, if nobody else does.
    void endReading() {
        CatchAll begun = catchAll;
        if (begun != null) {
            begun.close();
        }
    }

    @Override
    public void close() {
        log.close();
        fifo.close();
    }
}
