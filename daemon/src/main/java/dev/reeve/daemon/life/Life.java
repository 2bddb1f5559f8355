package dev.reeve.daemon.life;

import dev.reeve.daemon.fleet.ServiceSituation;
import dev.reeve.daemon.service.Moment;
import java.util.Collection;

/// Decides over all services together, as a service's machine decides over one process: when everything is to end, and
/// what may take how long until it has. Belongs to one thread.
///
/// The loop ends by itself once the fleet was told to shut down and every service has come to rest.
public interface Life {

    /// Takes the event into account and says what follows. `services` are all there are now.
    LifeStep on(LifeEvent event, Collection<ServiceSituation> services, Moment now);

    /// When [LifeEvent.DeadlinePassed] is to come; [Moment#NEVER] if it is not.
    Moment deadline();
}
