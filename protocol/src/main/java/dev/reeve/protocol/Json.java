package dev.reeve.protocol;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.Serial;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reading typed values off Jackson's token stream.
final class Json {

    private static final int QUOTED_CHARACTERS = 64;
    private static final int REASON_CHARACTERS = 300;

    /// JSON well enough, but not what belongs here.
    static final class Unfit extends IOException {
        @Serial
        private static final long serialVersionUID = 1L;

        Unfit(String reason) {
            super(reason);
        }

        /// Only its words are read, and a hostile line should cost little.
        @Override
        public Throwable fillInStackTrace() {
            return this;
        }
    }

    /// Reads one field; the parser stands at its value.
    interface FieldReader {
        void read(String field, JsonParser json) throws IOException;
    }

    /// Reads one element of an array; the parser stands at its first token, and afterwards at its last.
    interface ElementReader<T> {
        T read(JsonParser json) throws IOException;
    }

    private Json() {}

    /// A parser of these bytes, which must be UTF-8: Jackson on its own would also take UTF-16 and a byte order
    /// mark. Most lines are of ASCII, which is UTF-8 as it stands.
    static JsonParser parser(JsonFactory factory, byte[] line, int offset, int length) throws IOException {
        char[] ascii = new char[length];
        for (int i = 0; i < length; i++) {
            byte each = line[offset + i];
            if (each < 0) {
                CharBuffer text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(line, offset, length));
                return factory.createParser(text.array(), text.arrayOffset(), text.length());
            }
            ascii[i] = (char) each;
        }
        return factory.createParser(ascii, 0, length);
    }

    /// Hands every field of the object that the parser stands at to the reader.
    static void eachField(JsonParser json, FieldReader reader) throws IOException {
        if (json.currentToken() != JsonToken.START_OBJECT) {
            throw new Unfit("expected an object, got " + kind(json));
        }
        for (String field = json.nextFieldName(); field != null; field = json.nextFieldName()) {
            json.nextToken();
            reader.read(field, json);
        }
    }

    /// What the elements of the array that the parser stands at are read to.
    static <T> List<T> array(JsonParser json, String field, ElementReader<T> reader) throws IOException {
        if (json.currentToken() != JsonToken.START_ARRAY) {
            throw new Unfit(field + ": expected an array, got " + kind(json));
        }
        List<T> elements = new ArrayList<>();
        while (json.nextToken() != JsonToken.END_ARRAY) {
            elements.add(reader.read(json));
        }
        return List.copyOf(elements);
    }

    static String string(JsonParser json, String field) throws IOException {
        if (json.currentToken() != JsonToken.VALUE_STRING) {
            throw new Unfit(field + ": expected a string, got " + kind(json));
        }
        return json.getText();
    }

    static @Nullable String stringOrNull(JsonParser json, String field) throws IOException {
        return json.currentToken() == JsonToken.VALUE_NULL ? null : string(json, field);
    }

    static boolean bool(JsonParser json, String field) throws IOException {
        return switch (json.currentToken()) {
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            default -> throw new Unfit(field + ": expected true or false, got " + kind(json));
        };
    }

    static long whole(JsonParser json, String field) throws IOException {
        if (json.currentToken() != JsonToken.VALUE_NUMBER_INT) {
            throw new Unfit(field + ": expected a whole number, got " + kind(json));
        }
        return switch (json.getNumberType()) {
            case INT, LONG -> json.getLongValue();
            case BIG_INTEGER, FLOAT, DOUBLE, BIG_DECIMAL ->
                throw new Unfit(field + ": expected a whole number of at most 64 bits");
        };
    }

    static int integer(JsonParser json, String field) throws IOException {
        long value = whole(json, field);
        if (value != (int) value) {
            throw new Unfit(field + ": expected a whole number of at most 32 bits");
        }
        return (int) value;
    }

    /// What the parser stands at, in words.
    static String kind(JsonParser json) {
        return switch (json.currentToken()) {
            case null -> "nothing";
            case START_OBJECT, END_OBJECT, FIELD_NAME -> "an object";
            case START_ARRAY, END_ARRAY -> "an array";
            case VALUE_STRING -> "a string";
            case VALUE_NUMBER_INT -> "a number";
            case VALUE_NUMBER_FLOAT -> "a number with a fraction";
            case VALUE_TRUE, VALUE_FALSE -> "a boolean";
            case VALUE_NULL -> "null";
            case VALUE_EMBEDDED_OBJECT, NOT_AVAILABLE -> "something else";
        };
    }

    /// Another's text inside a message of ours: in quotes, and never long.
    static String quoted(String text) {
        if (text.length() <= QUOTED_CHARACTERS) {
            return '"' + text + '"';
        }
        return '"' + text.substring(0, QUOTED_CHARACTERS) + "…\"";
    }

    /// What a failure to read says to a person. What it quotes is another's, so that all of it is made fit for a
    /// terminal and a log: it is not long, and nothing in it moves a cursor or turns a line around.
    static String reason(IOException failure) {
        String words = words(failure);
        String some = words.length() <= REASON_CHARACTERS ? words : words.substring(0, REASON_CHARACTERS) + "…";
        return some.codePoints()
                .map(point -> isPrintable(point) ? point : '?')
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private static String words(IOException failure) {
        return switch (failure) {
            case Unfit unfit -> String.valueOf(unfit.getMessage());
            case JsonProcessingException malformed
            when malformed.getLocation() != null ->
                "not JSON at column " + malformed.getLocation().getColumnNr() + ": " + malformed.getOriginalMessage();
            case JsonProcessingException malformed -> "not JSON: " + malformed.getOriginalMessage();
            default -> "not UTF-8";
        };
    }

    private static boolean isPrintable(int point) {
        return switch (Character.getType(point)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }
}
