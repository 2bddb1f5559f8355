package dev.reeve.protocol;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The word in a request's `op`, how many services it takes, and which further fields.
enum Operation {
    START(Services.AT_LEAST_ONE),
    STOP(Services.AT_LEAST_ONE),
    RESTART(Services.AT_LEAST_ONE),
    RELOAD(Services.AT_LEAST_ONE),
    SIGNAL(Services.AT_LEAST_ONE),
    SVC(Services.AT_LEAST_ONE),
    STATUS(Services.ANY),
    WATCH(Services.ANY),
    WHY(Services.AT_LEAST_ONE),
    RESCAN(Services.NONE),
    DEBUG(Services.NONE),
    SHUTDOWN(Services.NONE),
    VERSION(Services.NONE);

    enum Services {
        AT_LEAST_ONE,
        ANY,
        NONE
    }

    /// A field that stands beside `services`.
    enum Argument {
        ONCE("true, for services that are not to be started again when they end"),
        SIGNAL("a signal's name or number, such as \"HUP\""),
        LETTERS("letters of s6-svc, such as \"u\""),
        TOPIC("one of " + DebugTopic.words()),
        HOW("one of " + HowToEnd.words()),
        AFTER_SECONDS("in how many seconds"),
        GRACE_MILLIS("how long processes that do not end are waited for");

        static final List<Argument> ALL = List.of(values());

        private final String field = name().toLowerCase(Locale.ROOT).replace('_', '-');
        private final String meaning;

        Argument(String meaning) {
            this.meaning = meaning;
        }

        /// The field's name.
        String field() {
            return field;
        }

        /// What people should write there.
        String meaning() {
            return meaning;
        }
    }

    private static final List<Operation> ALL = List.of(values());
    private static final String WORDS = ALL.stream().map(Operation::word).collect(Collectors.joining(", "));

    private final String word = name().toLowerCase(Locale.ROOT);
    private final Services services;

    Operation(Services services) {
        this.services = services;
    }

    /// As written in the protocol.
    String word() {
        return word;
    }

    Services services() {
        return services;
    }

    /// The indispensable one first, if there is one.
    List<Argument> arguments() {
        return switch (this) {
            case START -> List.of(Argument.ONCE);
            case SIGNAL -> List.of(Argument.SIGNAL);
            case SVC -> List.of(Argument.LETTERS);
            case DEBUG -> List.of(Argument.TOPIC);
            case SHUTDOWN -> List.of(Argument.HOW, Argument.AFTER_SECONDS, Argument.GRACE_MILLIS);
            case STOP, RESTART, RELOAD, STATUS, WATCH, WHY, RESCAN, VERSION -> List.of();
        };
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
        for (Operation operation : ALL) {
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
