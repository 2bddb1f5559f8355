package dev.reeve.daemon.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What a service directory holds at one moment: the names in it, and the text of those of [#SETTINGS] and in
/// [#DIRECTORIES] that exist.
public record ServiceFiles(Set<String> names, Map<String, String> texts) {

    /// The files whose text is read; of every other one only the existence matters.
    public static final List<String> SETTINGS = List.of(
            ServiceFileReader.NOTIFICATION_FD,
            ServiceFileReader.DOWN_SIGNAL,
            ServiceFileReader.RELOAD_SIGNAL,
            ServiceFileReader.TIMEOUT_KILL,
            ServiceFileReader.TIMEOUT_FINISH,
            ServiceFileReader.WATCHDOG,
            ServiceFileReader.FD_STORE,
            ServiceFileReader.MAX_DEATH_TALLY,
            RestartSettingsReader.RESTART,
            RestartSettingsReader.DELAY,
            RestartSettingsReader.DELAY_MAX,
            RestartSettingsReader.LIMIT,
            LaunchSettingsReader.LOCK_FD,
            LaunchSettingsReader.USER,
            LaunchSettingsReader.UMASK,
            LaunchSettingsReader.NICE,
            LaunchSettingsReader.OOM_SCORE,
            LaunchSettingsReader.WORKING_DIRECTORY,
            LaunchSettingsReader.NOTIFY_SOCKET);

    /// The directories whose files are read, as `env/NAME`.
    public static final List<String> DIRECTORIES =
            List.of(LaunchSettingsReader.ENVIRONMENT, LaunchSettingsReader.LIMITS, ListenSettingsReader.LISTEN);

    /// All that [ServiceFileReader#stopSettings] looks at.
    public static final List<String> OF_STOP_SETTINGS =
            List.of(ServiceFileReader.DOWN_SIGNAL, ServiceFileReader.TIMEOUT_KILL, ServiceFileReader.FLAG_KILLPG);

    /// All that [ServiceFileReader#reloadSignal] looks at.
    public static final List<String> OF_RELOAD_SIGNAL = List.of(ServiceFileReader.RELOAD_SIGNAL);

    /// Whether nothing may be started where this file is there and cannot be read: without `user` it would be root's.
    public static boolean isIndispensable(String file) {
        return file.equals(LaunchSettingsReader.USER)
                || file.equals(ListenSettingsReader.LISTEN)
                || file.startsWith(ListenSettingsReader.LISTEN + "/");
    }

    /// Longer texts are no setting.
    public static final int BYTES_MAX = 4096;

    boolean has(String name) {
        return names.contains(name);
    }

    /// Whether there is such a file, and it could be read.
    boolean hasText(String name) {
        return texts.containsKey(name);
    }

    /// The files in one of the [#DIRECTORIES], as `env/NAME`, in the order of their names.
    List<String> in(String directory) {
        List<String> files = new ArrayList<>();
        for (String file : texts.keySet()) {
            if (file.startsWith(directory) && file.startsWith("/", directory.length())) {
                files.add(file);
            }
        }
        files.sort(null);
        return files;
    }

    /// The first line of the file, without its newline; empty where there is no such file.
    Optional<String> firstLine(String name) {
        String text = texts.get(name);
        if (text == null) {
            return Optional.empty();
        }
        int newline = text.indexOf('\n');
        return Optional.of(newline < 0 ? text : text.substring(0, newline));
    }
}
