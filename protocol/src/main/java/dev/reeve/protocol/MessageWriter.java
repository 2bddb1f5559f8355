package dev.reeve.protocol;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;

/// Messages as JSON. The order of the keys is part of the protocol: people read it.
final class MessageWriter {

    /// Writes one value.
    interface Body {
        void writeTo(JsonGenerator json) throws IOException;
    }

    private MessageWriter() {}

    static byte[] line(JsonFactory factory, Body body) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
        try (JsonGenerator json = factory.createGenerator(bytes, JsonEncoding.UTF8)) {
            body.writeTo(json);
            json.writeRaw('\n');
        } catch (IOException e) {
            throw new UncheckedIOException("memory does not refuse bytes", e);
        }
        return bytes.toByteArray();
    }

    static void write(JsonGenerator json, Request request) throws IOException {
        switch (request) {
            case Request.Start(long id, List<String> services) -> request(json, id, Operation.START, services);
            case Request.Stop(long id, List<String> services) -> request(json, id, Operation.STOP, services);
            case Request.Restart(long id, List<String> services) -> request(json, id, Operation.RESTART, services);
            case Request.Status(long id, List<String> services) -> request(json, id, Operation.STATUS, services);
            case Request.Watch(long id, List<String> services) -> request(json, id, Operation.WATCH, services);
            case Request.Shutdown(long id) -> request(json, id, Operation.SHUTDOWN, List.of());
            case Request.Version(long id) -> request(json, id, Operation.VERSION, List.of());
        }
    }

    private static void request(JsonGenerator json, long id, Operation operation, List<String> services)
            throws IOException {
        json.writeStartObject();
        json.writeNumberField("id", id);
        json.writeStringField("op", operation.word());
        if (!services.isEmpty()) {
            json.writeArrayFieldStart("services");
            for (String service : services) {
                json.writeString(wellFormed(service));
            }
            json.writeEndArray();
        }
        json.writeEndObject();
    }

    static void write(JsonGenerator json, Reply reply) throws IOException {
        json.writeStartObject();
        json.writeNumberField("id", reply.id());
        json.writeBooleanField("ok", !(reply instanceof Reply.Refused));
        switch (reply) {
            case Reply.Accepted _ -> {}
            case Reply.Refused(long _, Reply.Refusal refusal, String reason) -> {
                json.writeStringField("error", word(refusal));
                json.writeStringField("message", wellFormed(reason));
            }
            case Reply.Services(long _, long sequence, List<ServiceStatus> services) -> {
                json.writeNumberField("sequence", sequence);
                json.writeArrayFieldStart("services");
                for (ServiceStatus service : services) {
                    ServiceStatusJson.write(json, service);
                }
                json.writeEndArray();
            }
            case Reply.Version(long _, String version, int pid, int protocol) -> {
                json.writeStringField("version", wellFormed(version));
                json.writeNumberField("pid", pid);
                json.writeNumberField("protocol", protocol);
            }
        }
        json.writeEndObject();
    }

    static void write(JsonGenerator json, Notice notice) throws IOException {
        json.writeStartObject();
        switch (notice) {
            case Notice.Greeting(String version, int pid, int protocol) -> {
                json.writeStringField("reeve", wellFormed(version));
                json.writeNumberField("pid", pid);
                json.writeNumberField("protocol", protocol);
            }
            case Notice.Changed(long sequence, ServiceStatus service) -> {
                json.writeStringField("event", "changed");
                json.writeNumberField("sequence", sequence);
                json.writeFieldName("service");
                ServiceStatusJson.write(json, service);
            }
            case Notice.Goodbye(String reason) -> {
                json.writeStringField("event", "goodbye");
                json.writeStringField("reason", wellFormed(reason));
            }
        }
        json.writeEndObject();
    }

    /// A refusal as written in the protocol: lower case, with hyphens.
    static String word(Reply.Refusal refusal) {
        return refusal.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /// The string with every lone surrogate replaced: no JSON could carry it, and the generator would throw.
    static String wellFormed(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                return text.codePoints()
                        .map(point -> isLoneSurrogate(point) ? 0xFFFD : point)
                        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                        .toString();
            }
        }
        return text;
    }

    static boolean isLoneSurrogate(int codePoint) {
        return codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
    }
}
