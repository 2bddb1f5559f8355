package dev.reeve.cli.s6;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// The numbers of signals on x86_64 and aarch64 (signal(7)).
final class SignalNumbers {
    private static final int NONE = -1;
    private static final int REALTIME_MIN = 34;
    private static final int REALTIME_MAX = 64;

    private static final List<String> NAMES = List.of(
            "HUP", "INT", "QUIT", "ILL", "TRAP", "ABRT", "BUS", "FPE", "KILL", "USR1", "SEGV", "USR2", "PIPE", "ALRM",
            "TERM", "STKFLT", "CHLD", "CONT", "STOP", "TSTP", "TTIN", "TTOU", "URG", "XCPU", "XFSZ", "VTALRM", "PROF",
            "WINCH", "IO", "PWR", "SYS");

    private SignalNumbers() {}

    /// Of `SIGKILL`, `SIGRTMIN+3` or the like; -1 for null, and for what is no signal.
    static int of(@Nullable String signal) {
        if (signal == null) {
            return NONE;
        }
        String name = signal.startsWith("SIG") ? signal.substring(3) : signal;
        int index = NAMES.indexOf(name);
        return index >= 0 ? index + 1 : realtime(name);
    }

    /// As [#of], for what people type: any case, with or without SIG, or a number.
    static int typed(String text) {
        if (text.matches("[1-9][0-9]?")) {
            return Integer.parseInt(text);
        }
        return of(text.toUpperCase(java.util.Locale.ROOT));
    }

    /// `SIGKILL` for 9; `SIGRTMIN+3` for 37.
    static String nameOf(int number) {
        if (number >= REALTIME_MIN) {
            return number == REALTIME_MIN ? "SIGRTMIN" : "SIGRTMIN+" + (number - REALTIME_MIN);
        }
        return number >= 1 && number <= NAMES.size() ? "SIG" + NAMES.get(number - 1) : "SIG" + number;
    }

    private static int realtime(String name) {
        if (name.matches("RTMIN(\\+[0-9]{1,2})?")) {
            return REALTIME_MIN + offset(name);
        }
        return name.matches("RTMAX(-[0-9]{1,2})?") ? REALTIME_MAX - offset(name) : NONE;
    }

    private static int offset(String name) {
        return name.length() > "RTMIN".length() ? Integer.parseInt(name.substring("RTMIN+".length())) : 0;
    }
}
