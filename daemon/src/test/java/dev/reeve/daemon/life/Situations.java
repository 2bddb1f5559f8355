package dev.reeve.daemon.life;

import dev.reeve.daemon.fleet.ServiceSituation;
import dev.reeve.daemon.service.ExitStatus;
import dev.reeve.daemon.service.History;
import dev.reeve.daemon.service.Moment;
import dev.reeve.daemon.service.Pid;
import dev.reeve.daemon.service.RestartPolicy;
import dev.reeve.daemon.service.Run;
import dev.reeve.daemon.service.RunSettings;
import dev.reeve.daemon.service.ServiceName;
import dev.reeve.daemon.service.ServiceState;
import dev.reeve.daemon.service.StopSettings;
import dev.reeve.daemon.service.Want;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Services in places where a life meets them.
final class Situations {
    private static final RunSettings SETTINGS = new RunSettings(false, RestartPolicy.DEFAULT, StopSettings.DEFAULT);

    private Situations() {}

    static Moment at(long seconds) {
        return new Moment(Duration.ofSeconds(seconds).toNanos());
    }

    /// Everything that can happen to the whole, once.
    static List<LifeEvent> everyEvent() {
        return List.of(
                new LifeEvent.ServicesFound(),
                new LifeEvent.ServiceChanged(up("rc.init")),
                new LifeEvent.ServiceChanged(ended("rc.init", new ExitStatus.Exited(0))),
                new LifeEvent.ServiceChanged(failed("rc.shutdown", new ExitStatus.Exited(1))),
                new LifeEvent.EndRequested(new EndOrder(EndOrder.How.EXIT)),
                new LifeEvent.EndRequested(new EndOrder(EndOrder.How.REBOOT)),
                new LifeEvent.EndRequested(new EndOrder(EndOrder.How.HALT, Duration.ofSeconds(30), Optional.empty())),
                new LifeEvent.EndCancelled(),
                new LifeEvent.ShutdownBegan(),
                new LifeEvent.DeadlinePassed());
    }

    static ServiceSituation up(String name) {
        return in(name, new ServiceState.Up(run(), History.NONE));
    }

    static ServiceSituation stopping(String name, Moment killedAt) {
        return in(name, new ServiceState.Stopping(run(), Want.DOWN, killedAt, History.NONE));
    }

    static ServiceSituation neverStarted(String name) {
        return in(name, new ServiceState.Down(History.NONE));
    }

    static ServiceSituation ended(String name, ExitStatus exit) {
        return in(name, new ServiceState.Down(after(exit)));
    }

    static ServiceSituation failed(String name, ExitStatus exit) {
        return in(name, new ServiceState.Failed("it ended", after(exit)));
    }

    static ServiceSituation endedAndStartedAgain(String name, ExitStatus exit) {
        return in(name, new ServiceState.BackingOff(Optional.empty(), at(99), after(exit)));
    }

    static ServiceSituation cannotBeStarted(String name) {
        return in(name, new ServiceState.BackingOff(Optional.of("it may not be executed"), at(99), History.NONE));
    }

    private static Run run() {
        return new Run(new Pid(7), SETTINGS, at(0), Optional.empty());
    }

    private static History after(ExitStatus exit) {
        return new History(Optional.of(exit), 0, Duration.ZERO, at(0), List.of(), Optional.empty());
    }

    private static ServiceSituation in(String name, ServiceState state) {
        return new ServiceSituation(new ServiceName(name), state, at(0));
    }
}
