package dev.reeve.daemon.config;

import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What a service directory holds at one moment: the names in it, and the text of those of [#SETTINGS] that exist.
public record ServiceFiles(Set<String> names, Map<String, String> texts) {

    /// The files whose text is read; of every other one only the existence matters.
    public static final Set<String> SETTINGS = Set.of(
            ServiceFileReader.NOTIFICATION_FD,
            ServiceFileReader.DOWN_SIGNAL,
            ServiceFileReader.TIMEOUT_KILL,
            ServiceFileReader.TIMEOUT_FINISH);

    /// Longer texts are no setting.
    public static final int BYTES_MAX = 4096;

    boolean has(String name) {
        return names.contains(name);
    }

    /// The first line of the file, without its newline; empty where there is no such file.
    Optional<String> firstLine(String name) {
        return Optional.ofNullable(texts.get(name)).map(text -> {
            int newline = text.indexOf('\n');
            return newline < 0 ? text : text.substring(0, newline);
        });
    }
}
