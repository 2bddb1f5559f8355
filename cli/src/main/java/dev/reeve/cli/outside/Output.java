package dev.reeve.cli.outside;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.IntPredicate;

/// Standard output, a line at a time. Text of others is shown without its control characters: a service's name
/// or reason must not steer the terminal.
public final class Output {

    private final StandardOutput stream;

    public Output(StandardOutput stream) {
        this.stream = stream;
    }

    /// A line for people.
    public void line(String text) throws ClientFailure {
        lines((text + '\n').getBytes(StandardCharsets.UTF_8));
    }

    /// Lines for people.
    public void lines(List<String> lines) throws ClientFailure {
        StringBuilder text = new StringBuilder();
        for (String line : lines) {
            text.append(line).append('\n');
        }
        lines(text.toString().getBytes(StandardCharsets.UTF_8));
    }

    /// A line for programs, which ends with its newline.
    public void json(byte[] line) throws ClientFailure {
        lines(line);
    }

    /// Whole lines, written at once.
    public void lines(byte[] lines) throws ClientFailure {
        stream.write(lines, 0, lines.length);
        stream.check();
    }

    /// The text with every control character replaced.
    public static String printable(String text) {
        return replace(text, Character::isISOControl);
    }

    /// As [#printable], where tabs may stay.
    public static String printableWithTabs(String text) {
        return replace(text, point -> Character.isISOControl(point) && point != '\t');
    }

    private static String replace(String text, IntPredicate unwanted) {
        for (int i = 0; i < text.length(); i++) {
            if (unwanted.test(text.charAt(i))) {
                return replaced(text, unwanted);
            }
        }
        return text;
    }

    private static String replaced(String text, IntPredicate unwanted) {
        return text.codePoints()
                .map(point -> unwanted.test(point) ? '?' : point)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
