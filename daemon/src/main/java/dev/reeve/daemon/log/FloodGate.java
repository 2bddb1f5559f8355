package dev.reeve.daemon.log;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Keeps the log readable on a bad day: what is said again and again is told once and then counted, and all together
/// is no more than [#AT_ONCE] lines at once and one a second in the long run.
///
/// A message that was told is only counted for a minute. If it was said again meanwhile, that is told with the number,
/// and it is counted for twice as long, up to an hour; else it is as good as new. What there is no room for is counted
/// too, and told as a number each minute.
///
/// Pure: moments are nanoseconds of a monotonic clock that the caller reads. Not for several threads.
final class FloodGate {
    static final int AT_ONCE = 200;
    static final long PERIOD_NANOS = TimeUnit.MINUTES.toNanos(1);
    static final long NEVER = Long.MAX_VALUE;
    static final int REST_MAX = 10;

    private static final long PERIOD_NANOS_MAX = TimeUnit.HOURS.toNanos(1);
    private static final long NANOS_A_LINE = TimeUnit.SECONDS.toNanos(1);

    /// So many different messages are remembered, which is as many as there is room to tell in a quarter of an hour.
    private static final int REMEMBERED_MAX = 1_000;

    /// Those that were told lately, by what they say.
    private final Map<String, Repeats> told = new HashMap<>();

    private int room = AT_ONCE;
    private long roomCountedAt;
    private int leftOut;
    private long leftOutTold;
    private long nextDue = NEVER;

    FloodGate(long now) {
        this.roomCountedAt = now;
    }

    /// What was said again since it was told.
    private static final class Repeats {
        private long period = PERIOD_NANOS;
        private long ends;
        private int count;

        Repeats(long now) {
            ends = now + period;
        }
    }

    /// Whether this is to be written now.
    boolean admits(String message, long now) {
        @Nullable Repeats repeats = told.get(message);
        if (repeats != null && (now < repeats.ends || repeats.count > 0)) {
            repeats.count++;
            nextDue = Math.min(nextDue, repeats.ends);
            return false;
        }
        if (!takeRoom(now)) {
            countLeftOut(now);
            return false;
        }
        remember(message, now);
        return true;
    }

    /// When [#due] has something to say.
    long nextDue() {
        return nextDue;
    }

    private long findNextDue() {
        long next = leftOut > 0 ? leftOutTold + PERIOD_NANOS : NEVER;
        for (Repeats repeats : told.values()) {
            if (repeats.count > 0) {
                next = Math.min(next, repeats.ends);
            }
        }
        return next;
    }

    /// The counts that are to be told now.
    List<String> due(long now) {
        if (now < nextDue) {
            return List.of();
        }
        List<String> lines = new ArrayList<>();
        told.forEach((message, repeats) -> {
            if (repeats.count > 0 && now >= repeats.ends) {
                tellRepeats(message, repeats, now, lines);
            }
        });
        if (leftOut > 0 && now >= leftOutTold + PERIOD_NANOS) {
            lines.add(tellLeftOut());
        }
        nextDue = findNextDue();
        return lines;
    }

    /// The counts that have not been told, at the end: the greatest of them, for the end of a machine is read on a
    /// console that may be slow.
    List<String> rest() {
        List<Map.Entry<String, Repeats>> repeated = told.entrySet().stream()
                .filter(it -> it.getValue().count > 0)
                .sorted(Comparator.comparingInt(it -> -it.getValue().count))
                .toList();
        List<String> lines = new ArrayList<>();
        repeated.stream()
                .limit(REST_MAX)
                .forEach(it -> lines.add(it.getKey() + " (" + times(it.getValue().count) + ")"));
        if (repeated.size() > REST_MAX) {
            lines.add("reeved: info: " + (repeated.size() - REST_MAX) + " other messages came again, too");
        }
        told.clear();
        nextDue = NEVER;
        if (leftOut > 0) {
            lines.add(tellLeftOut());
        }
        return lines;
    }

    private void tellRepeats(String message, Repeats repeats, long now, List<String> lines) {
        if (takeRoom(now)) {
            lines.add(message + " (" + times(repeats.count) + " in " + seconds(repeats.period) + ")");
        } else {
            countLeftOut(now);
        }
        repeats.count = 0;
        repeats.period = Math.min(2 * repeats.period, PERIOD_NANOS_MAX);
        repeats.ends = now + repeats.period;
    }

    private String tellLeftOut() {
        String line = "reeved: warning: " + leftOut + " further messages were left out, because so many came at once;"
                + " \"reeve status\" shows what is wrong with which service";
        leftOut = 0;
        return line;
    }

    private void countLeftOut(long now) {
        if (leftOut == 0) {
            leftOutTold = now;
            nextDue = Math.min(nextDue, now + PERIOD_NANOS);
        }
        leftOut++;
    }

    private void remember(String message, long now) {
        if (told.size() >= REMEMBERED_MAX) {
            told.values().removeIf(repeats -> repeats.count == 0 && now >= repeats.ends);
        }
        if (told.size() < REMEMBERED_MAX || told.containsKey(message)) {
            told.put(message, new Repeats(now));
        }
    }

    private boolean takeRoom(long now) {
        long gained = (now - roomCountedAt) / NANOS_A_LINE;
        if (gained > 0) {
            room = (int) Math.min(AT_ONCE, room + gained);
            roomCountedAt += gained * NANOS_A_LINE;
        }
        if (room == 0) {
            return false;
        }
        room--;
        return true;
    }

    private static String times(int count) {
        return count == 1 ? "once more" : count + " more times";
    }

    private static String seconds(long nanos) {
        return Duration.ofNanos(nanos).toSeconds() + " s";
    }
}
