package dev.reeve.daemon.log;

/// Others' words (the name of a file, a line of it) as part of a line of the log: one line stays one line, and a
/// terminal shows what is written.
final class Printable {
    /// What is longer is cut.
    private static final int CHARACTERS_MAX = 2_000;

    private Printable() {}

    /// The text with control characters and their like as escapes, as in Java's own texts.
    static String of(String text) {
        StringBuilder printable = new StringBuilder(text.length());
        text.codePoints().limit(CHARACTERS_MAX).forEach(point -> append(printable, point));
        return text.codePointCount(0, text.length()) > CHARACTERS_MAX
                ? printable.append('…').toString()
                : printable.toString();
    }

    private static void append(StringBuilder printable, int point) {
        switch (point) {
            case '\n' -> printable.append("\\n");
            case '\t' -> printable.append("\\t");
            case '\r' -> printable.append("\\r");
            default -> {
                if (movesTheCursor(point)) {
                    printable.append(String.format("\\u%04x", point));
                } else {
                    printable.appendCodePoint(point);
                }
            }
        }
    }

    private static boolean movesTheCursor(int point) {
        return switch (Character.getType(point)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> true;
            default -> false;
        };
    }
}
