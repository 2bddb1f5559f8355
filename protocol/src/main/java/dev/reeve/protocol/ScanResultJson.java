package dev.reeve.protocol;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/// A [ScanResult] as JSON.
final class ScanResultJson {

    private ScanResultJson() {}

    static void write(JsonGenerator json, ScanResult scan) throws IOException {
        json.writeStartObject();
        write(json, "found", scan.found());
        write(json, "gone", scan.gone());
        json.writeObjectFieldStart("renamed");
        for (Map.Entry<String, String> renamed : scan.renamed().entrySet()) {
            json.writeStringField(
                    MessageWriter.wellFormed(renamed.getKey()), MessageWriter.wellFormed(renamed.getValue()));
        }
        json.writeEndObject();
        write(json, "problems", scan.problems());
        json.writeEndObject();
    }

    private static void write(JsonGenerator json, String field, List<String> texts) throws IOException {
        json.writeArrayFieldStart(field);
        for (String text : texts) {
            json.writeString(MessageWriter.wellFormed(text));
        }
        json.writeEndArray();
    }

    static ScanResult read(JsonParser json) throws IOException {
        ScanResult[] scan = {new ScanResult(List.of(), List.of(), new LinkedHashMap<>(), List.of())};
        Json.eachField(json, (field, value) -> {
            ScanResult s = scan[0];
            scan[0] = switch (field) {
                case "found" -> new ScanResult(texts(value, field), s.gone(), s.renamed(), s.problems());
                case "gone" -> new ScanResult(s.found(), texts(value, field), s.renamed(), s.problems());
                case "renamed" -> new ScanResult(s.found(), s.gone(), renamed(value), s.problems());
                case "problems" -> new ScanResult(s.found(), s.gone(), s.renamed(), texts(value, field));
                default -> {
                    value.skipChildren();
                    yield s;
                }
            };
        });
        return scan[0];
    }

    private static List<String> texts(JsonParser json, String field) throws IOException {
        return Json.array(json, field, text -> Json.string(text, field));
    }

    private static SequencedMap<String, String> renamed(JsonParser json) throws IOException {
        SequencedMap<String, String> renamed = new LinkedHashMap<>();
        Json.eachField(json, (from, to) -> renamed.put(from, Json.string(to, from)));
        return renamed;
    }
}
