package dev.reeve.cli;

import dev.reeve.protocol.HowToEnd;
import dev.reeve.protocol.ProtocolCodec;
import java.time.Duration;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/// What the words of shutdown(8) say, as the Linux Standard Base has them: `[-akrhHPfFc] [-t SECONDS] TIME [MESSAGE]`.
/// `how` is empty where there is only to be a warning (`-k`).
record LsbShutdown(
        Optional<HowToEnd> how, boolean byThoseAllowed, Optional<Duration> grace, Duration after, String message) {
    static final String USAGE = "shutdown -h|-H|-P|-r|-k|-c [-a] [-t SECONDS] now|+MINUTES|HH:MM [MESSAGE...]";

    private static final Duration DAY = Duration.ofDays(1);

    /// Words that are none of this kind, in a sentence.
    static final class Unreadable extends Exception {
        private static final long serialVersionUID = 1;

        Unreadable(String message) {
            super(message + "; usage: " + USAGE);
        }

        @Override
        public String getMessage() {
            return String.valueOf(super.getMessage());
        }
    }

    /// Whether these words are for this reader: the options of `reeve shutdown` itself are all long.
    static boolean isMeantBy(List<String> words) {
        boolean isHelp = words.equals(List.of("-h"));
        return !isHelp && words.stream().anyMatch(word -> word.matches("-[^-].*"));
    }

    /// Reads them. `now` is the time of the day.
    static LsbShutdown read(List<String> words, LocalTime now) throws Unreadable {
        Flags flags = new Flags();
        Iterator<String> rest = words.iterator();
        while (rest.hasNext()) {
            String word = rest.next();
            if (word.equals("--")) {
                rest.forEachRemaining(flags.operands::add);
            } else if (word.startsWith("-") && flags.operands.isEmpty()) {
                flags.read(word, rest);
            } else {
                flags.operands.add(word);
            }
        }
        return flags.order(now);
    }

    /// What the words before the time have said so far.
    private static final class Flags {
        private final List<String> operands = new ArrayList<>();
        private Optional<HowToEnd> how = Optional.empty();
        private boolean isOnlyWarning;
        private boolean byThoseAllowed;
        private Optional<Duration> grace = Optional.empty();

        void read(String word, Iterator<String> rest) throws Unreadable {
            for (int i = 1; i < word.length(); i++) {
                char letter = word.charAt(i);
                switch (letter) {
                    case 'h', 'P', 'p' -> is(HowToEnd.POWEROFF);
                    case 'H' -> is(HowToEnd.HALT);
                    case 'r' -> is(HowToEnd.REBOOT);
                    case 'c' -> is(HowToEnd.CANCEL);
                    case 'k' -> isOnlyWarning = true;
                    case 'a' -> byThoseAllowed = true;
                    // Whether file systems are checked is said to the boot that follows, by files that it may have.
                    case 'f', 'F' -> {}
                    case 't' -> {
                        grace = Optional.of(seconds(word.substring(i + 1), rest));
                        return;
                    }
                    default -> throw new Unreadable("-" + letter + " is no option of shutdown");
                }
            }
        }

        /// `-h -H` and `-h -P` are one order, in whatever order they come.
        private void is(HowToEnd said) throws Unreadable {
            if (how.isEmpty() || (how.get() == HowToEnd.POWEROFF && said == HowToEnd.HALT)) {
                how = Optional.of(said);
            } else if (how.get() != said && !(how.get() == HowToEnd.HALT && said == HowToEnd.POWEROFF)) {
                throw new Unreadable(
                        how.get().word() + " and " + said.word() + " are asked for, which is one too much");
            }
        }

        private static Duration seconds(String attached, Iterator<String> rest) throws Unreadable {
            String text = attached.isEmpty() && rest.hasNext() ? rest.next() : attached;
            if (!text.matches("[0-9]{1,6}")) {
                throw new Unreadable("-t needs a number of seconds after it");
            }
            long millis = Math.min(Duration.ofSeconds(Long.parseLong(text)).toMillis(), ProtocolCodec.MAX_GRACE_MILLIS);
            return Duration.ofMillis(millis);
        }

        LsbShutdown order(LocalTime now) throws Unreadable {
            if (how.equals(Optional.of(HowToEnd.CANCEL))) {
                return new LsbShutdown(how, byThoseAllowed, grace, Duration.ZERO, String.join(" ", operands));
            }
            if (how.isEmpty() && !isOnlyWarning) {
                throw new Unreadable("say what is to come after it: -P (power off), -r (reboot) or -H (halt)");
            }
            if (operands.isEmpty()) {
                throw new Unreadable("say when");
            }
            String message = String.join(" ", operands.subList(1, operands.size()));
            return new LsbShutdown(
                    isOnlyWarning ? Optional.empty() : how,
                    byThoseAllowed,
                    grace,
                    after(operands.getFirst(), now),
                    message);
        }
    }

    private static Duration after(String when, LocalTime now) throws Unreadable {
        if (when.equals("now")) {
            return Duration.ZERO;
        }
        if (when.matches("\\+?[0-9]{1,5}")) {
            return Duration.ofMinutes(Long.parseLong(when.startsWith("+") ? when.substring(1) : when));
        }
        if (when.matches("([01]?[0-9]|2[0-3]):[0-5][0-9]")) {
            int colon = when.indexOf(':');
            LocalTime time = LocalTime.of(
                    Integer.parseInt(when.substring(0, colon)), Integer.parseInt(when.substring(colon + 1)));
            Duration until = Duration.between(now, time);
            return until.isNegative() ? until.plus(DAY) : until;
        }
        throw new Unreadable(when + " is no time");
    }
}
