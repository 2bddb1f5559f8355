package dev.reeve.daemon.boot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScriptServicesTest {
    @TempDir
    Path directory;

    private Path scan;

    @BeforeEach
    void aBasedir() throws IOException {
        scan = Files.createDirectory(directory.resolve("scan"));
        Files.createDirectories(directory.resolve("it's a base/scripts"));
        Files.writeString(directory.resolve("it's a base/scripts/rc.init"), "");
    }

    @Test
    void aScriptIsAServiceThatNobodyStartsUnasked() throws IOException {
        write("2", "root=/dev/vda", "it's", "$HOME");

        Path service = scan.resolve("rc.init");
        assertTrue(Files.exists(service.resolve("down")));
        assertEquals("never\n", Files.readString(service.resolve("restart")));
        assertTrue(Files.isExecutable(service.resolve("run")));
        assertEquals(
                "#!/bin/sh\nexec '" + directory.toString()
                        + "/it'\\''s a base/scripts/rc.init' '2' '2' 'root=/dev/vda' 'it'\\''s' '$HOME'\n",
                Files.readString(service.resolve("run")));
    }

    @Test
    void withoutAScriptThereIsNone() throws IOException {
        write();

        assertFalse(Files.exists(scan.resolve("rc.shutdown")));
    }

    @Test
    void oneThatItsOwnerHasWrittenStaysAsItIs() throws IOException {
        Files.createDirectory(scan.resolve("rc.init"));

        write();

        assertFalse(Files.exists(scan.resolve("rc.init/run")));
    }

    private void write(String... arguments) throws IOException {
        List<String> words = new ArrayList<>(List.of("-c", directory + "/it's a base", "--"));
        words.addAll(List.of(arguments));
        ScriptServices.write(InitOptions.parse(words), scan);
    }
}
