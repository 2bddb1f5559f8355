package dev.reeve.daemon.reactor;

import dev.reeve.daemon.fleet.ServiceSituation;
import dev.reeve.daemon.log.Log;
import dev.reeve.daemon.service.ExitStatus;
import dev.reeve.daemon.service.ServiceName;
import dev.reeve.daemon.service.ServiceState;
import dev.reeve.daemon.service.ServiceState.Aborting;
import dev.reeve.daemon.service.ServiceState.BackingOff;
import dev.reeve.daemon.service.ServiceState.Failed;
import dev.reeve.daemon.service.ServiceState.SpawningFinish;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Tells the log what goes wrong with services: one cannot be started, ended by itself, is given up. The same trouble
/// of the same service is told in the same words each time, so that the log can count it.
final class ServiceTroubles {
    private final Log log;

    /// How often those that ended by themselves did so.
    private final Map<ServiceName, Long> restarts = new HashMap<>();

    ServiceTroubles(Log log) {
        this.log = log;
    }

    void changed(ServiceSituation situation) {
        ServiceState state = situation.state();
        if (endedByItself(situation)) {
            Optional<ExitStatus> exit = state.history().lastExit();
            String how = exit.isPresent() ? " (" + exit.get() + ")" : "";
            warn(situation, "it ended by itself" + how + " and is started again");
        }
        if (state instanceof Aborting aborting) {
            warn(situation, aborting.reason() + "; it is sent SIGABRT");
        }
        if (state instanceof BackingOff backingOff && backingOff.problem().isPresent()) {
            String problem = backingOff.problem().get();
            warn(situation, "it cannot be started: " + problem + "; this is tried again until it can");
        }
        if (state instanceof Failed failed) {
            warn(situation, "it has failed: " + failed.reason());
        }
    }

    /// No service has this name any more.
    void forget(ServiceName name) {
        restarts.remove(name);
    }

    /// Counted where `run` has just ended: a service that was renamed comes with the restarts of its old name.
    private boolean endedByItself(ServiceSituation situation) {
        long now = situation.state().history().restarts();
        if (now == 0 || !(situation.state() instanceof SpawningFinish)) {
            return false;
        }
        @Nullable Long before = restarts.put(situation.name(), now);
        return before == null || before < now;
    }

    private void warn(ServiceSituation situation, String trouble) {
        log.warning("service " + situation.name() + ": " + trouble);
    }
}
