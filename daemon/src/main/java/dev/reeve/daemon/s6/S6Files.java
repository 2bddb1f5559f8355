package dev.reeve.daemon.s6;

import dev.reeve.bridge.EventLoop;
import dev.reeve.daemon.fleet.ServiceSituation;
import dev.reeve.daemon.log.Log;
import dev.reeve.daemon.process.DirectoryHold;
import dev.reeve.daemon.reactor.ChangeWatcher;
import dev.reeve.daemon.reactor.Inbox;
import dev.reeve.daemon.reactor.WallTimes;
import dev.reeve.daemon.service.ServiceName;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/// Tells s6's clients what becomes of the services whose directories came through [SuperviseGate], and has done what
/// they ask. Belongs to the loop's thread.
public final class S6Files implements ChangeWatcher, AutoCloseable {
    /// How long the end of the daemon waits for slow disks.
    private static final Duration FAREWELL = Duration.ofSeconds(5);

    /// Services that change in one turn.
    private static final int MANY = 16;

    /// How long, when many have changed at once, a status without an event waits for the event that follows: they are
    /// stopped, and whoever writes would take the processor from who ends them.
    private static final Duration PATIENCE = Duration.ofMillis(100);

    private final EventLoop loop;
    private final Inbox inbox;
    private final Function<ServiceName, DirectoryHold> holds;
    private final LetterWitness witness;
    private final WallTimes times;
    private final Log log;
    private final Set<SupervisedService> begun = new LinkedHashSet<>();
    private final Set<SupervisedService> changed = new LinkedHashSet<>();

    /// `times` are those that are told over the socket, too.
    public S6Files(
            EventLoop loop,
            Inbox inbox,
            Function<ServiceName, DirectoryHold> holds,
            LetterWitness witness,
            WallTimes times,
            Log log) {
        this.loop = loop;
        this.inbox = inbox;
        this.holds = holds;
        this.witness = witness;
        this.times = times;
        this.log = log;
    }

    @Override
    public void changed(ServiceSituation situation) {
        if (holds.apply(situation.name()) instanceof SupervisedService service) {
            service.changed(situation, times.of(situation).latest());
            changed.add(service);
            if (begun.add(service)) {
                service.listen(loop, inbox, witness, () -> begun.remove(service));
            }
        }
    }

    /// Its directory is given back next, and until that was told it is not done with.
    @Override
    public void forgotten(ServiceName name) {}

    @Override
    public void turnEnded() {
        if (!changed.isEmpty()) {
            List<SupervisedService> news = List.copyOf(changed);
            changed.clear();
            Duration patience = news.size() > MANY ? PATIENCE : Duration.ZERO;
            news.forEach(service -> service.send(patience));
        }
    }

    /// Tells the last of every service, and gives its lock back.
    @Override
    public void close() {
        List<Outbox> farewells = begun.stream().map(SupervisedService::end).toList();
        begun.clear();
        if (farewells.isEmpty()) {
            return;
        }
        try {
            List<Runnable> deliveries = farewells.stream()
                    .<Runnable>map(
                            outbox -> () -> outbox.deliverAtLast(problem -> log.warning("at the end: " + problem)))
                    .toList();
            long untold = new Farewell(deliveries).say(FAREWELL);
            if (untold > 0) {
                log.warning("s6's clients of " + untold + " services are not told that these are supervised no more:"
                        + " their disks have not answered for " + FAREWELL.toSeconds() + " seconds");
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } catch (OutOfMemoryError e) {
            log.warning("s6's clients are not told that the services are supervised no more: " + e.getMessage());
        }
    }
}
