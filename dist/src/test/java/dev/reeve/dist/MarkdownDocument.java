package dev.reeve.dist;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// A document of `docs/` as the body of a page of the manual. It knows the Markdown that is used there: headings,
/// paragraphs, tables.
final class MarkdownDocument {
    private static final List<String> COLUMNS_THAT_NEED_NO_NAME = List.of("", "format", "means");

    private final List<String> lines;
    private final StringBuilder roff = new StringBuilder();

    private MarkdownDocument(String text) {
        this.lines = text.lines().toList();
    }

    static String toRoff(String text) {
        return new MarkdownDocument(text).draw();
    }

    private String draw() {
        boolean afterHeading = false;
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            if (line.isBlank()) {
                continue;
            }
            if (line.startsWith("#")) {
                roff.append(heading(line));
            } else if (line.startsWith("|")) {
                i = drawTable(i);
            } else {
                roff.append(afterHeading ? "" : ".PP\n");
                i = drawParagraph(i);
            }
            afterHeading = line.startsWith("#");
        }
        return roff.toString();
    }

    /// The title is the page's already.
    private static String heading(String line) {
        String words = Roff.markdown(line.substring(line.indexOf(' ') + 1));
        return switch (line.indexOf(' ')) {
            case 1 -> ".SH DESCRIPTION\n";
            case 2 -> ".SH " + words + "\n";
            default -> ".SS " + words + "\n";
        };
    }

    /// Answers its last line. Emphasis may go from line to line.
    private int drawParagraph(int first) {
        int end = first;
        while (end < lines.size()
                && !lines.get(end).isBlank()
                && !lines.get(end).startsWith("|")) {
            end++;
        }
        roff.append(Roff.markdown(String.join(" ", lines.subList(first, end)))).append('\n');
        return end - 1;
    }

    /// Answers its last line.
    private int drawTable(int first) {
        List<String> heads = cells(lines.get(first));
        int row = first + 2;
        for (; row < lines.size() && lines.get(row).startsWith("|"); row++) {
            roff.append(entry(heads, cells(lines.get(row))));
        }
        return row - 1;
    }

    private static String entry(List<String> heads, List<String> cells) {
        List<String> sentences = new ArrayList<>();
        for (String plain : COLUMNS_THAT_NEED_NO_NAME) {
            int column = heads.indexOf(plain);
            if (column > 0) {
                sentences.add(sentence("", cells.get(column)));
            }
        }
        for (int column = 1; column < heads.size(); column++) {
            String head = heads.get(column);
            if (!COLUMNS_THAT_NEED_NO_NAME.contains(head) && !cells.get(column).isEmpty()) {
                sentences.add(sentence(
                        head.substring(0, 1).toUpperCase(Locale.ROOT) + head.substring(1) + ": ", cells.get(column)));
            }
        }
        return Roff.entry(Roff.markdown(cells.getFirst()), String.join("\n.br\n", sentences));
    }

    private static String sentence(String head, String cell) {
        return Roff.markdown(head + cell + ".");
    }

    private static List<String> cells(String row) {
        List<String> cells = new ArrayList<>();
        for (String cell : row.substring(1, row.lastIndexOf('|')).split("\\|", -1)) {
            cells.add(cell.strip());
        }
        return cells;
    }
}
