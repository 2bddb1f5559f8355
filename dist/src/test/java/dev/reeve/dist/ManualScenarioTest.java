package dev.reeve.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The pages in `docs/man`. What programs say of themselves stands in them between two marks, and is drawn from
/// what they print for `--help`, and from `docs/service-directory.md`; `-Dreeve.redraw=true` draws it anew.
class ManualScenarioTest {
    private static final Path HOME = Path.of(System.getProperty("reeve.home"));
    private static final Path PAGES = HOME.resolve("docs/man");
    private static final String LAST_MARK = ".\\\" end of what is drawn\n";
    private static final Pattern DRAWN =
            Pattern.compile("(\\.\\\\\" drawn: (\\S+) (\\S+)\\n)(.*?)" + Pattern.quote(LAST_MARK), Pattern.DOTALL);

    private static final List<String> DAEMONS = List.of("reeved", "reeve-init", "reeve-svscan");
    private static final String CLIENT = "dev.reeve.cli.ReeveClient";

    /// What every command has, and the page tells once.
    private static final Set<String> COMMON_OPTIONS = Set.of("-h, --help", "--json", "--socket=FILE");

    static Stream<Path> pages() throws IOException {
        try (Stream<Path> files = Files.list(PAGES)) {
            return files.sorted().toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("pages")
    void whatProgramsSayOfThemselvesIsInTheirPages(Path page) throws IOException {
        String text = Files.readString(page);
        String redrawn = DRAWN.matcher(text)
                .replaceAll(mark ->
                        Matcher.quoteReplacement(mark.group(1) + drawing(mark.group(2), mark.group(3)) + LAST_MARK));
        if (Boolean.getBoolean("reeve.redraw")) {
            Files.writeString(page, redrawn);
            return;
        }
        assertEquals(redrawn, text, () -> page + " is not what the programs say: redraw it with -Dreeve.redraw=true");
    }

    @ParameterizedTest
    @MethodSource("pages")
    void aManualFormatterHasNothingToSayAgainstAPage(Path page) {
        assumeTrue(Command.find("mandoc").isPresent(), "mandoc is not installed: apt-get install mandoc");
        assertEquals("", Command.output("mandoc", "-T", "lint", "-W", "warning", page.toString()));
    }

    @Test
    void everyProgramAndTheServiceDirectoryHaveAPage() throws IOException {
        assertEquals(
                new TreeSet<>(Set.of("reeve.1", "reeved.8", "reeve-init.8", "reeve-svscan.8", "reeve-service.5")),
                pages().map(page -> page.getFileName().toString()).collect(Collectors.toCollection(TreeSet::new)));
        for (String program : DAEMONS) {
            assertTrue(Files.readString(PAGES.resolve(program + ".8")).contains(" drawn: options " + program + "\n"));
        }
    }

    private static String drawing(String what, String of) {
        return switch (what) {
            case "synopsis" -> synopsis(help(of));
            case "options" -> items(help(of));
            case "exit-codes" -> paragraphs(help(of).notes().stream().filter(ManualScenarioTest::isOfExitCodes));
            case "notes" -> paragraphs(help(of).notes().stream().filter(note -> !isOfExitCodes(note)));
            case "commands" -> commands(help(of));
            case "document" -> document(HOME.resolve(of));
            default -> throw new IllegalArgumentException("nothing is known of how to draw " + what);
        };
    }

    private static HelpText help(String program) {
        return HelpText.of(
                switch (program) {
                    case "reeve" -> help("cli", CLIENT);
                    case "reeved" -> help("daemon", "dev.reeve.daemon.ReeveDaemon");
                    case "reeve-init" -> help("daemon", "dev.reeve.daemon.ReeveInit");
                    case "reeve-svscan" -> help("daemon", "dev.reeve.daemon.ReeveSvscan");
                    default -> throw new IllegalArgumentException(program + " is no program of reeve's");
                });
    }

    private static HelpText helpOfCommand(String command) {
        return HelpText.of(help("cli", CLIENT, command));
    }

    private static String help(String module, String program, String... words) {
        return Command.output(Stream.of(
                        Stream.of(
                                Path.of(System.getProperty("java.home"), "bin", "java")
                                        .toString(),
                                // No line is broken.
                                "-Dpicocli.usage.width=4000",
                                "-XX:TieredStopAtLevel=1",
                                "-cp",
                                HOME.resolve(module + "/target/image/lib") + "/*",
                                program),
                        Stream.of(words),
                        Stream.of("--help"))
                .flatMap(word -> word)
                .toArray(String[]::new));
    }

    private static String synopsis(HelpText help) {
        return help.synopses().stream()
                .map(line -> line.split(" ", 2))
                .map(words -> ".B " + Roff.text(words[0]) + "\n" + Roff.text(words[1]) + "\n")
                .collect(Collectors.joining(".br\n"));
    }

    private static String items(HelpText help) {
        return help.items().stream()
                .filter(item -> item.term().startsWith("-"))
                .map(ManualScenarioTest::item)
                .collect(Collectors.joining());
    }

    private static String item(HelpText.Item item) {
        return Roff.entry(".B " + Roff.text(item.term()), Roff.text(item.meaning()));
    }

    private static boolean isOfExitCodes(String note) {
        return note.startsWith("Exit codes: ");
    }

    private static String paragraphs(Stream<String> notes) {
        return notes.map(note -> Roff.text(note) + "\n").collect(Collectors.joining(".PP\n"));
    }

    private static String commands(HelpText help) {
        return help.items().stream()
                .filter(item -> !item.term().startsWith("-"))
                .map(HelpText.Item::term)
                .map(ManualScenarioTest::command)
                .collect(Collectors.joining());
    }

    private static String command(String command) {
        HelpText help = helpOfCommand(command);
        String synopsis = help.synopses()
                .getFirst()
                .substring("reeve ".length())
                .replaceFirst("\\[-(\\w*)h(\\w*)\\]", "[-$1$2]")
                .replace(" [-]", "")
                .replace(" [--json]", "")
                .replace(" [--socket=FILE]", "");
        StringBuilder roff = new StringBuilder();
        roff.append(Roff.entry(".B " + Roff.text(synopsis), Roff.text(String.join(" ", help.description()))));
        String more = help.items().stream()
                        .filter(item -> !COMMON_OPTIONS.contains(item.term()))
                        .map(ManualScenarioTest::item)
                        .collect(Collectors.joining())
                + (help.notes().isEmpty() ? "" : ".PP\n" + paragraphs(help.notes().stream()));
        return roff.append(more.isEmpty() ? "" : ".RS\n" + more + ".RE\n").toString();
    }

    private static String document(Path document) {
        try {
            return MarkdownDocument.toRoff(Files.readString(document));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
