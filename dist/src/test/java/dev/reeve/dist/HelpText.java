package dev.reeve.dist;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What a program prints for `--help`, taken apart: how it is called, what it does, its options (or commands), and
/// what is said after them.
record HelpText(List<String> synopses, List<String> description, List<Item> items, List<String> notes) {
    private static final String USAGE = "Usage: ";
    private static final Pattern ITEM = Pattern.compile(" {2,6}(\\S.*?)(?: {2,}(\\S.*))?");
    private static final Pattern PARAGRAPH_BREAK = Pattern.compile("\n\\s*\n");

    /// An option, an argument or a command, and what it means.
    record Item(String term, String meaning) {}

    static HelpText of(String text) {
        List<String> lines = text.lines().toList();
        String program = lines.getFirst().substring(USAGE.length()).split(" ")[0];
        List<String> synopses = new ArrayList<>();
        int line = 0;
        while (line < lines.size() && (line == 0 || lines.get(line).startsWith(" ".repeat(USAGE.length())))) {
            String words = lines.get(line).substring(USAGE.length()).strip();
            if (words.startsWith(program + " ") || synopses.isEmpty()) {
                synopses.add(words);
            } else {
                synopses.set(synopses.size() - 1, synopses.getLast() + " " + words);
            }
            line++;
        }
        int firstItem = line;
        while (firstItem < lines.size() && !lines.get(firstItem).startsWith("  ")) {
            firstItem++;
        }
        List<Item> items = new ArrayList<>();
        int afterItems = firstItem;
        while (afterItems < lines.size()
                && (lines.get(afterItems).startsWith("  ")
                        || lines.get(afterItems).equals("Commands:"))) {
            take(lines.get(afterItems), items);
            afterItems++;
        }
        return new HelpText(
                synopses,
                paragraphs(lines.subList(line, firstItem)),
                items,
                paragraphs(lines.subList(afterItems, lines.size())));
    }

    private static void take(String line, List<Item> items) {
        Matcher item = ITEM.matcher(line);
        if (item.matches()) {
            items.add(new Item(item.group(1), item.group(2) == null ? "" : item.group(2)));
        } else if (line.startsWith(" ")) {
            Item last = items.removeLast();
            items.add(new Item(last.term(), (last.meaning() + " " + line.strip()).strip()));
        }
    }

    private static List<String> paragraphs(List<String> lines) {
        List<String> paragraphs = new ArrayList<>();
        for (String paragraph : PARAGRAPH_BREAK.split(String.join("\n", lines))) {
            String words = paragraph.strip().replaceAll("\\s+", " ");
            if (!words.isEmpty()) {
                paragraphs.add(words);
            }
        }
        return paragraphs;
    }
}
