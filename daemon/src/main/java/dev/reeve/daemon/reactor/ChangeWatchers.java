package dev.reeve.daemon.reactor;

import dev.reeve.daemon.fleet.ServiceSituation;
import dev.reeve.daemon.service.ServiceName;
import java.util.List;
import java.util.function.Consumer;

/// Several watchers, told in this order. That one cannot be told keeps nothing from the next.
public record ChangeWatchers(List<ChangeWatcher> watchers) implements ChangeWatcher {

    @Override
    public void changed(ServiceSituation situation) {
        each(watcher -> watcher.changed(situation));
    }

    @Override
    public void forgotten(ServiceName name) {
        each(watcher -> watcher.forgotten(name));
    }

    @Override
    public void turnEnded() {
        each(ChangeWatcher::turnEnded);
    }

    private void each(Consumer<ChangeWatcher> telling) {
        tellFrom(0, telling);
    }

    private void tellFrom(int first, Consumer<ChangeWatcher> telling) {
        if (first < watchers.size()) {
            try {
                telling.accept(watchers.get(first));
            } finally {
                tellFrom(first + 1, telling);
            }
        }
    }
}
