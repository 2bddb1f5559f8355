package dev.reeve.daemon.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// docs/service-directory.md lists the files that the code knows, all of them and no others.
class ServiceDirectoryDocumentTest {
    private static final Path HOME = Path.of(System.getProperty("reeve.home"));
    private static final Path CODE = HOME.resolve("daemon/src/main/java/dev/reeve/daemon");

    /// The code has a constant for each file, and the two packages that read service directories have no others of
    /// this form.
    private static final Pattern CONSTANT = Pattern.compile("static final String [A-Z_]+ = \"([a-z][a-z-]*)\"");
    private static final Pattern ROW = Pattern.compile("(?m)^\\| `([a-z-]+)/?` \\|");

    /// It stands in the row of `supervise/`.
    private static final String IN_SUPERVISE = "service-lock";

    /// No file of a service.
    private static final String IN_THE_RUN_DIRECTORY = "notify";

    @Test
    void itListsTheFilesThatTheCodeKnows() throws IOException {
        Set<String> known = constantsIn(CODE.resolve("config"));
        known.addAll(constantsIn(CODE.resolve("process")));
        assertTrue(known.remove(IN_SUPERVISE));
        assertTrue(known.remove(IN_THE_RUN_DIRECTORY));
        assertEquals(known, listed());
    }

    @Test
    void itListsEverySettingThatIsRead() {
        assertTrue(listed().containsAll(ServiceFiles.SETTINGS));
        assertTrue(listed().containsAll(ServiceFiles.DIRECTORIES));
    }

    private static Set<String> constantsIn(Path packageDirectory) throws IOException {
        try (Stream<Path> files = Files.list(packageDirectory)) {
            return files.flatMap(file -> CONSTANT.matcher(read(file)).results().map(found -> found.group(1)))
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }

    private static Set<String> listed() {
        return ROW.matcher(read(HOME.resolve("docs/service-directory.md")))
                .results()
                .map(found -> found.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
