package dev.reeve.daemon.blackbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// A script of the folder `blackbox`. Its head may declare differences, a row of the table and the lines on either
/// side:
///
/// ```
/// # differs: restarts
/// #      s6: = 0
/// #   reeve: = 1
/// ```
record Script(String name, Path path, String text) {
    private static final Path FOLDER = Path.of(System.getProperty("reeve.home"), "daemon/src/test/resources/blackbox");
    private static final String LIBRARY = "lib.sh";
    private static final Pattern DECLARATION = Pattern.compile("# +(differs|s6|reeve): (.*)");

    static List<Script> all() {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.filter(file -> file.toString().endsWith(".sh"))
                    .filter(file -> !file.endsWith(LIBRARY))
                    .sorted()
                    .map(Script::at)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Script at(Path file) {
        try {
            String name = file.getFileName().toString().replace(".sh", "");
            return new Script(name, file, Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    List<Difference> differences() {
        List<Difference> differences = new ArrayList<>();
        for (String line : text.lines().takeWhile(each -> each.startsWith("#")).toList()) {
            Matcher declaration = DECLARATION.matcher(line);
            if (declaration.matches()) {
                declare(declaration.group(1), declaration.group(2), differences);
            }
        }
        return differences;
    }

    private static void declare(String what, String words, List<Difference> differences) {
        if (what.equals("differs")) {
            differences.add(new Difference(words, List.of(), List.of()));
            return;
        }
        Difference last = differences.removeLast();
        differences.add(
                what.equals("s6")
                        ? new Difference(last.row(), plus(last.onS6(), words), last.onReeve())
                        : new Difference(last.row(), last.onS6(), plus(last.onReeve(), words)));
    }

    private static List<String> plus(List<String> lines, String line) {
        return Stream.concat(lines.stream(), Stream.of(line)).toList();
    }
}
