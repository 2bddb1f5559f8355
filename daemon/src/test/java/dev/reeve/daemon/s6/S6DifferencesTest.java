package dev.reeve.daemon.s6;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.reeve.daemon.s6.Pair.Disk;
import dev.reeve.daemon.service.ServiceMachine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Has everything happen to a service, in every order, under s6-supervise and under reeve, and compares what can
/// be seen of the two. What is not alike is in [IntendedDifferences], from which the table in the documents is
/// drawn.
class S6DifferencesTest {
    private static final Path DOCUMENT = Path.of(System.getProperty("reeve.home"), "docs", "s6-compatibility.md");
    private static final String BEGIN = "<!-- drawn by S6DifferencesTest: begin -->\n";
    private static final String END = "<!-- drawn by S6DifferencesTest: end -->\n";

    private static final String INTRODUCTION = """
            A test (`S6DifferencesTest`) has everything happen to a service that can, in every order (letters, ends,
            readiness, passing seconds), once under a model of s6-supervise's action table (HEAD) and once under what
            decides in reeve, and compares what is to be seen of them: processes, signals, statuses, events. It has
            drawn this table; nothing else differs. The last column is the shortest way to see it, on a service that
            has just been found.

            """;

    /// Enough to see what is wrong.
    private static final int UNINTENDED_MAX = 10;

    private static final Exploration EXPLORATION = new Exploration(IntendedDifferences.ALL, UNINTENDED_MAX);

    @BeforeAll
    static void explore() {
        for (Disk disk : Disk.values()) {
            for (SampleDirectory directory : SampleDirectory.all()) {
                EXPLORATION.explore(new ServiceMachine(), directory, disk);
            }
        }
        System.out.println("s6 and reeve were compared after " + EXPLORATION.steps() + " steps");
    }

    @Test
    void everyDifferenceIsIntended() {
        assertEquals(
                "",
                EXPLORATION.unintended().stream().map(Difference::toString).collect(Collectors.joining("\n")),
                "s6 does otherwise: do as s6 does, or say in IntendedDifferences why not");
    }

    @Test
    void everyIntendedDifferenceIsThere() {
        assertEquals(
                List.of(),
                IntendedDifferences.ALL.stream()
                        .filter(it -> EXPLORATION.example(it).isEmpty())
                        .map(IntendedDifference::title)
                        .toList(),
                "there is no such difference (any more)");
    }

    @Test
    void theDocumentTellsTheDifferences() throws IOException {
        String document = Files.readString(DOCUMENT);
        int begin = document.indexOf(BEGIN) + BEGIN.length();
        String drawn =
                document.substring(0, begin) + INTRODUCTION + table() + document.substring(document.indexOf(END));
        if (Boolean.getBoolean("reeve.redraw")) {
            Files.writeString(DOCUMENT, drawn);
        }
        assertEquals(
                Files.readString(DOCUMENT),
                drawn,
                "docs/s6-compatibility.md does not tell the differences from s6 as they are: run this test with"
                        + " -Dreeve.redraw=true, which draws them anew, and read what changed");
    }

    private static String table() {
        return row("", "s6", "reeve", "why", "for example")
                + row("---", "---", "---", "---", "---")
                + IntendedDifferences.ALL.stream()
                        .map(it -> row(it.title(), it.s6(), it.reeve(), it.why(), example(it)))
                        .collect(Collectors.joining());
    }

    private static String example(IntendedDifference difference) {
        return EXPLORATION
                .example(difference)
                .map(example -> example.after().path().replaceFirst("^found(; |, and )", ""))
                .orElse("");
    }

    private static String row(String... cells) {
        return "| " + String.join(" | ", cells) + " |\n";
    }
}
