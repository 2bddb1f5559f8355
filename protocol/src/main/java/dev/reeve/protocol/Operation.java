package dev.reeve.protocol;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The word in a request's `op`, how many services it takes, and which further field.
enum Operation {
    START(Services.AT_LEAST_ONE, Argument.ONCE),
    STOP(Services.AT_LEAST_ONE, Argument.NONE),
    RESTART(Services.AT_LEAST_ONE, Argument.NONE),
    RELOAD(Services.AT_LEAST_ONE, Argument.NONE),
    SIGNAL(Services.AT_LEAST_ONE, Argument.SIGNAL),
    SVC(Services.AT_LEAST_ONE, Argument.LETTERS),
    STATUS(Services.ANY, Argument.NONE),
    WATCH(Services.ANY, Argument.NONE),
    WHY(Services.AT_LEAST_ONE, Argument.NONE),
    RESCAN(Services.NONE, Argument.NONE),
    DEBUG(Services.NONE, Argument.TOPIC),
    SHUTDOWN(Services.NONE, Argument.NONE),
    VERSION(Services.NONE, Argument.NONE);

    enum Services {
        AT_LEAST_ONE,
        ANY,
        NONE
    }

    /// A field that stands beside `services`.
    enum Argument {
        NONE(""),
        ONCE("true, for services that are not to be started again when they end"),
        SIGNAL("a signal's name or number, such as \"HUP\""),
        LETTERS("letters of s6-svc, such as \"u\""),
        TOPIC("one of " + DebugTopic.words());

        private final String meaning;

        Argument(String meaning) {
            this.meaning = meaning;
        }

        /// The field's name.
        String field() {
            return name().toLowerCase(Locale.ROOT);
        }

        /// What people should write there.
        String meaning() {
            return meaning;
        }
    }

    private static final String WORDS =
            Arrays.stream(values()).map(Operation::word).collect(Collectors.joining(", "));

    private final Services services;
    private final Argument argument;

    Operation(Services services, Argument argument) {
        this.services = services;
        this.argument = argument;
    }

    /// As written in the protocol.
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    Services services() {
        return services;
    }

    Argument argument() {
        return argument;
    }

    static Operation of(Request request) {
        return switch (request) {
            case Request.Start _ -> START;
            case Request.Stop _ -> STOP;
            case Request.Restart _ -> RESTART;
            case Request.Reload _ -> RELOAD;
            case Request.Signal _ -> SIGNAL;
            case Request.Svc _ -> SVC;
            case Request.Status _ -> STATUS;
            case Request.Watch _ -> WATCH;
            case Request.Why _ -> WHY;
            case Request.Rescan _ -> RESCAN;
            case Request.Debug _ -> DEBUG;
            case Request.Shutdown _ -> SHUTDOWN;
            case Request.Version _ -> VERSION;
        };
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
