package dev.reeve.daemon;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// The command by which this JVM was started: a class, and what it was given.
record OwnCommand(Class<?> program, List<String> arguments) {
    private static final Path AS_STARTED = Path.of("/proc/self/cmdline");

    /// In the bytes that it was started with, or, where there is no /proc yet, such as come to the same.
    List<byte[]> words() throws IOException {
        return Files.exists(AS_STARTED) ? asStarted(Files.readAllBytes(AS_STARTED)) : rebuilt();
    }

    private static List<byte[]> asStarted(byte[] commandLine) {
        List<byte[]> words = new ArrayList<>();
        int from = 0;
        for (int i = 0; i < commandLine.length; i++) {
            if (commandLine[i] == 0) {
                words.add(Arrays.copyOfRange(commandLine, from, i));
                from = i + 1;
            }
        }
        return words;
    }

    /// What bin/lib/start-daemon.sh puts together.
    private List<byte[]> rebuilt() {
        List<String> words = new ArrayList<>();
        words.add(System.getProperty("java.home") + "/bin/java");
        System.getProperty("reeve.options", "").lines().forEach(words::add);
        words.add(definition("reeve.options"));
        words.add(definition("java.library.path"));
        words.add(definition("jffi.boot.library.path"));
        words.addAll(List.of("-cp", System.getProperty("java.class.path"), program.getName()));
        words.addAll(arguments);
        return words.stream().map(word -> word.getBytes(StandardCharsets.UTF_8)).toList();
    }

    private static String definition(String property) {
        return "-D" + property + "=" + System.getProperty(property, "");
    }
}
