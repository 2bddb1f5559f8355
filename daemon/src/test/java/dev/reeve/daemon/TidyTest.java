package dev.reeve.daemon;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Walks the whole repository and looks whether it is tidy.
class TidyTest {
    private static final Path HOME = Path.of(System.getProperty("reeve.home"));
    private static final int LINES_MAX = 500;
    private static final int COLUMNS_MAX = 120;
    private static final Pattern LATER = Pattern.compile("\\b(FIX" + "ME|TO" + "DO|XX" + "X)\\b");
    private static final Pattern LINK = Pattern.compile("\\]\\((?!\\w+:)([^)#\\s]+)[^)]*\\)");
    private static final List<Path> FILES = new ArrayList<>();

    @BeforeAll
    static void walk() throws IOException {
        Files.walkFileTree(HOME, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
                String name = directory.getFileName().toString();
                boolean passedOver = name.equals("target") || (name.startsWith(".") && !directory.equals(HOME));
                return passedOver ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                FILES.add(file);
                return FileVisitResult.CONTINUE;
            }
        });
    }

    @Test
    void aFileIsShortEnoughToBeReadInOneSitting() {
        List<Path> longestFirst = files(".java")
                .sorted(Comparator.comparingInt((Path file) -> lines(file).size())
                        .reversed())
                .toList();
        System.out.println("The ten longest files:");
        longestFirst.stream()
                .limit(10)
                .forEach(file -> System.out.printf("%5d %s%n", lines(file).size(), HOME.relativize(file)));
        assertTidy(
                longestFirst.stream()
                        .filter(file -> lines(file).size() > LINES_MAX)
                        .map(TidyTest::nameOf),
                "longer than " + LINES_MAX + " lines");
    }

    @Test
    void noLineIsTooLong() {
        assertTidy(
                files(".java").flatMap(file -> linesWhere(file, line -> line.length() > COLUMNS_MAX)),
                "longer than " + COLUMNS_MAX + " columns");
    }

    @Test
    void nothingIsLeftForLater() {
        assertTidy(
                Stream.of(".java", ".md", ".xml", ".sh")
                        .flatMap(TidyTest::files)
                        .flatMap(file -> linesWhere(file, LATER.asPredicate())),
                "left for later: do it, or file an issue");
    }

    @Test
    void everyPackageSaysWhatItIsForAndIsNullMarked() {
        assertTidy(
                files(".java")
                        .filter(file -> file.toString().contains("/src/main/java/"))
                        .map(file -> file.resolveSibling("package-info.java"))
                        .distinct()
                        .filter(info -> !Files.exists(info)
                                || !lines(info).contains("@NullMarked")
                                || !lines(info).getFirst().startsWith("/// "))
                        .map(TidyTest::nameOf),
                "missing, or without a sentence or @NullMarked");
    }

    @Test
    void everyLinkBetweenDocumentsLeadsSomewhere() {
        assertTidy(
                files(".md")
                        .flatMap(file -> LINK.matcher(String.join("\n", lines(file)))
                                .results()
                                .map(link -> link.group(1))
                                .filter(target -> !Files.exists(file.resolveSibling(target)))
                                .map(target -> nameOf(file) + " -> " + target)),
                "leads nowhere");
    }

    private static void assertTidy(Stream<String> untidy, String what) {
        assertEquals("", String.join("\n", untidy.toList()), what);
    }

    private static Stream<String> linesWhere(Path file, Predicate<String> untidy) {
        List<String> lines = lines(file);
        return IntStream.range(0, lines.size())
                .filter(i -> untidy.test(lines.get(i)))
                .mapToObj(i -> nameOf(file) + ":" + (i + 1));
    }

    private static Stream<Path> files(String suffix) {
        return FILES.stream().filter(file -> file.toString().endsWith(suffix));
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw new UncheckedIOException(file.toString(), e);
        }
    }

    private static String nameOf(Path file) {
        return HOME.relativize(file).toString();
    }
}
