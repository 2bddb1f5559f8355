package dev.reeve.daemon.reactor;

import dev.reeve.daemon.fleet.Answer;
import dev.reeve.daemon.fleet.Command;
import dev.reeve.daemon.fleet.Command.Letters;
import dev.reeve.daemon.fleet.Command.Shutdown;
import dev.reeve.daemon.fleet.Command.Start;
import dev.reeve.daemon.fleet.Command.Stop;
import dev.reeve.daemon.fleet.Fleet;
import dev.reeve.daemon.fleet.Letter;
import dev.reeve.daemon.life.Life;
import dev.reeve.daemon.life.LifeEffect;
import dev.reeve.daemon.life.LifeEffect.EndLoop;
import dev.reeve.daemon.life.LifeEffect.KillEverything;
import dev.reeve.daemon.life.LifeEffect.StartService;
import dev.reeve.daemon.life.LifeEffect.StopEverything;
import dev.reeve.daemon.life.LifeEffect.StopService;
import dev.reeve.daemon.life.LifeEffect.Tell;
import dev.reeve.daemon.life.LifeEffect.Warn;
import dev.reeve.daemon.life.LifeEvent;
import dev.reeve.daemon.life.LifeStep;
import dev.reeve.daemon.log.Log;
import dev.reeve.daemon.reactor.Fact.CommandArrived;
import dev.reeve.daemon.reactor.Fact.EndArrived;
import dev.reeve.daemon.service.Moment;
import dev.reeve.daemon.service.ServiceName;
import java.util.List;
import java.util.Set;

/// Tells the [Life] of what happens to the whole, and has done what it decides: as if someone had commanded it, by way
/// of the inbox.
final class LifeDesk {
    private static final int TRIES = 3;

    private final Life life;
    private final Fleet fleet;
    private final Inbox inbox;
    private final Log log;

    LifeDesk(Life life, Fleet fleet, Inbox inbox, Log log) {
        this.life = life;
        this.fleet = fleet;
        this.inbox = inbox;
        this.log = log;
    }

    Moment deadline() {
        return life.deadline();
    }

    boolean isDue(Moment now) {
        return life.deadline().compareTo(now) <= 0;
    }

    LifeStep on(LifeEvent event, Moment now) {
        return life.on(event, fleet.services(), now);
    }

    /// Has done what the step says.
    void follow(LifeStep step) {
        for (LifeEffect effect : step.effects()) {
            perform(effect);
        }
    }

    private void perform(LifeEffect effect) {
        switch (effect) {
            case StartService(ServiceName name) -> command(new Start(Set.of(name)), TRIES);
            case StopService(ServiceName name) -> command(new Stop(Set.of(name)), TRIES);
            case StopEverything() -> command(new Shutdown(), TRIES);
            case KillEverything() -> killAll();
            case EndLoop() -> inbox.add(new EndArrived());
            case Tell(String message) -> log.info(message);
            case Warn(String message) -> log.warning(message);
        }
    }

    private void killAll() {
        fleet.services().stream()
                .filter(service -> !service.state().isAtRest())
                .map(service -> Set.of(service.name()))
                .forEach(name -> command(new Letters(name, List.of(Letter.KILL_GROUP, Letter.KILL)), TRIES));
    }

    /// An error of our own keeps nobody from what follows for the whole, unless it stays.
    private void command(Command command, int tries) {
        inbox.add(new CommandArrived(command, answer -> {
            if (answer instanceof Answer.NotDone && tries > 1) {
                command(command, tries - 1);
            }
        }));
    }
}
