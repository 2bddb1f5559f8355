package dev.reeve.benchmarks.unread;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// 999 clients of one daemon, which a thread of its own has act ten times a second each: 225 of each manner of not
/// reading, and 99 ordinary ones.
final class Crowd implements AutoCloseable {
    private static final int RUDE_OF_EACH = 225;
    private static final int ORDINARY = 99;
    private static final int SHARES = 10;
    private static final Duration TICK = Duration.ofMillis(10);

    private final List<CrowdClient> clients = new ArrayList<>();
    private final Thread thread = new Thread(this::act, "crowd");
    private volatile boolean leaving;
    private volatile @Nullable IOException failure;

    /// Connects all of them, and has them begin.
    Crowd(Path socket, List<String> services) throws IOException {
        for (Manner manner : Manner.values()) {
            int count = manner == Manner.ORDINARY ? ORDINARY : RUDE_OF_EACH;
            for (int i = 0; i < count; i++) {
                clients.add(new CrowdClient(socket, manner, services.get(i % services.size())));
            }
        }
        thread.start();
    }

    /// Has all stop, and tells what became of those of each manner. An IOException if a client could not do its part.
    List<String> leave() throws IOException {
        end();
        if (failure != null) {
            throw new IOException("the other clients did not get far: " + failure.getMessage(), failure);
        }
        clients.forEach(CrowdClient::findOutWhetherCutOff);
        List<String> words = new ArrayList<>();
        long connected = 0;
        for (Manner manner : Manner.values()) {
            List<CrowdClient> these =
                    clients.stream().filter(client -> client.manner() == manner).toList();
            long stayed = these.stream().filter(CrowdClient::wasNeverCutOff).count();
            connected += stayed;
            words.add("%4d of %d that %s".formatted(stayed, these.size(), manner.words));
        }
        words.addFirst("%d of %d were never cut off, and are connected still:".formatted(connected, clients.size()));
        return words;
    }

    @Override
    public void close() throws IOException {
        end();
        for (CrowdClient client : clients) {
            client.close();
        }
    }

    private void end() {
        leaving = true;
        try {
            thread.join();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /// A share of the clients at each tick, so that they do not all act at once.
    private void act() {
        try {
            for (int tick = 0; !leaving; tick++) {
                for (int i = tick % SHARES; i < clients.size() && !leaving; i += SHARES) {
                    clients.get(i).act();
                }
                LockSupport.parkNanos(TICK.toNanos());
            }
        } catch (IOException e) {
            failure = e;
        }
    }
}
