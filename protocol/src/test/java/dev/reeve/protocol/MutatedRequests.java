package dev.reeve.protocol;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Requests gone wrong in every way there is: first as an object of fields (other values, names and kinds; fields
/// doubled, dropped and added), then, half of them, as text and as bytes. The same seed makes the same requests.
public final class MutatedRequests {
    private static final String SYNTAX = "{}[]\",:\\u0123456789.eE+-truefalsn \t\0";
    private static final String STRANGE = "\u0000\u001b\u007f\u0085\u00ad\u200f\u202e\u2028\ufeff\uffff\"\\/";

    private final Random random;

    public MutatedRequests(long seed) {
        random = new Random(seed);
    }

    /// A line without its newline. `id` is the one that a refusal of it must carry (0 where there is none), or null
    /// where that cannot be said.
    public static final class Line {
        private final byte[] bytes;
        private final @Nullable Long id;

        private Line(byte[] bytes, @Nullable Long id) {
            this.bytes = bytes;
            this.id = id;
        }

        public byte[] bytes() {
            return bytes;
        }

        public @Nullable Long id() {
            return id;
        }
    }

    /// A field as it is written: `written` may be another way to write `name`. An `excess` is more than the reader
    /// reads: it gives up there.
    private record Field(String name, String written, Value value) {
        static Field of(String name, Value value) {
            return new Field(name, '"' + name + '"', value);
        }
    }

    private record Value(String text, boolean excess) {}

    public Line next() {
        List<Field> fields = request();
        for (int changes = random.nextInt(4); changes > 0; changes--) {
            mutate(fields);
        }
        String text = fields.stream()
                .map(field -> blank() + field.written() + blank() + ":" + blank()
                        + field.value().text())
                .collect(Collectors.joining(",", blank() + "{", "}" + blank()));
        byte[] line = text.getBytes(StandardCharsets.UTF_8);
        if (line.length > ProtocolCodec.MAX_REQUEST_BYTES) {
            return new Line(line, 0L);
        }
        return random.nextBoolean() ? new Line(line, idOf(fields)) : new Line(damaged(line), null);
    }

    /// The id is read up to where the reader gives up; the first one counts, whatever it is.
    private static @Nullable Long idOf(List<Field> fields) {
        for (Field field : fields) {
            if (field.value().excess()) {
                return null;
            }
            if (field.name().equals("id")) {
                return wholeNumber(field.value().text());
            }
        }
        return 0L;
    }

    private static long wholeNumber(String text) {
        try {
            return text.matches("-?(0|[1-9][0-9]*)") ? Long.parseLong(text) : 0;
        } catch (NumberFormatException _) {
            return 0;
        }
    }

    /// Nothing is wrong with it yet, as a rule.
    private List<Field> request() {
        Operation operation = oneOf(List.of(Operation.values()));
        List<Field> fields = new ArrayList<>();
        fields.add(Field.of("id", number()));
        fields.add(Field.of("op", value('"' + operation.word() + '"')));
        if (operation.services() != Operation.Services.NONE) {
            fields.add(Field.of("services", names()));
        }
        for (Operation.Argument argument : operation.arguments()) {
            fields.add(Field.of(argument.field(), value(usual(argument))));
        }
        Collections.shuffle(fields, random);
        return fields;
    }

    private static String usual(Operation.Argument argument) {
        return switch (argument) {
            case SIGNAL -> "\"HUP\"";
            case ONCE -> "true";
            case LETTERS -> "\"uo\"";
            case TOPIC -> "\"loop\"";
            case HOW -> "\"halt\"";
            case AFTER_SECONDS -> "60";
            case GRACE_MILLIS -> "3000";
        };
    }

    private void mutate(List<Field> fields) {
        if (fields.isEmpty()) {
            return;
        }
        int at = random.nextInt(fields.size());
        Field field = fields.get(at);
        switch (random.nextInt(6)) {
            case 0 -> fields.remove(at);
            case 1 -> fields.add(random.nextInt(fields.size() + 1), field);
            case 2 -> fields.add(at, Field.of(unknownName(), anything()));
            case 3 -> fields.set(at, new Field(field.name(), '"' + escaped(field.name()) + '"', field.value()));
            default -> fields.set(at, new Field(field.name(), field.written(), anything()));
        }
    }

    private Value anything() {
        return switch (random.nextInt(8)) {
            case 0 -> value(oneOf(List.of("true", "false", "null", "{}", "[]", "[{}]", "{\"id\":7}", "\"\"")));
            case 1, 2 -> number();
            case 3 -> value('"' + text(random.nextInt(20)) + '"');
            case 4 -> value('"' + text(random.nextInt(random.nextInt(20) == 0 ? 2_000 : 100)) + '"');
            case 5 -> nested(1 + random.nextInt(3), false);
            case 6 -> random.nextInt(50) == 0 ? nested(4 + random.nextInt(3_000), true) : names();
            default -> random.nextInt(500) == 0 ? manyNames() : names();
        };
    }

    private Value number() {
        return switch (random.nextInt(16)) {
            case 0 -> value(oneOf(List.of("0", "-0", "-1", "1.0", "1e3", "1E-999", "1e999999999", "0.1")));
            case 1 -> value(oneOf(List.of("9223372036854775807", "9223372036854775808")));
            case 2 -> value(oneOf(List.of("-9223372036854775808", "-9223372036854775809")));
            case 3 -> value((random.nextBoolean() ? "-" : "") + digits(1 + random.nextInt(30)));
            case 4 -> random.nextInt(50) == 0 ? new Value(digits(33 + random.nextInt(9_000)), true) : value("7");
            default -> value(Integer.toString(random.nextInt()));
        };
    }

    private Value nested(int depth, boolean excess) {
        String open = random.nextBoolean() ? "[" : "{\"id\":";
        String inner = open.equals("[") ? "1" : "\"services\"";
        return new Value(open.repeat(depth) + inner + (open.equals("[") ? "]" : "}").repeat(depth), excess);
    }

    private Value names() {
        return value(IntStream.range(0, random.nextInt(5))
                .mapToObj(_ -> random.nextInt(4) == 0 ? text(random.nextInt(300)) : "web")
                .collect(Collectors.joining("\",\"", "[\"", "\"]")));
    }

    private Value manyNames() {
        int length = 1 + random.nextInt(20);
        return value(IntStream.range(0, 4_000 + random.nextInt(200))
                .mapToObj(_ -> "x".repeat(length))
                .collect(Collectors.joining("\",\"", "[\"", "\"]")));
    }

    private static Value value(String text) {
        return new Value(text, false);
    }

    private String digits(int count) {
        String rest = IntStream.range(1, count)
                .mapToObj(_ -> Integer.toString(random.nextInt(10)))
                .collect(Collectors.joining());
        return 1 + random.nextInt(9) + rest;
    }

    /// A string's inside, in any way that JSON has to write it.
    private String text(int length) {
        StringBuilder text = new StringBuilder();
        while (text.length() < length) {
            switch (random.nextInt(8)) {
                case 0 -> text.append(escaped(random.nextInt(Character.MAX_VALUE + 1)));
                case 1 -> text.append(escaped(STRANGE.charAt(random.nextInt(STRANGE.length()))));
                case 2 -> text.append("🐘ä\u202e\u0085");
                default -> text.append("abcdefghijklmnop", 0, 1 + random.nextInt(15));
            }
        }
        return text.toString();
    }

    private String unknownName() {
        return random.nextInt(3) == 0 ? text(1 + random.nextInt(100)) : "x" + random.nextInt(10);
    }

    private static String escaped(int character) {
        String digits = Integer.toHexString(character);
        return "\\u" + "0".repeat(4 - digits.length()) + digits;
    }

    private static String escaped(String text) {
        return text.chars().mapToObj(MutatedRequests::escaped).collect(Collectors.joining());
    }

    private String blank() {
        return random.nextInt(12) == 0 ? oneOf(List.of(" ", "\t", "\r", "   ")) : "";
    }

    private <T> T oneOf(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    /// The bytes, hurt here and there. No newline comes into them, so that they stay one line.
    public byte[] damaged(byte[] line) {
        byte[] bytes = line;
        for (int changes = 1 + random.nextInt(5); changes > 0; changes--) {
            bytes = damagedOnce(bytes);
        }
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = bytes[i] == '\n' ? (byte) '\r' : bytes[i];
        }
        return bytes;
    }

    private byte[] damagedOnce(byte[] line) {
        int from = random.nextInt(line.length + 1);
        int to = Math.min(line.length, from + random.nextInt(20));
        return switch (random.nextInt(6)) {
            case 0 -> Arrays.copyOf(line, from);
            case 1 -> spliced(line, from, new byte[0], to);
            case 2 -> spliced(line, from, Arrays.copyOfRange(line, from, to), from);
            case 3 -> spliced(line, from, bytes(random::nextBytes), from);
            case 4 -> spliced(line, from, bytes(this::fillWithSyntax), from);
            default -> spliced(line, from, bytes(this::fillWithSyntax), Math.min(line.length, from + 1));
        };
    }

    private byte[] bytes(Consumer<byte[]> filling) {
        byte[] bytes = new byte[1 + random.nextInt(4)];
        filling.accept(bytes);
        return bytes;
    }

    private void fillWithSyntax(byte[] bytes) {
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) SYNTAX.charAt(random.nextInt(SYNTAX.length()));
        }
    }

    /// The line up to `head`, then the middle, then the line from `tail` on.
    private static byte[] spliced(byte[] line, int head, byte[] middle, int tail) {
        byte[] result = Arrays.copyOf(line, head + middle.length + line.length - tail);
        System.arraycopy(middle, 0, result, head, middle.length);
        System.arraycopy(line, tail, result, head + middle.length, line.length - tail);
        return result;
    }
}
