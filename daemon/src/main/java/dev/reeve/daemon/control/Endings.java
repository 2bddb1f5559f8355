package dev.reeve.daemon.control;

import dev.reeve.daemon.life.EndOrder;
import dev.reeve.daemon.life.EndOrder.How;
import dev.reeve.daemon.life.LifeEvent;
import dev.reeve.daemon.life.LifeEvent.EndCancelled;
import dev.reeve.daemon.life.LifeEvent.EndRequested;
import dev.reeve.protocol.Request;
import java.time.Duration;
import java.util.Optional;

/// What someone wants to end, in the daemon's words.
final class Endings {
    private Endings() {}

    static LifeEvent event(Request.Shutdown request) {
        return switch (request.how()) {
            case EXIT -> ordered(How.EXIT, request);
            case POWEROFF -> ordered(How.POWEROFF, request);
            case REBOOT -> ordered(How.REBOOT, request);
            case HALT -> ordered(How.HALT, request);
            case KEXEC -> ordered(How.KEXEC, request);
            case CANCEL -> new EndCancelled();
        };
    }

    private static LifeEvent ordered(How how, Request.Shutdown request) {
        return new EndRequested(new EndOrder(
                how,
                Duration.ofSeconds(request.afterSeconds()),
                Optional.ofNullable(request.graceMillis()).map(Duration::ofMillis)));
    }
}
