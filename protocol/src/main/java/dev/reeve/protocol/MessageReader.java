package dev.reeve.protocol;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/// Reads one message of the daemon: first the fields that it knows, in any order, then which message they make.
final class MessageReader {

    private final JsonFactory factory;
    private @Nullable Long id;
    private @Nullable Boolean ok;
    private @Nullable String error;
    private String message = "";
    private long sequence;
    private @Nullable List<ServiceStatus> services;
    private @Nullable ServiceStatus service;
    private @Nullable List<Explanation> explanations;
    private @Nullable SequencedMap<String, Long> figures;
    private @Nullable List<ThreadTrace> threads;
    private @Nullable ScanResult scan;
    private @Nullable String version;
    private @Nullable String scanDirectory;
    private @Nullable String greeting;
    private int pid;
    private int protocol;
    private @Nullable String event;
    private @Nullable String name;
    private String reason = "";

    MessageReader(JsonFactory factory) {
        this.factory = factory;
    }

    DaemonMessage read(byte[] line, int offset, int length) {
        try (JsonParser json = Json.parser(factory, line, offset, length)) {
            json.nextToken();
            Json.eachField(json, this::readField);
            if (json.nextToken() != null) {
                return new DaemonMessage.Garbled("expected one object a line, got more behind it");
            }
        } catch (IOException e) {
            return new DaemonMessage.Garbled(Json.reason(e));
        }
        return message();
    }

    private void readField(String field, JsonParser json) throws IOException {
        switch (field) {
            case "id" -> id = Json.whole(json, field);
            case "ok" -> ok = Json.bool(json, field);
            case "error" -> error = Json.string(json, field);
            case "message" -> message = Json.string(json, field);
            case "sequence" -> sequence = Json.whole(json, field);
            case "services" -> services = Json.array(json, field, ServiceStatusJson::read);
            case "service" -> service = ServiceStatusJson.read(json);
            case "explanations" -> explanations = Json.array(json, field, ExplanationJson::read);
            case "figures" -> figures = figures(json);
            case "threads" -> threads = Json.array(json, field, MessageReader::thread);
            case "scan" -> scan = ScanResultJson.read(json);
            case "version" -> version = Json.string(json, field);
            case "scan-directory" -> scanDirectory = Json.string(json, field);
            case "reeve" -> greeting = Json.string(json, field);
            case "pid" -> pid = Json.integer(json, field);
            case "protocol" -> protocol = Json.integer(json, field);
            case "event" -> event = Json.string(json, field);
            case "name" -> name = Json.string(json, field);
            case "reason" -> reason = Json.string(json, field);
            default -> json.skipChildren();
        }
    }

    private static SequencedMap<String, Long> figures(JsonParser json) throws IOException {
        SequencedMap<String, Long> figures = new LinkedHashMap<>();
        Json.eachField(json, (name, value) -> figures.put(name, Json.whole(value, name)));
        return figures;
    }

    private static ThreadTrace thread(JsonParser json) throws IOException {
        ThreadTrace[] thread = {new ThreadTrace("", "", List.of())};
        Json.eachField(json, (field, value) -> {
            ThreadTrace t = thread[0];
            thread[0] = switch (field) {
                case "name" -> new ThreadTrace(Json.string(value, field), t.state(), t.stack());
                case "state" -> new ThreadTrace(t.name(), Json.string(value, field), t.stack());
                case "stack" ->
                    new ThreadTrace(t.name(), t.state(), Json.array(value, field, frame -> Json.string(frame, field)));
                default -> {
                    value.skipChildren();
                    yield t;
                }
            };
        });
        return thread[0];
    }

    private DaemonMessage message() {
        if (event != null) {
            return notice(event);
        }
        if (greeting != null) {
            return new Notice.Greeting(greeting, pid, protocol);
        }
        if (id == null || ok == null) {
            return new DaemonMessage.Garbled("neither an event nor an answer");
        }
        if (!ok) {
            return new Reply.Refused(id, refusal(error), message);
        }
        if (services != null) {
            return new Reply.Services(id, sequence, services);
        }
        if (explanations != null) {
            return new Reply.Explanations(id, explanations);
        }
        if (figures != null) {
            return new Reply.Figures(id, figures);
        }
        if (threads != null) {
            return new Reply.Threads(id, threads);
        }
        if (scan != null) {
            return new Reply.Scanned(id, scan);
        }
        return version == null ? new Reply.Accepted(id) : new Reply.Version(id, version, pid, protocol, scanDirectory);
    }

    private DaemonMessage notice(String event) {
        return switch (event) {
            case "changed" ->
                service == null
                        ? new DaemonMessage.Garbled("event \"changed\" without its service")
                        : new Notice.Changed(sequence, service);
            case "forgotten" ->
                name == null
                        ? new DaemonMessage.Garbled("event \"forgotten\" without a name")
                        : new Notice.Forgotten(sequence, name);
            case "goodbye" -> new Notice.Goodbye(reason);
            default -> new DaemonMessage.Unknown(event);
        };
    }

    /// A refusal that only a newer daemon knows counts as a bad request: its message tells people more.
    private static Reply.Refusal refusal(@Nullable String word) {
        for (Reply.Refusal refusal : Reply.Refusal.values()) {
            if (MessageWriter.word(refusal).equals(word)) {
                return refusal;
            }
        }
        return Reply.Refusal.BAD_REQUEST;
    }
}
