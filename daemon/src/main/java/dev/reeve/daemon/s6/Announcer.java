package dev.reeve.daemon.s6;

import dev.reeve.daemon.fleet.ServiceSituation;
import dev.reeve.daemon.service.ExitStatus;
import dev.reeve.daemon.service.ExitStatus.Exited;
import dev.reeve.daemon.service.ExitStatus.Killed;
import dev.reeve.daemon.service.Pid;
import dev.reeve.daemon.service.ServiceState;
import dev.reeve.daemon.service.ServiceState.Failed;
import dev.reeve.daemon.service.ServiceState.Finishing;
import dev.reeve.daemon.service.ServiceState.KillingFinish;
import dev.reeve.daemon.service.ServiceState.Running;
import dev.reeve.daemon.service.ServiceState.SpawningFinish;
import dev.reeve.daemon.service.Want;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Says in s6's words what a service goes through. The events are `s` it is supervised, `u` up, `U` up and ready, `d`
/// `run` has ended, `O` it has failed for good, `D` really down: `finish` is over too.
///
/// A service that announces no readiness is never ready in s6's words.
final class Announcer {
    static final Announcement SUPERVISED_NO_MORE = new Announcement(List.of(), Optional.empty(), "x");

    private static final int EXIT_CODE_SHIFT = 8;

    private enum Life {
        UP,
        ENDED,
        DOWN
    }

    private Life life = Life.DOWN;
    private Instant changedAt = Instant.EPOCH;
    private Instant readyChangedAt = Instant.EPOCH;
    private int run;
    private int waitStatus;
    private boolean ready = true;
    private boolean wantedUp;
    private boolean begun;
    private boolean started;
    private boolean failed;

    /// The service is there now. Nothing is announced of what s6's clients cannot see.
    Announcement changed(ServiceSituation situation, Instant now) {
        ServiceState state = situation.state();
        wantedUp = situation.lastWant().orElse(state.want()) == Want.UP;
        StringBuilder events = new StringBuilder();
        List<Death> deaths = List.of();
        if (!begun) {
            begun = true;
            changedAt = now;
            readyChangedAt = now;
            events.append('s');
        }
        boolean another = state instanceof Running running && isAnother(running);
        if (life == Life.UP && (another || !(state instanceof Running))) {
            runEnded(state, now);
            deaths = state.history().lastExit().map(exit -> new Death(now, exit)).stream()
                    .toList();
            events.append('d');
        }
        if (state instanceof Failed && !failed) {
            events.append('O');
        }
        failed = state instanceof Failed;
        if (life == Life.ENDED && !isFinishing(state)) {
            reallyDown(now);
            events.append('D');
        }
        if (state instanceof Running running) {
            running(running, events, now);
        }
        return new Announcement(deaths, Optional.of(status(state)), events.toString());
    }

    private boolean isAnother(Running running) {
        return life != Life.UP || running.run().leader().number() != run;
    }

    private static boolean isFinishing(ServiceState state) {
        return state instanceof SpawningFinish || state instanceof Finishing || state instanceof KillingFinish;
    }

    private void runEnded(ServiceState state, Instant now) {
        life = Life.ENDED;
        changedAt = now;
        ready = false;
        waitStatus = state.history().lastExit().map(Announcer::waitStatus).orElse(0);
    }

    private void reallyDown(Instant now) {
        life = Life.DOWN;
        ready = true;
        readyChangedAt = now;
    }

    private void running(Running running, StringBuilder events, Instant now) {
        if (isAnother(running)) {
            life = Life.UP;
            run = running.run().leader().number();
            started = true;
            changedAt = now;
            ready = false;
            events.append('u');
        }
        if (!ready && running.run().readyAt().isPresent()) {
            ready = true;
            readyChangedAt = now;
            events.append('U');
        }
    }

    private Status status(ServiceState state) {
        boolean paused = state instanceof Running running && running.run().paused();
        boolean finishing = life == Life.ENDED && state.pid().isPresent();
        return new Status(
                changedAt,
                readyChangedAt,
                state.pid().map(Pid::number).orElse(0),
                waitStatus,
                paused || !started,
                finishing,
                wantedUp,
                ready);
    }

    /// How wait(2) says it.
    private static int waitStatus(ExitStatus exit) {
        return switch (exit) {
            case Exited(int code) -> code << EXIT_CODE_SHIFT;
            case Killed(var signal) -> signal.number();
        };
    }
}
