package dev.reeve.protocol;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A [ServiceStatus] as a JSON object, and back: `name state ready want pid since exit restarts`, and `reason`,
/// `once`, `paused`, `s6`, `status` and `reloading` where there is such.
final class ServiceStatusJson implements Json.FieldReader {

    private @Nullable String name;
    private @Nullable ServicePhase phase;
    private boolean ready;
    private boolean wantedUp;
    private @Nullable Integer pid;
    private Instant since = Instant.EPOCH;
    private ServiceStatus.@Nullable Exit exit;
    private long restarts;
    private @Nullable String reason;
    private boolean once;
    private boolean paused;
    private ServiceStatus.@Nullable S6 s6;
    private @Nullable String status;
    private boolean reloading;

    private ServiceStatusJson() {}

    static void write(JsonGenerator json, ServiceStatus service) throws IOException {
        json.writeStartObject();
        json.writeStringField("name", MessageWriter.wellFormed(service.name()));
        json.writeStringField("state", service.phase().word());
        json.writeBooleanField("ready", service.ready());
        json.writeStringField("want", service.wantedUp() ? "up" : "down");
        json.writeFieldName("pid");
        Integer pid = service.pid();
        if (pid == null) {
            json.writeNull();
        } else {
            json.writeNumber(pid);
        }
        json.writeStringField("since", JsonTime.format(service.since()));
        json.writeFieldName("exit");
        writeExit(json, service.exit());
        json.writeNumberField("restarts", service.restarts());
        String reason = service.reason();
        if (reason != null) {
            json.writeStringField("reason", MessageWriter.wellFormed(reason));
        }
        if (service.once()) {
            json.writeBooleanField("once", true);
        }
        if (service.paused()) {
            json.writeBooleanField("paused", true);
        }
        ServiceStatus.S6 s6 = service.s6();
        if (s6 != null) {
            writeS6(json, s6);
        }
        String status = service.status();
        if (status != null) {
            json.writeStringField("status", MessageWriter.wellFormed(status));
        }
        if (service.reloading()) {
            json.writeBooleanField("reloading", true);
        }
        json.writeEndObject();
    }

    private static void writeS6(JsonGenerator json, ServiceStatus.S6 s6) throws IOException {
        json.writeObjectFieldStart("s6");
        json.writeStringField("changed", JsonTime.formatExactly(s6.changed()));
        json.writeStringField("ready-changed", JsonTime.formatExactly(s6.readyChanged()));
        json.writeBooleanField("ready", s6.ready());
        json.writeEndObject();
    }

    private static void writeExit(JsonGenerator json, ServiceStatus.@Nullable Exit exit) throws IOException {
        switch (exit) {
            case null -> json.writeNull();
            case ServiceStatus.Exit.Code(int code) -> {
                json.writeStartObject();
                json.writeNumberField("code", code);
                json.writeEndObject();
            }
            case ServiceStatus.Exit.Signal(String name) -> {
                json.writeStartObject();
                json.writeStringField("signal", MessageWriter.wellFormed(name));
                json.writeEndObject();
            }
        }
    }

    /// Reads the object that the parser stands at.
    static ServiceStatus read(JsonParser json) throws IOException {
        ServiceStatusJson fields = new ServiceStatusJson();
        Json.eachField(json, fields);
        return fields.status();
    }

    @Override
    public void read(String field, JsonParser json) throws IOException {
        switch (field) {
            case "name" -> name = Json.string(json, field);
            case "state" -> phase = phase(Json.string(json, field));
            case "ready" -> ready = Json.bool(json, field);
            case "want" -> wantedUp = Json.string(json, field).equals("up");
            case "pid" -> pid = json.currentToken() == JsonToken.VALUE_NULL ? null : Json.integer(json, field);
            case "since" -> since = JsonTime.read(json, field);
            case "exit" -> exit = json.currentToken() == JsonToken.VALUE_NULL ? null : readExit(json);
            case "restarts" -> restarts = Json.whole(json, field);
            case "reason" -> reason = json.currentToken() == JsonToken.VALUE_NULL ? null : Json.string(json, field);
            case "once" -> once = Json.bool(json, field);
            case "paused" -> paused = Json.bool(json, field);
            case "s6" -> s6 = readS6(json);
            case "status" -> status = Json.stringOrNull(json, field);
            case "reloading" -> reloading = Json.bool(json, field);
            default -> json.skipChildren();
        }
    }

    private static ServiceStatus.S6 readS6(JsonParser json) throws IOException {
        S6Json fields = new S6Json();
        Json.eachField(json, fields);
        return new ServiceStatus.S6(fields.changed, fields.readyChanged, fields.ready);
    }

    private static final class S6Json implements Json.FieldReader {
        private Instant changed = Instant.EPOCH;
        private Instant readyChanged = Instant.EPOCH;
        private boolean ready;

        @Override
        public void read(String field, JsonParser json) throws IOException {
            switch (field) {
                case "changed" -> changed = JsonTime.read(json, field);
                case "ready-changed" -> readyChanged = JsonTime.read(json, field);
                case "ready" -> ready = Json.bool(json, field);
                default -> json.skipChildren();
            }
        }
    }

    private static ServiceStatus.@Nullable Exit readExit(JsonParser json) throws IOException {
        ServiceStatus.@Nullable Exit[] exit = {null};
        Json.eachField(json, (field, value) -> {
            switch (field) {
                case "code" -> exit[0] = new ServiceStatus.Exit.Code(Json.integer(value, field));
                case "signal" -> exit[0] = new ServiceStatus.Exit.Signal(Json.string(value, field));
                default -> value.skipChildren();
            }
        });
        return exit[0];
    }

    private ServiceStatus status() throws Json.Unfit {
        if (name == null || phase == null) {
            throw new Json.Unfit("a service without " + (name == null ? "name" : "state"));
        }
        return new ServiceStatus(
                name, phase, ready, wantedUp, pid, since, exit, restarts, reason, once, paused, s6, status, reloading);
    }

    private static ServicePhase phase(String word) throws Json.Unfit {
        for (ServicePhase phase : ServicePhase.values()) {
            if (phase.word().equals(word)) {
                return phase;
            }
        }
        throw new Json.Unfit("unknown state " + Json.quoted(word));
    }
}
