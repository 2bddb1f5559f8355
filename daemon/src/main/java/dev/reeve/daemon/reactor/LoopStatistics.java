package dev.reeve.daemon.reactor;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/// What the loop has done since it began. Belongs to the loop's thread.
public final class LoopStatistics {
    private long turns;
    private long facts;
    private long deadlines;
    private Duration longestTurn = Duration.ZERO;
    private Duration lastTurn = Duration.ZERO;
    private Duration allTurns = Duration.ZERO;

    /// A turn is over.
    void turned(int facts, int deadlines, Duration taken) {
        turns++;
        this.facts += facts;
        this.deadlines += deadlines;
        lastTurn = taken;
        allTurns = allTurns.plus(taken);
        if (taken.compareTo(longestTurn) > 0) {
            longestTurn = taken;
        }
    }

    /// By name; those that are times end in their unit.
    public SequencedMap<String, Long> figures() {
        SequencedMap<String, Long> figures = new LinkedHashMap<>();
        figures.put("turns", turns);
        figures.put("facts", facts);
        figures.put("deadlines", deadlines);
        figures.put("last-turn-micros", micros(lastTurn));
        figures.put("longest-turn-micros", micros(longestTurn));
        figures.put("all-turns-millis", allTurns.toMillis());
        return figures;
    }

    private static long micros(Duration duration) {
        return duration.toNanos() / 1_000;
    }
}
