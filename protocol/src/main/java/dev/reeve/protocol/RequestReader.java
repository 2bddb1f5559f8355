package dev.reeve.protocol;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads one request from whoever may write to the socket. Reading goes on after the first fault as long as the line is
/// JSON, so that an `id` that comes later still finds its way into the refusal.
final class RequestReader {

    private final JsonFactory factory;
    private @Nullable Long id;
    private @Nullable Operation operation;
    private @Nullable List<String> services;
    private @Nullable String fault;
    private boolean idSeen;
    private boolean operationSeen;
    private boolean servicesSeen;

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
            switch (field) {
                case "id" -> {
                    refuseSecond(field, idSeen);
                    idSeen = true;
                    id = Json.whole(json, field);
                }
                case "op" -> {
                    refuseSecond(field, operationSeen);
                    operationSeen = true;
                    operation = operation(Json.string(json, field));
                }
                case "services" -> {
                    refuseSecond(field, servicesSeen);
                    servicesSeen = true;
                    services = names(json);
                }
                default ->
                    throw new Json.Unfit("unknown field " + Json.quoted(field) + ": a request has id, op and services");
            }
        } catch (Json.Unfit unfit) {
            if (fault == null) {
                fault = Json.reason(unfit);
            }
            json.skipChildren();
        }
    }

    private static void refuseSecond(String field, boolean seen) throws Json.Unfit {
        if (seen) {
            throw new Json.Unfit("field " + Json.quoted(field) + " twice");
        }
    }

    private static Operation operation(String word) throws Json.Unfit {
        Operation operation = Operation.of(word);
        if (operation == null) {
            throw new Json.Unfit("unknown op " + Json.quoted(word) + ": known are " + Operation.words());
        }
        return operation;
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
        if (name.codePoints().anyMatch(MessageWriter::isLoneSurrogate)) {
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
        if (servicesSeen && operation.services() == Operation.Services.NONE) {
            return bad("field \"services\" is too much: " + operation.word() + " takes none");
        }
        return new Decoded.Ok(request(id, operation, names));
    }

    private static Request request(long id, Operation operation, List<String> names) {
        return switch (operation) {
            case START -> new Request.Start(id, names);
            case STOP -> new Request.Stop(id, names);
            case RESTART -> new Request.Restart(id, names);
            case STATUS -> new Request.Status(id, names);
            case WATCH -> new Request.Watch(id, names);
            case SHUTDOWN -> new Request.Shutdown(id);
            case VERSION -> new Request.Version(id);
        };
    }

    private Decoded bad(String reason) {
        return new Decoded.Bad(id == null ? 0 : id, reason);
    }
}
