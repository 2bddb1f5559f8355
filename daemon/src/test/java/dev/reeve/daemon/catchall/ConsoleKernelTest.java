package dev.reeve.daemon.catchall;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reeve.bridge.Kernel;
import dev.reeve.bridge.LinuxKernel;
import dev.reeve.bridge.OutputFiles;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A fifo that nobody empties is what a console under ^S is: there is no room.
class ConsoleKernelTest {
    private static final Pattern DROPPED =
            Pattern.compile("reeved: warning: (\\d+) lines had no room on the console\n");

    @TempDir
    Path directory;

    private final Kernel kernel = new LinuxKernel();

    @Test
    void whatItHasNoRoomForIsDroppedAndCounted() throws Exception {
        int parent = kernel.openDirectory(directory.toString());
        kernel.makeFifoAt(parent, "tty", 0600);
        int reader = OutputFiles.openToRead(parent, "tty");
        try (Console console = new Console(kernel, directory.resolve("tty").toString()).open()) {
            List<String> lines =
                    IntStream.range(0, 20_000).mapToObj(i -> "line " + i).toList();
            console.write(lines);
            String first = read(reader);
            console.write(List.of("after"));
            String rest = read(reader);
            int written = first.split("\n", -1).length - 1;
            assertEquals(
                    String.join("\n", lines.subList(0, written)) + "\n",
                    first.substring(0, first.lastIndexOf('\n') + 1));
            Matcher dropped = DROPPED.matcher(rest);
            assertTrue(dropped.find(), rest);
            assertEquals(lines.size() - written, Integer.parseInt(dropped.group(1)));
            assertTrue(rest.endsWith("\nafter\n"), rest);
        } finally {
            kernel.close(reader);
            kernel.close(parent);
        }
    }

    @Test
    void aMachineWithoutOneIsNoneTheWorse() {
        try (Console console = new Console(kernel, directory.resolve("nothing").toString()).open()) {
            console.write(List.of("unheard"));
        }
    }

    @Test
    void oneThatComesLaterIsSpokenToFromThenOn() throws Exception {
        int parent = kernel.openDirectory(directory.toString());
        try (Console console = new Console(kernel, directory.resolve("tty").toString()).open()) {
            kernel.makeFifoAt(parent, "tty", 0600);
            int reader = OutputFiles.openToRead(parent, "tty");
            console.open();
            console.say("it fails", new IllegalStateException("for some reason"));
            console.open();
            console.write(List.of("after"));
            assertEquals(
                    "reeve-init: it fails: java.lang.IllegalStateException: for some reason\nafter\n", read(reader));
            kernel.close(reader);
        } finally {
            kernel.close(parent);
        }
    }

    private String read(int reader) throws Exception {
        ByteBuffer buffer = ByteBuffer.allocate(1 << 20);
        while (kernel.read(reader, buffer) > 0) {
            // To the end of what there is.
        }
        return new String(buffer.array(), 0, buffer.position(), StandardCharsets.UTF_8);
    }
}
