package dev.reeve.daemon.boot;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InitEnvironmentTest {
    @TempDir
    Path envdir;

    @Test
    void eachFileIsAVariableWithItsFirstLine() throws IOException {
        Files.writeString(envdir.resolve("LANG"), "C.UTF-8 \t \nand more");
        Files.writeString(envdir.resolve("LINES"), "a\0b\n");
        Files.writeString(envdir.resolve("NOTHING"), "\n");
        Files.writeString(envdir.resolve(".hidden"), "x");
        Files.writeString(envdir.resolve("A=B"), "x");
        Files.createDirectory(envdir.resolve("directory"));

        assertEquals(List.of("LANG=C.UTF-8", "LINES=a\nb", "NOTHING=", "PATH=/bin"), read("/bin"));
    }

    @Test
    void itsOwnPathGoesFirst() throws IOException {
        Files.writeString(envdir.resolve("PATH"), "/opt/bin\n");

        assertEquals(List.of("PATH=/opt/bin"), read("/bin"));
    }

    @Test
    void anEmptyFileUnsets() throws IOException {
        Files.writeString(envdir.resolve("PATH"), "");

        assertEquals(List.of(), read("/bin"));
    }

    @Test
    void withoutADirectoryThereIsPathAlone() throws IOException {
        assertEquals(List.of("PATH=/bin"), texts(InitEnvironment.read(envdir.resolve("none"), "/bin")));
    }

    @Test
    void whatIsStoredIsReadAgainAsItWas() throws IOException {
        Path store = envdir.resolve("deep/store");
        List<String> entries = List.of("BOTH=a\nb", "EMPTY=", "PATH=/kernel");

        InitEnvironment.store(
                List.of(bytes("EMPTY="), bytes("PATH=/kernel"), bytes("BOTH=a\nb"), bytes("../x=y"), bytes("noname")),
                store);

        assertEquals(entries, texts(InitEnvironment.read(store, "/bin")));
        assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(store)));
    }

    private List<String> read(String path) throws IOException {
        return texts(InitEnvironment.read(envdir, path));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static List<String> texts(List<byte[]> entries) {
        return entries.stream()
                .map(entry -> new String(entry, StandardCharsets.UTF_8))
                .toList();
    }
}
