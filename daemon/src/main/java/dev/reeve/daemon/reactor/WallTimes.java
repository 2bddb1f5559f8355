package dev.reeve.daemon.reactor;

import dev.reeve.daemon.fleet.ServiceSituation;
import dev.reeve.daemon.fleet.Vitals;
import dev.reeve.daemon.service.Moment;
import dev.reeve.daemon.service.ServiceName;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// When, by the wall clock, the vitals of services were taken. Whoever asks again is told the same, although
/// the two clocks drift and one of them is set: scripts compare these times for being equal. Belongs to the
/// loop's thread.
public final class WallTimes implements ChangeWatcher {
    private final Supplier<Moment> moment;
    private final Supplier<Instant> wallClock;
    private final Map<ServiceName, Times> known = new HashMap<>();

    /// Those of one service.
    public record Times(Vitals vitals, Instant changedAt, Instant readyChangedAt) {

        /// The later one of both: when what has changed last did.
        public Instant latest() {
            return vitals.changedAt().isBefore(vitals.readyChangedAt()) ? readyChangedAt : changedAt;
        }
    }

    public WallTimes(Supplier<Moment> moment, Supplier<Instant> wallClock) {
        this.moment = moment;
        this.wallClock = wallClock;
    }

    public Times of(ServiceSituation situation) {
        Vitals vitals = situation.vitals();
        Times before = known.get(situation.name());
        if (before != null && before.vitals().equals(vitals)) {
            return before;
        }
        Instant changedAt = before != null && before.vitals().changedAt().equals(vitals.changedAt())
                ? before.changedAt()
                : instant(vitals.changedAt());
        Times now = new Times(vitals, changedAt, readyChangedAt(vitals, changedAt, before));
        known.put(situation.name(), now);
        return now;
    }

    /// What happened at one moment happened at one instant: the clock is not read for it twice.
    private Instant readyChangedAt(Vitals vitals, Instant changedAt, @Nullable Times before) {
        if (before != null && before.vitals().readyChangedAt().equals(vitals.readyChangedAt())) {
            return before.readyChangedAt();
        }
        return vitals.readyChangedAt().equals(vitals.changedAt()) ? changedAt : instant(vitals.readyChangedAt());
    }

    @Override
    public void changed(ServiceSituation situation) {
        of(situation);
    }

    @Override
    public void forgotten(ServiceName name) {
        known.remove(name);
    }

    @Override
    public void turnEnded() {}

    private Instant instant(Moment when) {
        return wallClock.get().minus(moment.get().since(when));
    }
}
