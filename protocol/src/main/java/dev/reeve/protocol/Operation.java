package dev.reeve.protocol;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The word in a request's `op`, and how many services it takes.
enum Operation {
    START(Services.AT_LEAST_ONE),
    STOP(Services.AT_LEAST_ONE),
    RESTART(Services.AT_LEAST_ONE),
    STATUS(Services.ANY),
    WATCH(Services.ANY),
    SHUTDOWN(Services.NONE),
    VERSION(Services.NONE);

    enum Services {
        AT_LEAST_ONE,
        ANY,
        NONE
    }

    private static final String WORDS =
            Arrays.stream(values()).map(Operation::word).collect(Collectors.joining(", "));

    private final Services services;

    Operation(Services services) {
        this.services = services;
    }

    /// As written in the protocol.
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    Services services() {
        return services;
    }

    /// The operation of this word, or null if there is none.
    static @Nullable Operation of(String word) {
        for (Operation operation : values()) {
            if (operation.word().equals(word)) {
                return operation;
            }
        }
        return null;
    }

    /// All of them, for people.
    static String words() {
        return WORDS;
    }
}
