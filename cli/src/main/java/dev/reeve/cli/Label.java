package dev.reeve.cli;

/// Names in columns.
final class Label {

    private Label() {}

    /// How many characters it takes.
    static int width(String text) {
        return text.codePointCount(0, text.length());
    }

    /// The text, with `…` in place of its middle where it is wider than that. Beginning and end stay: names of
    /// one kind often differ in those.
    static String shortened(String text, int widthMax) {
        int width = width(text);
        if (width <= widthMax) {
            return text;
        }
        int kept = widthMax - 1;
        int tail = kept / 2;
        int[] points = text.codePoints().toArray();
        return new String(points, 0, kept - tail) + "…" + new String(points, width - tail, tail);
    }

    /// The text, with blanks after it.
    static String padded(String text, int width) {
        return text + " ".repeat(Math.max(0, width - width(text)));
    }
}
