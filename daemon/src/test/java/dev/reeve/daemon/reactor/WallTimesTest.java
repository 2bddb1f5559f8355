package dev.reeve.daemon.reactor;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.reeve.daemon.fleet.ServiceSituation;
import dev.reeve.daemon.service.History;
import dev.reeve.daemon.service.Moment;
import dev.reeve.daemon.service.ServiceName;
import dev.reeve.daemon.service.ServiceState.Down;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class WallTimesTest {
    private static final ServiceName WEB = new ServiceName("web");
    private static final Instant NOON = Instant.parse("2026-03-04T12:00:00Z");

    private Moment moment = new Moment(1_000);
    private Instant wallClock = NOON;
    private final WallTimes times = new WallTimes(() -> moment, () -> wallClock);

    @Test
    void whatHappenedBeforeIsSoMuchEarlierOnTheWallClock() {
        assertEquals(NOON.minusNanos(400), times.of(found(600)).changedAt());
    }

    @Test
    void aClockThatIsSetChangesNothingThatWasTold() {
        times.changed(found(1_000));
        moment = new Moment(2_000);
        wallClock = NOON.plusSeconds(3600);
        assertEquals(NOON, times.of(found(1_000)).changedAt());
        assertEquals(NOON, times.of(found(1_000)).readyChangedAt());
        assertEquals(NOON.plusSeconds(3600), times.of(found(2_000)).changedAt());
    }

    @Test
    void whatIsForgottenIsTakenAnew() {
        times.changed(found(1_000));
        times.forgotten(WEB);
        wallClock = NOON.plusSeconds(3600);
        assertEquals(wallClock, times.of(found(1_000)).changedAt());
    }

    @Test
    void whatHappenedAtOneMomentHappenedAtOneInstant() {
        WallTimes ticking = new WallTimes(() -> moment, () -> wallClock = wallClock.plusNanos(1));
        WallTimes.Times times = ticking.of(found(600));
        assertEquals(times.changedAt(), times.readyChangedAt());
        assertEquals(times.changedAt(), times.latest());
    }

    private static ServiceSituation found(long nanos) {
        return new ServiceSituation(WEB, new Down(History.NONE), new Moment(nanos));
    }
}
