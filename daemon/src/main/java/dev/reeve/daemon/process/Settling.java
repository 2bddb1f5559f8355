package dev.reeve.daemon.process;

import dev.reeve.daemon.service.Moment;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// When a watched scan directory is to be read, and which of its entries are not finished yet.
///
/// What is renamed into it, or is a symlink, is whole and taken at once. A directory that was made in place is
/// taken when nothing has changed in it for [#QUIET] and it has a `run` that can be executed. One that has gone is
/// given [#ABSENCE] to come back, so that whoever replaces it by hand does not have it stopped in between. Decides
/// only; knows no file.
final class Settling {
    static final Duration QUIET = Duration.ofMillis(500);
    static final Duration ABSENCE = Duration.ofSeconds(2);

    /// Between two readings, however much changes.
    private static final Duration PAUSE = Duration.ofMillis(100);

    private final Map<String, Moment> quietAt = new HashMap<>();
    private final Set<String> touched = new HashSet<>();
    private Moment look = Moment.NEVER;
    private Moment earliestLook = new Moment(Long.MIN_VALUE);
    private boolean reading;
    private boolean unsure;
    private boolean begunUnsure;

    /// A directory was made in place.
    void made(String name, Moment now) {
        touch(name);
        quietAt.put(name, now.plus(QUIET));
    }

    /// Something changed in an entry.
    void changed(String name, Moment now) {
        quietAt.replace(name, now.plus(QUIET));
    }

    /// An entry is there as a whole.
    void arrived(String name, Moment now) {
        quietAt.remove(name);
        look = now;
    }

    /// An entry is gone.
    void left(String name, Moment now) {
        touch(name);
        quietAt.remove(name);
        look = now;
    }

    /// What happened is not known.
    void lost(Moment now) {
        quietAt.replaceAll((_, _) -> now.plus(QUIET));
        look = now;
        unsure = true;
    }

    /// Something known was not there for the first time.
    void missed(Moment now) {
        look = earlier(look, now.plus(ABSENCE));
    }

    /// What was left for later can be done.
    void again(Moment now) {
        look = now;
    }

    private void touch(String name) {
        if (reading) {
            touched.add(name);
        }
    }

    /// Whether the name came or went during the latest reading, which may have seen what is gone already.
    boolean wasTouched(String name) {
        return touched.contains(name);
    }

    boolean isUnfinished(String name) {
        return quietAt.containsKey(name);
    }

    /// Whether what is new in the latest reading may have been made in place, and nobody knows when.
    boolean isUnsure() {
        return unsure || begunUnsure;
    }

    /// When it is to be read next.
    Moment next() {
        Moment next = look;
        for (Moment quiet : quietAt.values()) {
            next = earlier(next, quiet);
        }
        return next.isBefore(earliestLook) ? earliestLook : next;
    }

    /// Those that are to be left alone for now.
    Set<String> postponed(Moment now) {
        return namesWhere(now, false);
    }

    /// Those that have been quiet for long enough.
    Set<String> quiet(Moment now) {
        return namesWhere(now, true);
    }

    private Set<String> namesWhere(Moment now, boolean quiet) {
        return quietAt.entrySet().stream()
                .filter(entry -> entry.getValue().compareTo(now) <= 0 == quiet)
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    /// It is being read; these had been quiet.
    void begins(Set<String> quiet) {
        look = Moment.NEVER;
        reading = true;
        touched.clear();
        begunUnsure = unsure;
        unsure = false;
        quiet.forEach(name -> quietAt.put(name, Moment.NEVER));
    }

    /// It was read. Of those that had been quiet, the unfinished ones wait for a change, the others are settled.
    void ends(Set<String> quiet, Set<String> unfinished, Moment now) {
        reading = false;
        earliestLook = now.plus(PAUSE);
        quiet.stream().filter(name -> !unfinished.contains(name)).forEach(name -> quietAt.remove(name, Moment.NEVER));
    }

    /// It could not be read; what had been quiet is looked at again when it is tried again.
    void failed(Set<String> quiet, Moment now) {
        quiet.forEach(name -> quietAt.replace(name, now.plus(ABSENCE)));
        reading = false;
        unsure |= begunUnsure;
        missed(now);
    }

    private static Moment earlier(Moment one, Moment other) {
        return other.isBefore(one) ? other : one;
    }
}
