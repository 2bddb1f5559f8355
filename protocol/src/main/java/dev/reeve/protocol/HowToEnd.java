package dev.reeve.protocol;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What is to end, and what comes after it.
public enum HowToEnd {
    /// The daemon ends, and nothing else. A machine's init does not.
    EXIT,
    /// The machine is switched off.
    POWEROFF,
    /// The machine begins anew.
    REBOOT,
    /// The machine stops, and stays on.
    HALT,
    /// The machine begins anew with the kernel that was loaded, if one was.
    KEXEC,
    /// Nothing: an end that was ordered for later does not come.
    CANCEL;

    private static final String WORDS =
            Arrays.stream(values()).map(HowToEnd::word).collect(Collectors.joining(", "));

    /// As written in the protocol.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// The one of this word, or null if there is none.
    static @Nullable HowToEnd of(String word) {
        return Arrays.stream(values())
                .filter(how -> how.word().equals(word))
                .findFirst()
                .orElse(null);
    }

    /// All of them, for people.
    static String words() {
        return WORDS;
    }
}
