package dev.reeve.daemon.fleet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.reeve.daemon.fleet.FleetEvent.Found;
import dev.reeve.daemon.fleet.FleetEvent.Happened;
import dev.reeve.daemon.service.ExitStatus;
import dev.reeve.daemon.service.Moment;
import dev.reeve.daemon.service.Pid;
import dev.reeve.daemon.service.RestartPolicy;
import dev.reeve.daemon.service.RunSettings;
import dev.reeve.daemon.service.ServiceEvent;
import dev.reeve.daemon.service.ServiceEvent.BecameReady;
import dev.reeve.daemon.service.ServiceEvent.FinishSkipped;
import dev.reeve.daemon.service.ServiceEvent.ProcessEnded;
import dev.reeve.daemon.service.ServiceEvent.Spawned;
import dev.reeve.daemon.service.ServiceName;
import dev.reeve.daemon.service.StopSettings;
import org.junit.jupiter.api.Test;

/// When a service came up, ended and became ready, in s6's sense of these words.
class VitalsTest {
    private static final ServiceName WEB = new ServiceName("web");
    private static final Pid PID = new Pid(7);
    private static final RunSettings ANNOUNCING = new RunSettings(true, RestartPolicy.DEFAULT, StopSettings.DEFAULT);

    private final Fleet fleet = new Fleet();
    private long now;

    @Test
    void aServiceThatWasJustFoundIsReallyDown() {
        step(new Found(WEB, true));
        assertEquals(new Vitals(moment(1), moment(1), true), vitals());
    }

    @Test
    void itChangesWhenItComesUpAndIsReadyWhenItSaysSo() {
        step(new Found(WEB, false));
        assertEquals(new Vitals(moment(1), moment(1), true), vitals());
        happened(new Spawned(PID, ANNOUNCING));
        assertEquals(new Vitals(moment(2), moment(1), false), vitals());
        happened(new BecameReady());
        assertEquals(new Vitals(moment(2), moment(3), true), vitals());
    }

    @Test
    void oneThatAnnouncesNothingIsNeverReadyWhileItRuns() {
        step(new Found(WEB, false));
        happened(new Spawned(PID, RunSettings.DEFAULT));
        assertFalse(vitals().ready());
    }

    @Test
    void afterItsEndItIsReadyWhenFinishIsOver() {
        upAndReady();
        happened(new ProcessEnded(new ExitStatus.Exited(0)));
        assertEquals(new Vitals(moment(4), moment(3), false), vitals());
        happened(new FinishSkipped(false));
        assertEquals(new Vitals(moment(4), moment(5), true), vitals());
    }

    private void upAndReady() {
        step(new Found(WEB, false));
        happened(new Spawned(PID, ANNOUNCING));
        happened(new BecameReady());
    }

    private void happened(ServiceEvent event) {
        step(new Happened(WEB, event));
    }

    /// Each a nanosecond after the last.
    private void step(FleetEvent event) {
        fleet.step(event, moment(++now));
    }

    private Vitals vitals() {
        return fleet.service(WEB).orElseThrow().vitals();
    }

    private static Moment moment(long nanos) {
        return new Moment(nanos);
    }
}
