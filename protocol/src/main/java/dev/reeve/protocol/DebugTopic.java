package dev.reeve.protocol;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What of the daemon's inside one may look at.
public enum DebugTopic {
    /// Every thread and where it is.
    THREADS,
    /// How often the loop turned, and how long it took at worst.
    LOOP,
    /// How full the memory is.
    MEMORY,
    /// How many descriptors are open, by what they are for.
    DESCRIPTORS;

    /// As written in the protocol.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static @Nullable DebugTopic of(String word) {
        for (DebugTopic topic : values()) {
            if (topic.word().equals(word)) {
                return topic;
            }
        }
        return null;
    }

    static String words() {
        return Arrays.stream(values()).map(DebugTopic::word).collect(Collectors.joining(", "));
    }
}
