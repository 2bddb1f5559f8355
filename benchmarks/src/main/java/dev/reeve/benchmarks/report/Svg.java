package dev.reeve.benchmarks.report;

import java.util.List;
import java.util.Locale;

/// A picture as text, readable on light and on dark, without a script: colours are classes, of which a style
/// sheet in the picture has two sets.
final class Svg {
    /// Told apart on both grounds, and by most who see few colours.
    private static final List<String> ON_LIGHT = List.of(
            "#57606a", "#0550ae", "#3192aa", "#8250df", "#cf222e", "#bc4c00", "#9a6700", "#116329", "#bf3989",
            "#24292f");

    private static final List<String> ON_DARK = List.of(
            "#8b949e", "#58a6ff", "#56d4dd", "#bc8cff", "#ff7b72", "#f0883e", "#e3b341", "#56d364", "#f778ba",
            "#f0f6fc");

    private final StringBuilder text = new StringBuilder();

    Svg(int width, int height, String title) {
        text.append(String.format(
                Locale.ROOT,
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" width=\"%d\" role=\"img\">%n",
                width,
                height,
                width));
        text.append("<title>").append(escaped(title)).append("</title>\n<style>\n");
        text.append("text { font: 13px system-ui, sans-serif; fill: #1f2328 }\n");
        text.append(".title { font-size: 15px; font-weight: 600 }\n.quiet { fill: #59636e; font-size: 12px }\n");
        text.append(".grid { stroke: #d1d9e0; stroke-width: 1 }\n");
        colours(ON_LIGHT);
        text.append("@media (prefers-color-scheme: dark) {\ntext { fill: #f0f6fc }\n.quiet { fill: #9198a1 }\n");
        text.append(".grid { stroke: #3d444d }\n");
        colours(ON_DARK);
        text.append("}\n</style>\n");
        text(0, 18, "title", "start", title);
    }

    private void colours(List<String> colours) {
        for (int i = 0; i < colours.size(); i++) {
            text.append(".c%d { stroke: %s } .f%d { fill: %s; stroke: none }%n"
                    .formatted(i, colours.get(i), i, colours.get(i)));
        }
    }

    void gridLine(double x1, double y1, double x2, double y2) {
        line("grid", 1, x1, y1, x2, y2);
    }

    /// In the colour of that number.
    void line(int colour, double thickness, double x1, double y1, double x2, double y2) {
        line(strokeOf(colour), thickness, x1, y1, x2, y2);
    }

    private void line(String style, double thickness, double x1, double y1, double x2, double y2) {
        add(String.format(
                Locale.ROOT,
                "<line class=\"%s\" stroke-width=\"%.1f\" x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\"/>",
                style,
                thickness,
                x1,
                y1,
                x2,
                y2));
    }

    void dot(int colour, double radius, double x, double y) {
        add(String.format(
                Locale.ROOT,
                "<circle class=\"f%d\" cx=\"%.1f\" cy=\"%.1f\" r=\"%.1f\"/>",
                colour % ON_LIGHT.size(),
                x,
                y,
                radius));
    }

    void label(double x, double y, String anchor, String words) {
        text(x, y, "label", anchor, words);
    }

    /// Smaller, and in grey.
    void note(double x, double y, String anchor, String words) {
        text(x, y, "quiet", anchor, words);
    }

    private void text(double x, double y, String style, String anchor, String words) {
        add(String.format(
                Locale.ROOT,
                "<text class=\"%s\" x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">%s</text>",
                style,
                x,
                y,
                anchor,
                escaped(words)));
    }

    /// The whole picture.
    String end() {
        return text + "</svg>\n";
    }

    private static String strokeOf(int colour) {
        return "c" + colour % ON_LIGHT.size();
    }

    private void add(String element) {
        text.append(element).append('\n');
    }

    private static String escaped(String words) {
        return words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
