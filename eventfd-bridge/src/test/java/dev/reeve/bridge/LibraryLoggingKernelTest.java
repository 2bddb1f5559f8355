package dev.reeve.bridge;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import java.util.logging.Logger;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// In a JVM of its own each time, whose logging nobody has begun.
class LibraryLoggingKernelTest {
    private static final String WARNING = "this is to be read";

    @ParameterizedTest
    @ValueSource(strings = {"dev.reeve.bridge.EpollLoop", "dev.reeve.bridge.NativeFunction"})
    void whatALibraryWarnsOfIsToldOnceWhoeverBeginsIt(String first) throws IOException {
        Process java = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Warning.class.getName(),
                        first)
                .redirectError(ProcessBuilder.Redirect.PIPE)
                .start();
        String out = new String(java.getInputStream().readAllBytes(), UTF_8);
        String said = new String(java.getErrorStream().readAllBytes(), UTF_8);
        assertEquals(1, said.lines().filter(line -> line.contains(WARNING)).count(), said);
        assertEquals("System.out is as it was", out.strip());
    }

    static final class Warning {
        public static void main(String[] arguments) throws ReflectiveOperationException {
            Class.forName(arguments[0]);
            Logger.getLogger("io.netty.example").warning(WARNING);
            System.out.println("System.out is as it was");
        }
    }
}
