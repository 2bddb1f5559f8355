package dev.reeve.daemon.boot;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// What a machine's services have for an environment: what its owner has written into an envdir, one variable a
/// file, and PATH. What the kernel has given (unknown words of its command line) may be kept in another.
final class InitEnvironment {
    private InitEnvironment() {}

    /// As s6-envdir(1) reads them: the first line of each file, without blanks at its end, a NUL in it for a
    /// newline; an empty file unsets, which says something of PATH only.
    static List<byte[]> read(Path envdir, String path) throws IOException {
        Map<String, byte[]> variables = new TreeMap<>();
        variables.put("PATH", path.getBytes(StandardCharsets.UTF_8));
        if (Files.exists(envdir)) {
            try (DirectoryStream<Path> files = Files.newDirectoryStream(envdir)) {
                for (Path file : files) {
                    String name = file.getFileName().toString();
                    if (!name.startsWith(".") && !name.contains("=") && Files.isRegularFile(file)) {
                        set(variables, name, Files.readAllBytes(file));
                    }
                }
            }
        }
        List<byte[]> entries = new ArrayList<>();
        variables.forEach((name, value) -> entries.add(entry(name, value)));
        return entries;
    }

    /// With PATH alone, where the envdir cannot be read.
    static List<byte[]> of(String path) {
        return List.of(entry("PATH", path.getBytes(StandardCharsets.UTF_8)));
    }

    /// Writes an envdir that only root may read: a password on the kernel's command line is among these.
    static void store(List<byte[]> environment, Path envdir) throws IOException {
        Files.createDirectories(
                envdir, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        for (byte[] entry : environment) {
            String text = new String(entry, StandardCharsets.UTF_8);
            int equals = text.indexOf('=');
            String name = equals < 0 ? "" : text.substring(0, equals);
            if (!name.isEmpty() && !name.startsWith(".") && !name.contains("/")) {
                byte[] value = text.substring(equals + 1).replace('\n', '\0').getBytes(StandardCharsets.UTF_8);
                Files.write(envdir.resolve(name), withNewline(value));
            }
        }
    }

    /// A file of no bytes would unset the variable.
    private static byte[] withNewline(byte[] value) {
        byte[] line = Arrays.copyOf(value, value.length + 1);
        line[value.length] = '\n';
        return line;
    }

    private static void set(Map<String, byte[]> variables, String name, byte[] content) {
        if (content.length == 0) {
            variables.remove(name);
            return;
        }
        int end = 0;
        while (end < content.length && content[end] != '\n') {
            end++;
        }
        while (end > 0 && (content[end - 1] == ' ' || content[end - 1] == '\t')) {
            end--;
        }
        byte[] value = Arrays.copyOf(content, end);
        for (int i = 0; i < value.length; i++) {
            if (value[i] == 0) {
                value[i] = '\n';
            }
        }
        variables.put(name, value);
    }

    private static byte[] entry(String name, byte[] value) {
        byte[] key = (name + "=").getBytes(StandardCharsets.UTF_8);
        byte[] entry = Arrays.copyOf(key, key.length + value.length);
        System.arraycopy(value, 0, entry, key.length, value.length);
        return entry;
    }
}
