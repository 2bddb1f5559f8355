package dev.reeve.daemon.life;

import dev.reeve.daemon.fleet.ServiceSituation;
import dev.reeve.daemon.life.LifeEffect.StopEverything;
import dev.reeve.daemon.life.LifeEvent.DeadlinePassed;
import dev.reeve.daemon.life.LifeEvent.EndCancelled;
import dev.reeve.daemon.life.LifeEvent.EndRequested;
import dev.reeve.daemon.life.LifeEvent.ServiceChanged;
import dev.reeve.daemon.life.LifeEvent.ServicesFound;
import dev.reeve.daemon.life.LifeEvent.ShutdownBegan;
import dev.reeve.daemon.service.Moment;
import java.util.Collection;

/// The life of a daemon among others: it supervises until it is told to end, and each service takes as long as it may.
public final class DaemonLife implements Life {
    private static final String NO_INIT =
            "this reeved is not the machine's init, so it cannot end the machine: ask that"
                    + " one (/sbin/poweroff, /sbin/reboot), or use \"reeve shutdown\" to end reeved and its services";

    static final String NOT_LATER =
            "only the machine's init can be told now to end later: use at(1), or sleep before it";

    @Override
    public LifeStep on(LifeEvent event, Collection<ServiceSituation> services, Moment now) {
        return switch (event) {
            case EndRequested(EndOrder order) -> end(order);
            case EndCancelled() -> LifeStep.refused(NOT_LATER);
            case ServiceChanged _, ServicesFound _, ShutdownBegan _, DeadlinePassed _ -> LifeStep.NOTHING;
        };
    }

    private static LifeStep end(EndOrder order) {
        if (order.how() != EndOrder.How.EXIT) {
            return LifeStep.refused(NO_INIT);
        }
        return order.isForNow() ? LifeStep.of(new StopEverything()) : LifeStep.refused(NOT_LATER);
    }

    @Override
    public Moment deadline() {
        return Moment.NEVER;
    }
}
