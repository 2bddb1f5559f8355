package dev.reeve.daemon.s6;

import dev.reeve.daemon.service.Signal;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What s6-svscanctl, or a signal, has s6-svscan do (s6-svscan.html). What is ordered together is done in this order.
enum SvscanOrder {
    /// Ended children are looked for.
    REAP,
    /// The scan directory is read; what has gone from it is not stopped.
    SCAN,
    /// What has gone from the scan directory ends, and then its logger.
    PRUNE,
    /// What has gone from the scan directory ends, its logger with it.
    PRUNE_LOGGERS_TOO,
    /// Everything ends, loggers after their services, and then the daemon.
    TERMINATE,
    /// Everything ends, loggers with their services, and then the daemon.
    QUIT,
    /// The daemon ends at once, and what runs goes on without it.
    ABORT;

    private static final Set<SvscanOrder> ENDS = Set.of(TERMINATE, QUIT, ABORT);

    private static final Map<Character, Set<SvscanOrder>> LETTERS = Map.of(
            'z', Set.of(REAP),
            'a', Set.of(SCAN),
            'b', Set.of(ABORT),
            'h', Set.of(SCAN, PRUNE),
            'i', Set.of(TERMINATE),
            't', Set.of(TERMINATE),
            'q', Set.of(QUIT),
            'n', Set.of(PRUNE),
            'N', Set.of(PRUNE_LOGGERS_TOO));

    private static final Map<Signal, Character> SIGNALS = Map.of(
            Signal.HUP,
            'h',
            Signal.INT,
            'i',
            Signal.TERM,
            't',
            signal("QUIT"),
            'q',
            signal("ALRM"),
            'a',
            signal("ABRT"),
            'b');

    /// Empty for a letter that is none of s6-svscanctl's.
    static Set<SvscanOrder> of(char letter) {
        return LETTERS.getOrDefault(letter, Set.of());
    }

    /// Empty for a signal that has s6-svscan do nothing.
    static Set<SvscanOrder> of(Signal signal) {
        return Optional.ofNullable(SIGNALS.get(signal)).map(SvscanOrder::of).orElse(Set.of());
    }

    /// Adds what a further letter says. Of two that differ in whether anybody is waited for at the end, the later one
    /// is right: who is told to end and then to abort does not wait.
    static void add(Set<SvscanOrder> orders, Set<SvscanOrder> more) {
        if (more.stream().anyMatch(order -> order != ABORT && ENDS.contains(order))) {
            orders.remove(ABORT);
        }
        orders.addAll(more);
    }

    private static Signal signal(String name) {
        return Signal.parse(name).orElseThrow();
    }
}
