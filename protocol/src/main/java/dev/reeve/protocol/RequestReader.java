package dev.reeve.protocol;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads one request from whoever may write to the socket. Reading goes on after the first fault as long as the
/// line is JSON, so that an `id` that comes later still finds its way into the refusal.
final class RequestReader {

    private final JsonFactory factory;
    private @Nullable Long id;
    private @Nullable Operation operation;
    private @Nullable List<String> services;
    private @Nullable String signal;
    private @Nullable String letters;
    private boolean once;
    private @Nullable DebugTopic topic;
    private HowToEnd how = HowToEnd.EXIT;
    private long afterSeconds;
    private @Nullable Long graceMillis;
    private final Set<String> seen = new HashSet<>();
    private @Nullable String fault;

    RequestReader(JsonFactory factory) {
        this.factory = factory;
    }

    Decoded read(byte[] line, int offset, int length) {
        if (length > ProtocolCodec.MAX_REQUEST_BYTES) {
            return bad("the line is longer than " + ProtocolCodec.MAX_REQUEST_BYTES + " bytes: ask in parts");
        }
        try (JsonParser json = Json.parser(factory, line, offset, length)) {
            json.nextToken();
            Json.eachField(json, this::readField);
            if (json.nextToken() != null) {
                return bad("expected one object a line, got more behind it");
            }
        } catch (IOException e) {
            return bad(fault != null ? fault : Json.reason(e));
        }
        return fault != null ? bad(fault) : request();
    }

    private void readField(String field, JsonParser json) throws IOException {
        try {
            if (!seen.add(field)) {
                throw new Json.Unfit("field " + Json.quoted(field) + " twice");
            }
            switch (field) {
                case "id" -> id = Json.whole(json, field);
                case "op" -> operation = operation(Json.string(json, field));
                case "services" -> services = names(json);
                case "signal" -> signal = signal(Json.string(json, field));
                case "once" -> once = Json.bool(json, field);
                case "letters" -> letters = letters(Json.string(json, field));
                case "topic" -> topic = topic(Json.string(json, field));
                case "how" -> how = how(Json.string(json, field));
                case "after-seconds" -> afterSeconds = upTo(ProtocolCodec.MAX_AFTER_SECONDS, json, field);
                case "grace-millis" -> graceMillis = upTo(ProtocolCodec.MAX_GRACE_MILLIS, json, field);
                default ->
                    throw new Json.Unfit("unknown field " + Json.quoted(field)
                            + ": a request has id, op and services, that of start may have once, that of a signal has"
                            + " signal, that of svc letters, that of debug topic, that of shutdown how, after-seconds"
                            + " and grace-millis");
            }
        } catch (Json.Unfit unfit) {
            if (fault == null) {
                fault = Json.reason(unfit);
            }
            json.skipChildren();
        }
    }

    private static Operation operation(String word) throws Json.Unfit {
        Operation operation = Operation.of(word);
        if (operation == null) {
            throw new Json.Unfit("unknown op " + Json.quoted(word) + ": known are " + Operation.words());
        }
        return operation;
    }

    private static String signal(String word) throws Json.Unfit {
        boolean isWord = word.chars().allMatch(character -> character > ' ' && character < 0x7f);
        if (word.isEmpty() || word.length() > ProtocolCodec.MAX_SIGNAL_CHARACTERS || !isWord) {
            throw new Json.Unfit(
                    "signal: expected a signal's name or number, such as \"HUP\", got " + Json.quoted(word));
        }
        return word;
    }

    private static String letters(String text) throws Json.Unfit {
        boolean areLetters = text.chars().allMatch(character -> character > ' ' && character < 0x7f);
        if (text.isEmpty() || text.length() > ProtocolCodec.MAX_LETTERS || !areLetters) {
            throw new Json.Unfit("letters: expected 1 to " + ProtocolCodec.MAX_LETTERS
                    + " letters of s6-svc, such as \"u\", got " + Json.quoted(text));
        }
        return text;
    }

    private static DebugTopic topic(String word) throws Json.Unfit {
        DebugTopic topic = DebugTopic.of(word);
        if (topic == null) {
            throw new Json.Unfit("unknown topic " + Json.quoted(word) + ": known are " + DebugTopic.words());
        }
        return topic;
    }

    private static HowToEnd how(String word) throws Json.Unfit {
        HowToEnd how = HowToEnd.of(word);
        if (how == null) {
            throw new Json.Unfit("unknown how " + Json.quoted(word) + ": known are " + HowToEnd.words());
        }
        return how;
    }

    private static long upTo(long max, JsonParser json, String field) throws IOException {
        long number = Json.whole(json, field);
        if (number < 0 || number > max) {
            throw new Json.Unfit(field + ": expected 0 to " + max + ", got " + number);
        }
        return number;
    }

    /// The names in the array that the parser stands at, which is read to its end whatever is in it.
    private static List<String> names(JsonParser json) throws IOException {
        if (json.currentToken() != JsonToken.START_ARRAY) {
            throw new Json.Unfit("services: expected an array of names, got " + Json.kind(json));
        }
        List<String> names = new ArrayList<>();
        String fault = null;
        while (json.nextToken() != JsonToken.END_ARRAY) {
            String found = faultIn(json, names.size());
            if (found == null) {
                names.add(json.getText());
            } else {
                fault = fault == null ? found : fault;
                json.skipChildren();
            }
        }
        if (fault != null) {
            throw new Json.Unfit("services: " + fault);
        }
        return List.copyOf(names);
    }

    /// What keeps the value that the parser stands at from being one more name, or null if it is one.
    private static @Nullable String faultIn(JsonParser json, int before) throws IOException {
        if (json.currentToken() != JsonToken.VALUE_STRING) {
            return "expected names, got " + Json.kind(json);
        }
        if (before == ProtocolCodec.MAX_NAMES) {
            return "more than " + ProtocolCodec.MAX_NAMES + " names: ask in parts";
        }
        String name = json.getText();
        if (name.isEmpty()) {
            return "a name is empty";
        }
        if (!MessageWriter.wellFormed(name).equals(name)) {
            return "a name is no Unicode text";
        }
        if (name.getBytes(StandardCharsets.UTF_8).length > ProtocolCodec.MAX_NAME_BYTES) {
            return "a name is longer than " + ProtocolCodec.MAX_NAME_BYTES + " bytes: " + Json.quoted(name);
        }
        return null;
    }

    private Decoded request() {
        if (id == null) {
            return bad("field \"id\" is missing: a number, which the answer carries too");
        }
        if (operation == null) {
            return bad("field \"op\" is missing: one of " + Operation.words());
        }
        List<String> names = services == null ? List.of() : services;
        if (names.isEmpty() && operation.services() == Operation.Services.AT_LEAST_ONE) {
            return bad("field \"services\" is missing: " + operation.word() + " takes at least one name");
        }
        if (seen.contains("services") && operation.services() == Operation.Services.NONE) {
            return bad("field \"services\" is too much: " + operation.word() + " takes none");
        }
        for (Operation.Argument argument : Operation.Argument.ALL) {
            if (seen.contains(argument.field()) && !operation.arguments().contains(argument)) {
                return bad(
                        "field " + Json.quoted(argument.field()) + " is too much: " + operation.word() + " takes none");
            }
        }
        Request request = request(id, operation, names);
        return request == null ? missingArgument(operation) : new Decoded.Ok(request);
    }

    /// The request, or null if it lacks its argument.
    private @Nullable Request request(long id, Operation operation, List<String> names) {
        return switch (operation) {
            case START -> new Request.Start(id, names, once);
            case STOP -> new Request.Stop(id, names);
            case RESTART -> new Request.Restart(id, names);
            case RELOAD -> new Request.Reload(id, names);
            case SIGNAL -> signal == null ? null : new Request.Signal(id, signal, names);
            case SVC -> letters == null ? null : new Request.Svc(id, letters, names);
            case STATUS -> new Request.Status(id, names);
            case WATCH -> new Request.Watch(id, names);
            case WHY -> new Request.Why(id, names);
            case RESCAN -> new Request.Rescan(id);
            case DEBUG -> topic == null ? null : new Request.Debug(id, topic);
            case SHUTDOWN -> new Request.Shutdown(id, how, afterSeconds, graceMillis);
            case VERSION -> new Request.Version(id);
        };
    }

    private Decoded missingArgument(Operation operation) {
        Operation.Argument argument = operation.arguments().getFirst();
        return bad("field " + Json.quoted(argument.field()) + " is missing: " + argument.meaning());
    }

    private Decoded bad(String reason) {
        return new Decoded.Bad(id == null ? 0 : id, reason);
    }
}
