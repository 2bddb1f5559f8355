package dev.reeve.cli;

import dev.reeve.cli.outside.ClientFailure;
import dev.reeve.cli.outside.ControlClient;
import dev.reeve.cli.outside.NameBatches;
import dev.reeve.protocol.Notice;
import dev.reeve.protocol.Request;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongFunction;

/// What a client may have done with services, and what it then waits for.
enum ServiceOrder {
    START(Goal.READY),
    START_ONCE(Goal.READY),
    STOP(Goal.DOWN),
    RESTART(Goal.READY);

    private final Goal goal;

    ServiceOrder(Goal goal) {
        this.goal = goal;
    }

    Goal goal() {
        return goal;
    }

    /// Sends the order. Changes that are told before the daemon has taken it go to `meanwhile`.
    void send(ControlClient client, List<String> names, Consumer<Notice> meanwhile) throws ClientFailure {
        for (List<String> batch : NameBatches.of(names)) {
            client.demand(request(batch), meanwhile);
        }
    }

    private LongFunction<Request> request(List<String> names) {
        return switch (this) {
            case START -> id -> new Request.Start(id, names);
            case START_ONCE -> id -> new Request.Start(id, names, true);
            case STOP -> id -> new Request.Stop(id, names);
            case RESTART -> id -> new Request.Restart(id, names);
        };
    }
}
