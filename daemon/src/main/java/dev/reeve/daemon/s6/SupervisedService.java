package dev.reeve.daemon.s6;

import dev.reeve.bridge.ErrnoException;
import dev.reeve.bridge.EventLoop;
import dev.reeve.bridge.Fifo;
import dev.reeve.bridge.Kernel;
import dev.reeve.daemon.fleet.ServiceSituation;
import dev.reeve.daemon.log.Log;
import dev.reeve.daemon.process.DirectoryHold;
import dev.reeve.daemon.process.Spawners;
import dev.reeve.daemon.reactor.Inbox;
import dev.reeve.daemon.service.Moment;
import dev.reeve.daemon.service.ServiceName;
import dev.reeve.daemon.service.ServiceState.Spawning;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A service as s6's clients see it, from when its directory was taken until it is forgotten. Belongs to the loop's
/// thread, but for [#writeOut]; what is written is written by errands, one at a time, so in order.
final class SupervisedService implements DirectoryHold {
    private final Kernel kernel;
    private final Spawners spawners;
    private final Log log;
    private final SuperviseDirectory directory;
    private final Outbox outbox;
    private final Announcer announcer = new Announcer();
    private ServiceName name;
    private @Nullable ServiceSituation situation;
    private @Nullable Fifo control;
    private Optional<Status> lastStatus = Optional.empty();
    private Runnable atItsEnd = () -> {};
    private boolean released;

    SupervisedService(Kernel kernel, Spawners spawners, Log log, ServiceName name, SuperviseDirectory directory) {
        this.kernel = kernel;
        this.spawners = spawners;
        this.log = log;
        this.name = name;
        this.directory = directory;
        this.outbox = new Outbox(directory);
    }

    ServiceName name() {
        return name;
    }

    /// Whether it is supervised no more.
    boolean isReleased() {
        return released;
    }

    boolean isBegun() {
        return situation != null;
    }

    /// Listens to s6-svc from now on. When the last is told and the directory given back, `givenBack` is run.
    void listen(EventLoop loop, Inbox inbox, LetterWitness witness, Runnable givenBack) {
        atItsEnd = givenBack;
        ControlDesk desk = new ControlDesk(this, inbox, witness, log);
        Fifo fifo = new Fifo(kernel, directory.controlFd(), desk);
        control = fifo;
        try {
            loop.watch(fifo);
        } catch (ErrnoException e) {
            fifo.close();
            desk.onFailed(e);
        }
    }

    void changed(ServiceSituation now, Instant time) {
        boolean isFound = situation == null;
        situation = now;
        name = now.name();
        Announcement announcement = announcer.changed(now, time);
        // The status that was written when the directory was taken serves one that is started at once, too.
        announce(isFound && now.state() instanceof Spawning ? announcement.withoutStatus() : announcement);
    }

    @Override
    public boolean keepDown(boolean isKept) {
        if (!released) {
            outbox.add(new DownFile(isKept));
            send();
        }
        return true;
    }

    @Override
    public void writeOut(Consumer<String> problems) {
        outbox.deliver(problems);
    }

    /// Has what is new announced, and in time what is held.
    void send() {
        send(Duration.ZERO);
    }

    /// The same, where a status that comes without an event may wait so long for one.
    void send(Duration patience) {
        Moment now = new Moment(kernel.monotonicNanos());
        Moment due = outbox.send(patience.isZero() ? Outbox.AT_ONCE : now.plus(patience));
        if (!due.equals(Moment.NEVER)) {
            spawners.submitAside(due, new AnnounceErrand(name, outbox, log, this::announced), now);
        }
    }

    /// The daemon ends, and nobody brings errands home any more: whoever calls this delivers what the answer holds.
    Outbox end() {
        if (!released) {
            released = true;
            closeControl();
            outbox.close(Announcer.SUPERVISED_NO_MORE);
        }
        return outbox;
    }

    @Override
    public int descriptors() {
        return SuperviseDirectory.DESCRIPTORS;
    }

    @Override
    public void release() {
        if (released) {
            return;
        }
        released = true;
        closeControl();
        if (!isBegun()) {
            directory.close();
            return;
        }
        outbox.close(Announcer.SUPERVISED_NO_MORE);
        send();
    }

    private void announced() {
        if (outbox.isClosed()) {
            atItsEnd.run();
        }
        send();
    }

    private void announce(Announcement announcement) {
        if (!released
                && (!announcement.events().isEmpty() || !announcement.status().equals(lastStatus))) {
            lastStatus = announcement.status();
            outbox.add(announcement);
        }
    }

    private void closeControl() {
        if (control != null) {
            control.close();
        } else {
            kernel.close(directory.controlFd());
        }
    }
}
