package dev.reeve.daemon;

import dev.reeve.daemon.service.ServiceName;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// What `reeved --container` is told: the words of the container's command, none if it has none, the service with whose
/// end the container ends, and how long everything may take to end.
record ContainerOptions(List<String> words, Optional<ServiceName> exitWith, Duration grace) {

    /// Below the 10 seconds that docker stop gives, so that reeved itself still ends in order.
    static final Duration USUAL_GRACE = Duration.ofSeconds(8);
}
