package dev.reeve.daemon.reactor;

import dev.reeve.daemon.process.ProcessFacts;
import dev.reeve.daemon.service.ServiceEvent;
import dev.reeve.daemon.service.ServiceName;
import java.util.ArrayDeque;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Facts in the order of their arrival. Callbacks only put them here; deciding is the [Reactor]'s turn. Belongs to
/// the loop's thread.
public final class Inbox implements ProcessFacts {
    private final ArrayDeque<Fact> facts = new ArrayDeque<>();

    public void add(Fact fact) {
        facts.add(fact);
    }

    @Override
    public void happened(ServiceName name, ServiceEvent event) {
        add(new Fact.ServiceHappened(name, event));
    }

    @Override
    public void found(ServiceName name, boolean startsDown) {
        add(new Fact.ServiceFound(name, startsDown));
    }

    @Override
    public void vanished(ServiceName name, boolean loggerToo) {
        add(new Fact.ServiceVanished(name, loggerToo));
    }

    @Override
    public void retaken(ServiceName name, boolean startsDown) {
        add(new Fact.ServiceRetaken(name, startsDown));
    }

    @Override
    public void renamed(Map<ServiceName, ServiceName> names) {
        add(new Fact.ServicesRenamed(names));
    }

    /// How many facts wait.
    public int size() {
        return facts.size();
    }

    boolean isEmpty() {
        return facts.isEmpty();
    }

    @Nullable
    Fact next() {
        return facts.poll();
    }
}
