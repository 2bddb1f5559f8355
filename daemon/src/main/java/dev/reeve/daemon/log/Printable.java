package dev.reeve.daemon.log;

/// Others' words (the name of a file, a line of it) as part of a line: one line stays one line, and a terminal shows
/// what is written.
public final class Printable {
    /// What is longer is cut.
    private static final int CHARACTERS_MAX = 2_000;

    private static final int ESCAPE_DIGITS = 4;

    private Printable() {}

    /// The text with control characters and their like as escapes, as in Java's own texts.
    static String of(String text) {
        return of(text, CHARACTERS_MAX);
    }

    /// The same, of which no more than so many characters are shown.
    public static String of(String text, int charactersMax) {
        if (text.length() <= charactersMax && isPlain(text)) {
            return text;
        }
        StringBuilder printable = new StringBuilder(Math.min(text.length(), charactersMax) + 1);
        int index = 0;
        for (int characters = 0; index < text.length() && characters < charactersMax; characters++) {
            int point = text.codePointAt(index);
            append(printable, point);
            index += Character.charCount(point);
        }
        return index < text.length() ? printable.append('…').toString() : printable.toString();
    }

    /// Whether nothing but ASCII's own printable characters is in it, as in nearly every line.
    private static boolean isPlain(String text) {
        for (int i = 0; i < text.length(); i++) {
            char character = text.charAt(i);
            if (character < ' ' || character > '~') {
                return false;
            }
        }
        return true;
    }

    private static void append(StringBuilder printable, int point) {
        switch (point) {
            case '\n' -> printable.append("\\n");
            case '\t' -> printable.append("\\t");
            case '\r' -> printable.append("\\r");
            default -> {
                if (movesTheCursor(point)) {
                    String digits = Integer.toHexString(point);
                    printable
                            .append("\\u")
                            .repeat('0', Math.max(0, ESCAPE_DIGITS - digits.length()))
                            .append(digits);
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
