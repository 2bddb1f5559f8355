package dev.reeve.daemon.service;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// A signal of Linux (x86 and ARM numbers, signal(7)).
public record Signal(int number) {
    public static final Signal HUP = new Signal(1);
    public static final Signal INT = new Signal(2);
    public static final Signal ABRT = new Signal(6);
    public static final Signal KILL = new Signal(9);
    public static final Signal TERM = new Signal(15);
    public static final Signal CHLD = new Signal(17);
    public static final Signal CONT = new Signal(18);

    private static final int NUMBER_MAX = 64;
    private static final int REALTIME_MIN = 34;

    private static final List<String> NAMES = List.of(
            "", "HUP", "INT", "QUIT", "ILL", "TRAP", "ABRT", "BUS", "FPE", "KILL", "USR1", "SEGV", "USR2", "PIPE",
            "ALRM", "TERM", "STKFLT", "CHLD", "CONT", "STOP", "TSTP", "TTIN", "TTOU", "URG", "XCPU", "XFSZ", "VTALRM",
            "PROF", "WINCH", "IO", "PWR", "SYS");

    /// The signal that a person or a file names: `TERM`, `SIGTERM`, `15`, `SIGRTMIN+3`, in either case.
    public static Optional<Signal> parse(String text) {
        String name = text.toUpperCase(Locale.ROOT);
        if (name.matches("[0-9]{1,2}")) {
            int number = Integer.parseInt(name);
            return number >= 1 && number <= NUMBER_MAX ? Optional.of(new Signal(number)) : Optional.empty();
        }
        String bare = name.startsWith("SIG") ? name.substring("SIG".length()) : name;
        if (bare.matches("RTMIN(\\+[0-9]{1,2})?")) {
            int number = REALTIME_MIN + (bare.length() > "RTMIN".length() ? Integer.parseInt(bare.substring(6)) : 0);
            return number <= NUMBER_MAX ? Optional.of(new Signal(number)) : Optional.empty();
        }
        int number = NAMES.indexOf(bare);
        return number >= 1 ? Optional.of(new Signal(number)) : Optional.empty();
    }

    /// As in `SIGTERM`.
    @Override
    public String toString() {
        if (number < NAMES.size()) {
            return "SIG" + NAMES.get(number);
        }
        return number >= REALTIME_MIN ? "SIGRTMIN+" + (number - REALTIME_MIN) : "SIG" + number;
    }
}
