package dev.reeve.daemon.catchall;

import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/// The last lines that nobody has taken yet, and how many there were before them. Pure.
final class LastLines {
    static final int LINES_MAX = 1_000;

    private final ArrayDeque<String> lines = new ArrayDeque<>();
    private long lost;

    /// The oldest goes where there are too many.
    void add(String line) {
        if (lines.size() == LINES_MAX) {
            lines.remove();
            lost++;
        }
        lines.add(line);
    }

    /// The next one to be taken: one that tells of those that were lost first. Null where there is none.
    @Nullable
    String peek() {
        return lost > 0
                ? "reeved: warning: " + lost + " lines that were said before these had no room and are lost; they may"
                        + " be on the console"
                : lines.peek();
    }

    /// What [#peek] answered was taken.
    void taken() {
        if (lost > 0) {
            lost = 0;
        } else {
            lines.remove();
        }
    }

    int size() {
        return lines.size();
    }
}
