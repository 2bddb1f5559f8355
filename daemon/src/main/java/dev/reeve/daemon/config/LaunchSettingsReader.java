package dev.reeve.daemon.config;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;

/// Reads what `run` is executed with: `lock-fd` and `flag-newpidns` as s6 has them (servicedir.html), and reeve's
/// own files `user`, `umask`, `nice`, `oom-score`, `working-directory`, `env/` and `limits/`, one value each.
final class LaunchSettingsReader {
    static final String LOCK_FD = "lock-fd";
    static final String USER = "user";
    static final String UMASK = "umask";
    static final String NICE = "nice";
    static final String OOM_SCORE = "oom-score";
    static final String WORKING_DIRECTORY = "working-directory";
    static final String NOTIFY_SOCKET = "notify-socket";
    static final String ENVIRONMENT = "env";
    static final String LIMITS = "limits";

    /// prlimit(1)'s names, and the letters by which s6-softlimit knows the same.
    private static final Map<String, String> LIMIT_NAMES = Map.ofEntries(
            Map.entry("a", "as"),
            Map.entry("c", "core"),
            Map.entry("d", "data"),
            Map.entry("f", "fsize"),
            Map.entry("l", "memlock"),
            Map.entry("o", "nofile"),
            Map.entry("p", "nproc"),
            Map.entry("r", "rss"),
            Map.entry("s", "stack"),
            Map.entry("t", "cpu"));

    private static final String FLAG_NEWPIDNS = "flag-newpidns";
    private static final String VARIABLE_FORM = "[^=\0]+";
    private static final String LIMIT_FORM = "([0-9]{1,19}|unlimited|=)(:([0-9]{1,19}|unlimited|=))?";

    private final SettingTexts settings;
    private final int descriptorsMax;

    LaunchSettingsReader(SettingTexts settings, int descriptorsMax) {
        this.settings = settings;
        this.descriptorsMax = descriptorsMax;
    }

    LaunchSettings read() {
        return new LaunchSettings(
                number(LOCK_FD, 1, descriptorsMax - 1, "nothing is locked"),
                settings.matching(USER, "[^\\s:]+(:[^\\s:]+)?", "a user's name, or UID:GID; it runs as reeved does"),
                umask(),
                number(NICE, -20, 19, "it is as nice as reeved is"),
                number(OOM_SCORE, -1000, 1000, "the score is left as it is"),
                settings.files().has(FLAG_NEWPIDNS),
                settings.matching(WORKING_DIRECTORY, "/.*", "an absolute path; its own directory is used"),
                notifySocket(),
                environment(),
                limits());
    }

    private OptionalInt number(String file, int min, int max, String consequence) {
        return settings.numberBetween(file, min, max, consequence)
                .map(OptionalInt::of)
                .orElse(OptionalInt.empty());
    }

    /// `exec` is systemd's word for what reeve's services have no other processes for.
    private Optional<NotifyAccess> notifySocket() {
        if (!settings.files().has(NOTIFY_SOCKET)) {
            return Optional.empty();
        }
        boolean isMain = settings.matching(
                        NOTIFY_SOCKET, "|all|main|exec", "all, main or exec; every process of it is listened to")
                .filter(word -> word.equals("main") || word.equals("exec"))
                .isPresent();
        return Optional.of(isMain ? NotifyAccess.MAIN : NotifyAccess.ALL);
    }

    private OptionalInt umask() {
        return settings.matching(UMASK, "[0-7]{1,4}", "an octal number such as 022; the umask is left as it is")
                .map(text -> OptionalInt.of(Integer.parseInt(text, 8)))
                .orElse(OptionalInt.empty());
    }

    /// As s6-envdir: trailing blanks of the first line are cut, an empty file unsets, a NUL stands for a newline.
    private Map<String, Optional<String>> environment() {
        Map<String, Optional<String>> variables = new TreeMap<>();
        for (String file : settings.files().in(ENVIRONMENT)) {
            String name = file.substring(ENVIRONMENT.length() + 1);
            if (!name.matches(VARIABLE_FORM)) {
                settings.complain(file, "a variable's name has no = in it; it is passed over");
                continue;
            }
            boolean isEmpty = settings.files().texts().getOrDefault(file, "").isEmpty();
            variables.put(
                    name,
                    isEmpty
                            ? Optional.empty()
                            : settings.firstLine(file)
                                    .map(line -> line.stripTrailing().replace('\0', '\n')));
        }
        return variables;
    }

    private Map<String, String> limits() {
        Map<String, String> limits = new TreeMap<>();
        for (String file : settings.files().in(LIMITS)) {
            String name = file.substring(LIMITS.length() + 1);
            String limit = LIMIT_NAMES.getOrDefault(name, name);
            if (!LIMIT_NAMES.containsValue(limit)) {
                settings.complain(
                        file,
                        "there is no such limit; there are " + String.join(", ", sorted()) + "; it is passed over");
                continue;
            }
            settings.matching(
                            file,
                            LIMIT_FORM,
                            "a limit such as 1024, 512:1024 (soft, hard) or unlimited; the limit is left as it is")
                    .ifPresent(text -> limits.put(limit, text.replace("=", "unlimited")));
        }
        return limits;
    }

    private static Set<String> sorted() {
        return new java.util.TreeSet<>(LIMIT_NAMES.values());
    }
}
