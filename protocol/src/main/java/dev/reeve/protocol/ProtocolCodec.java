package dev.reeve.protocol;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import java.util.SequencedMap;

/// Messages to lines of JSON, and back. Every encoded line ends with its newline, and holds no other; every line to
/// decode comes without one.
///
/// Decoding never throws, whatever the line holds: what is wrong with it is a value. Encoding takes any string
/// there is, names with broken surrogates included.
public final class ProtocolCodec {

    /// The version of the protocol. It rises when an old client could misunderstand a new daemon; new fields and
    /// events do not raise it.
    public static final int PROTOCOL_VERSION = 1;

    /// The longest request that a daemon reads, in bytes, its newline not counted.
    public static final int MAX_REQUEST_BYTES = 64 * 1024;

    /// The most services that one request names.
    public static final int MAX_NAMES = 4_096;

    /// The longest name of a service, in bytes of UTF-8: what a file name may have.
    public static final int MAX_NAME_BYTES = 255;

    /// The longest word for a signal, in characters.
    static final int MAX_SIGNAL_CHARACTERS = 16;

    /// The most letters of s6-svc that one request carries, as s6-svc itself has it.
    public static final int MAX_LETTERS = 63;

    /// The latest that a machine's end can be ordered ahead: a year.
    public static final long MAX_AFTER_SECONDS = 365 * 24 * 60 * 60;

    /// The longest that processes may be given to end in, as of s6-linux-init.
    public static final long MAX_GRACE_MILLIS = 300_000;

    /// Names are nobody's but the client's: what it makes up is not kept for the JVM's lifetime.
    private static final JsonFactory REQUESTS = JsonFactory.builder()
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(4)
                    .maxNumberLength(32)
                    .maxNameLength(MAX_NAME_BYTES)
                    .build())
            .build();

    private static final JsonFactory MESSAGES = JsonFactory.builder()
            .enable(JsonWriteFeature.COMBINE_UNICODE_SURROGATES_IN_UTF8)
            .build();

    private ProtocolCodec() {}

    /// A request as a line. It may be longer than [#MAX_REQUEST_BYTES]; whoever names many services asks in parts.
    public static byte[] encode(Request request) {
        return MessageWriter.line(MESSAGES, json -> MessageWriter.write(json, request));
    }

    /// A reply as a line.
    public static byte[] encode(Reply reply) {
        return MessageWriter.line(MESSAGES, json -> MessageWriter.write(json, reply));
    }

    /// A notice as a line.
    public static byte[] encode(Notice notice) {
        return MessageWriter.line(MESSAGES, json -> MessageWriter.write(json, notice));
    }

    /// One service as a line: the object that stands in replies and notices.
    public static byte[] encode(ServiceStatus service) {
        return MessageWriter.line(MESSAGES, json -> ServiceStatusJson.write(json, service));
    }

    /// An explanation as a line: the object that stands in replies.
    public static byte[] encode(Explanation explanation) {
        return MessageWriter.line(MESSAGES, json -> ExplanationJson.write(json, explanation));
    }

    /// Figures as a line: the object that stands in replies.
    public static byte[] encode(SequencedMap<String, Long> figures) {
        return MessageWriter.line(MESSAGES, json -> MessageWriter.write(json, figures));
    }

    /// What a scan has led to, as a line: the object that stands in replies.
    public static byte[] encode(ScanResult scan) {
        return MessageWriter.line(MESSAGES, json -> ScanResultJson.write(json, scan));
    }

    /// A thread as a line: the object that stands in replies.
    public static byte[] encode(ThreadTrace thread) {
        return MessageWriter.line(MESSAGES, json -> MessageWriter.write(json, thread));
    }

    /// A string as a line, for clients that print for programs.
    public static byte[] encode(String text) {
        return MessageWriter.line(MESSAGES, json -> json.writeString(MessageWriter.wellFormed(text)));
    }

    /// What a client sent. Unknown fields, fields given twice and wrong types are refused by name.
    public static Decoded decodeRequest(byte[] line, int offset, int length) {
        return new RequestReader(REQUESTS).read(line, offset, length);
    }

    /// What a daemon sent. Unknown fields are passed over, since a newer daemon may add some.
    public static DaemonMessage decodeMessage(byte[] line, int offset, int length) {
        return new MessageReader(MESSAGES).read(line, offset, length);
    }
}
