package dev.reeve.dist;

import java.util.regex.Pattern;

/// Text as man(7) wants it.
final class Roff {
    private static final Pattern CODE = Pattern.compile("`([^`]*)`");
    private static final Pattern STRONG = Pattern.compile("\\*\\*([^*]+)\\*\\*");
    private static final Pattern EMPHASIS = Pattern.compile("\\*([^*]+)\\*");
    private static final Pattern LINK = Pattern.compile("\\[([^\\]]*)\\]\\([^)]*\\)");
    private static final Pattern REMARK = Pattern.compile(" \\(\\[[^\\]]*\\]\\([^)]*\\)\\)");

    private Roff() {}

    /// A line of text, as it stands.
    static String text(String line) {
        String escaped = line.replace("\\", "\\e").replace("-", "\\-").replace("…", "...");
        return escaped.startsWith(".") || escaped.startsWith("'") ? "\\&" + escaped : escaped;
    }

    /// A line of Markdown, with its code and emphasis in other type. A link is its text, and a remark that is
    /// nothing but a link is left out: a page of a manual leads nowhere.
    static String markdown(String line) {
        String told = LINK.matcher(REMARK.matcher(line).replaceAll("")).replaceAll("$1");
        String roff = text(told);
        roff = CODE.matcher(roff).replaceAll("\\\\fB$1\\\\fR");
        roff = STRONG.matcher(roff).replaceAll("\\\\fB$1\\\\fR");
        return EMPHASIS.matcher(roff).replaceAll("\\\\fI$1\\\\fR");
    }

    /// An entry of a list: what it is about, and what there is to say.
    static String entry(String term, String body) {
        return ".TP\n" + term + "\n" + (body.isEmpty() ? "\\&" : body) + "\n";
    }
}
