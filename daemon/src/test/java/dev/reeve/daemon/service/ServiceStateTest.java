package dev.reeve.daemon.service;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.reeve.daemon.service.ServiceState.BackingOff;
import dev.reeve.daemon.service.ServiceState.Down;
import dev.reeve.daemon.service.ServiceState.Failed;
import org.junit.jupiter.api.Test;

class ServiceStateTest {
    @Test
    void aServiceIsAtRestWhereNothingRunsAndNothingWillByItself() {
        ServiceSamples.STATES.stream().map(ServiceSamples.Given::state).forEach(state -> {
            boolean rests = state instanceof Down || state instanceof Failed;
            assertEquals(rests, state.isAtRest(), state::toString);
        });
        assertEquals(
                1,
                ServiceSamples.STATES.stream()
                        .map(given -> given.state().getClass())
                        .filter(BackingOff.class::equals)
                        .distinct()
                        .count());
    }
}
