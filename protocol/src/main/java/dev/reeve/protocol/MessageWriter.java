package dev.reeve.protocol;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SequencedMap;

/// Messages as JSON. The order of the keys is part of the protocol: people read it.
final class MessageWriter {

    /// Writes one value.
    interface Body {
        void writeTo(JsonGenerator json) throws IOException;
    }

    private MessageWriter() {}

    static byte[] line(JsonFactory factory, Body body) {
        Bytes bytes = new Bytes();
        try (JsonGenerator json = factory.createGenerator(bytes, JsonEncoding.UTF8)) {
            body.writeTo(json);
            json.writeRaw('\n');
        } catch (IOException e) {
            throw new UncheckedIOException("memory does not refuse bytes", e);
        }
        return bytes.all();
    }

    /// The generator hands a short line over at once: then it lies here already as it is wanted.
    private static final class Bytes extends ByteArrayOutputStream {
        Bytes() {
            super(0);
        }

        byte[] all() {
            return count == buf.length ? buf : toByteArray();
        }
    }

    static void write(JsonGenerator json, Request request) throws IOException {
        json.writeStartObject();
        json.writeNumberField("id", request.id());
        json.writeStringField("op", request.op());
        if (!request.services().isEmpty()) {
            json.writeArrayFieldStart("services");
            for (String service : request.services()) {
                json.writeString(wellFormed(service));
            }
            json.writeEndArray();
        }
        if (request instanceof Request.Start start && start.once()) {
            json.writeBooleanField("once", true);
        }
        if (request instanceof Request.Signal(long _, String signal, List<String> _)) {
            json.writeStringField("signal", wellFormed(signal));
        }
        if (request instanceof Request.Svc(long _, String letters, List<String> _)) {
            json.writeStringField("letters", wellFormed(letters));
        }
        if (request instanceof Request.Shutdown shutdown) {
            writeShutdown(json, shutdown);
        }
        if (request instanceof Request.Debug(long _, DebugTopic topic)) {
            json.writeStringField("topic", topic.word());
        }
        json.writeEndObject();
    }

    private static void writeShutdown(JsonGenerator json, Request.Shutdown shutdown) throws IOException {
        if (shutdown.how() != HowToEnd.EXIT) {
            json.writeStringField("how", shutdown.how().word());
        }
        if (shutdown.afterSeconds() > 0) {
            json.writeNumberField("after-seconds", shutdown.afterSeconds());
        }
        if (shutdown.graceMillis() != null) {
            json.writeNumberField("grace-millis", shutdown.graceMillis());
        }
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
            case Reply.Explanations(long _, List<Explanation> explanations) -> {
                json.writeArrayFieldStart("explanations");
                for (Explanation explanation : explanations) {
                    ExplanationJson.write(json, explanation);
                }
                json.writeEndArray();
            }
            case Reply.Figures(long _, SequencedMap<String, Long> figures) -> {
                json.writeFieldName("figures");
                write(json, figures);
            }
            case Reply.Threads(long _, List<ThreadTrace> threads) -> {
                json.writeArrayFieldStart("threads");
                for (ThreadTrace thread : threads) {
                    write(json, thread);
                }
                json.writeEndArray();
            }
            case Reply.Scanned(long _, ScanResult scan) -> {
                json.writeFieldName("scan");
                ScanResultJson.write(json, scan);
            }
            case Reply.Version(long _, String version, int pid, int protocol, String scanDirectory) -> {
                json.writeStringField("version", wellFormed(version));
                json.writeNumberField("pid", pid);
                json.writeNumberField("protocol", protocol);
                if (scanDirectory != null) {
                    json.writeStringField("scan-directory", wellFormed(scanDirectory));
                }
            }
        }
        json.writeEndObject();
    }

    static void write(JsonGenerator json, SequencedMap<String, Long> figures) throws IOException {
        json.writeStartObject();
        for (Map.Entry<String, Long> figure : figures.entrySet()) {
            json.writeNumberField(wellFormed(figure.getKey()), figure.getValue());
        }
        json.writeEndObject();
    }

    static void write(JsonGenerator json, ThreadTrace thread) throws IOException {
        json.writeStartObject();
        json.writeStringField("name", wellFormed(thread.name()));
        json.writeStringField("state", wellFormed(thread.state()));
        json.writeArrayFieldStart("stack");
        for (String frame : thread.stack()) {
            json.writeString(wellFormed(frame));
        }
        json.writeEndArray();
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
            case Notice.Forgotten(long sequence, String name) -> {
                json.writeStringField("event", "forgotten");
                json.writeNumberField("sequence", sequence);
                json.writeStringField("name", wellFormed(name));
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

    private static boolean isLoneSurrogate(int codePoint) {
        return codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
    }
}
