package dev.reeve.daemon.process;

import dev.reeve.bridge.HeldFd;
import java.util.ArrayList;
import java.util.List;

/// The descriptors that a service has given away to have them again at its next start, oldest first. Belongs to the
/// loop's thread.
final class StoredDescriptors {
    private final List<Stored> stored = new ArrayList<>(0);

    /// Those that were closed while an errand had them may be among these.
    private List<Stored> lent = List.of();

    private int max;

    /// `name` is what the service knows it by.
    record Stored(String name, HeldFd handle) {
        int fd() {
            return handle.fd();
        }
    }

    /// From now on so many are kept at most: what is above is closed.
    void limit(int descriptors) {
        max = descriptors;
        while (stored.size() > max) {
            stored.removeLast().handle().close();
        }
    }

    int max() {
        return max;
    }

    int count() {
        return stored.size();
    }

    List<Stored> all() {
        return stored;
    }

    void add(Stored descriptor) {
        stored.add(descriptor);
    }

    /// It is closed already.
    void forget(HeldFd handle) {
        stored.removeIf(it -> it.handle().equals(handle));
    }

    void remove(String name) {
        stored.stream()
                .filter(it -> it.name().equals(name))
                .forEach(it -> it.handle().close());
        stored.removeIf(it -> it.name().equals(name));
    }

    void closeAll() {
        stored.forEach(it -> it.handle().close());
        stored.clear();
    }

    /// For an errand to hand them on: they stay open until it is back.
    List<Stored> lend() {
        lent = List.copyOf(stored);
        lent.forEach(it -> it.handle().lend());
        return lent;
    }

    void giveBack() {
        List<Stored> back = lent;
        lent = List.of();
        back.forEach(it -> it.handle().giveBack());
    }
}
