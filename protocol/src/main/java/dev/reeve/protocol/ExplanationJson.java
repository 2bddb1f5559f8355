package dev.reeve.protocol;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.reeve.protocol.Explanation.Asked;
import dev.reeve.protocol.Explanation.Next;
import dev.reeve.protocol.Explanation.Step;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// An [Explanation] as a JSON object, and back: `service requests next`.
final class ExplanationJson {

    private @Nullable ServiceStatus service;
    private List<Asked> requests = List.of();
    private @Nullable Next next;

    private ExplanationJson() {}

    static void write(JsonGenerator json, Explanation explanation) throws IOException {
        json.writeStartObject();
        json.writeFieldName("service");
        ServiceStatusJson.write(json, explanation.service());
        json.writeArrayFieldStart("requests");
        for (Asked asked : explanation.requests()) {
            write(json, asked);
        }
        json.writeEndArray();
        json.writeFieldName("next");
        Next next = explanation.next();
        if (next == null) {
            json.writeNull();
        } else {
            write(json, next);
        }
        json.writeEndObject();
    }

    private static void write(JsonGenerator json, Asked asked) throws IOException {
        json.writeStartObject();
        json.writeStringField("op", MessageWriter.wellFormed(asked.op()));
        json.writeStringField("at", JsonTime.format(asked.at()));
        json.writeNumberField("uid", asked.uid());
        json.writeNumberField("gid", asked.gid());
        json.writeNumberField("pid", asked.pid());
        String command = asked.command();
        json.writeStringField("command", command == null ? null : MessageWriter.wellFormed(command));
        if (asked.through() != null) {
            json.writeStringField("through", MessageWriter.wellFormed(asked.through()));
        }
        json.writeEndObject();
    }

    private static void write(JsonGenerator json, Next next) throws IOException {
        json.writeStartObject();
        json.writeStringField("step", next.step().word());
        Instant at = next.at();
        json.writeStringField("at", at == null ? null : JsonTime.format(at));
        json.writeEndObject();
    }

    /// Reads the object that the parser stands at.
    static Explanation read(JsonParser json) throws IOException {
        ExplanationJson fields = new ExplanationJson();
        Json.eachField(json, fields::readField);
        if (fields.service == null) {
            throw new Json.Unfit("an explanation without its service");
        }
        return new Explanation(fields.service, fields.requests, fields.next);
    }

    private void readField(String field, JsonParser json) throws IOException {
        switch (field) {
            case "service" -> service = ServiceStatusJson.read(json);
            case "requests" -> requests = Json.array(json, field, ExplanationJson::readAsked);
            case "next" -> next = json.currentToken() == JsonToken.VALUE_NULL ? null : readNext(json);
            default -> json.skipChildren();
        }
    }

    private static Asked readAsked(JsonParser json) throws IOException {
        AskedFields fields = new AskedFields();
        Json.eachField(json, fields::readField);
        return new Asked(fields.op, fields.at, fields.uid, fields.gid, fields.pid, fields.command, fields.through);
    }

    private static final class AskedFields {
        private String op = "";
        private Instant at = Instant.EPOCH;
        private int uid;
        private int gid;
        private int pid;
        private @Nullable String command;
        private @Nullable String through;

        private void readField(String field, JsonParser json) throws IOException {
            switch (field) {
                case "op" -> op = Json.string(json, field);
                case "at" -> at = JsonTime.read(json, field);
                case "uid" -> uid = Json.integer(json, field);
                case "gid" -> gid = Json.integer(json, field);
                case "pid" -> pid = Json.integer(json, field);
                case "command" -> command = Json.stringOrNull(json, field);
                case "through" -> through = Json.stringOrNull(json, field);
                default -> json.skipChildren();
            }
        }
    }

    /// Null for a step that only a newer daemon knows.
    private static @Nullable Next readNext(JsonParser json) throws IOException {
        @Nullable Step[] step = {null};
        @Nullable Instant[] at = {null};
        Json.eachField(json, (field, value) -> {
            switch (field) {
                case "step" -> step[0] = step(Json.string(value, field));
                case "at" -> at[0] = value.currentToken() == JsonToken.VALUE_NULL ? null : JsonTime.read(value, field);
                default -> value.skipChildren();
            }
        });
        return step[0] == null ? null : new Next(step[0], at[0]);
    }

    private static @Nullable Step step(String word) {
        for (Step step : Step.values()) {
            if (step.word().equals(word)) {
                return step;
            }
        }
        return null;
    }
}
