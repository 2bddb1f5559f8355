package dev.reeve.cli;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/// Standard output, a line at a time. Text of others is shown without its control characters: a service's name or
/// reason must not
/// steer the terminal.
final class Output {

    private final PrintStream stream;

    Output(PrintStream stream) {
        this.stream = stream;
    }

    /// A line for people.
    void line(String text) throws ClientFailure {
        json((text + '\n').getBytes(StandardCharsets.UTF_8));
    }

    /// A line for programs, which ends with its newline.
    void json(byte[] line) throws ClientFailure {
        stream.write(line, 0, line.length);
        if (stream.checkError()) {
            throw new ClientFailure(ExitCode.FAILED, "standard output is closed");
        }
    }

    /// The text with every control character replaced.
    static String printable(String text) {
        if (text.chars().noneMatch(Character::isISOControl)) {
            return text;
        }
        return text.codePoints()
                .map(point -> Character.isISOControl(point) ? '?' : point)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
