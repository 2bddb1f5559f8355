package dev.reeve.daemon.control;

import dev.reeve.daemon.log.Log;
import dev.reeve.daemon.service.Moment;
import dev.reeve.protocol.HowToEnd;
import dev.reeve.protocol.Reply.Refusal;
import dev.reeve.protocol.Request;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/// Who asked for a change and who was refused, in the log. A peer that floods the socket cannot flood the log: of
/// each kind so many lines a second are told, the rest is counted, and the count is told. What was done and what
/// was refused are counted apart, so that no one can hide a change behind a flood of nonsense.
final class Audit {
    static final int LINES_A_SECOND = 20;
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final int NAMES_MAX = 8;
    private static final int WORD_CHARACTERS_MAX = 64;
    private static final int REASON_CHARACTERS_MAX = 300;

    /// Runs something on the loop, a second from now.
    @FunctionalInterface
    interface Later {
        void inASecond(Runnable task);
    }

    private final Log log;
    private final Supplier<Moment> clock;
    private final Later later;
    private final Share done = new Share("requests were done");
    private final Share refused = new Share("requests and connections were refused or cut off");

    Audit(Log log, Supplier<Moment> clock, Later later) {
        this.log = log;
        this.clock = clock;
        this.later = later;
    }

    void done(Peer peer, Request request) {
        done.tell(peer, words(request));
    }

    void refused(Peer peer, Request request, Refusal refusal, String reason) {
        String word = refusal.name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
        refused.tell(peer, words(request) + ": refused, " + word + ": " + printable(reason, REASON_CHARACTERS_MAX));
    }

    void refusedLine(Peer peer, String reason) {
        refused.tell(peer, "a line that is no request: refused: " + printable(reason, REASON_CHARACTERS_MAX));
    }

    /// A connection was refused, or ended before the client ended it.
    void cutOff(Peer peer, String reason) {
        refused.tell(peer, "cut off: " + printable(reason, REASON_CHARACTERS_MAX));
    }

    /// Tells what has only been counted yet.
    void close() {
        done.tellCount();
        refused.tellCount();
    }

    private static String words(Request request) {
        String op = request.op() + argument(request);
        List<String> names = request.services();
        if (names.isEmpty()) {
            return op;
        }
        String some = names.stream()
                .limit(NAMES_MAX)
                .map(name -> printable(name, WORD_CHARACTERS_MAX))
                .collect(Collectors.joining(", "));
        return op + " " + some + (names.size() > NAMES_MAX ? " and " + (names.size() - NAMES_MAX) + " more" : "");
    }

    private static String argument(Request request) {
        if (request instanceof Request.Signal signal) {
            return " " + printable(signal.signal(), WORD_CHARACTERS_MAX);
        }
        if (request instanceof Request.Start start && start.once()) {
            return " once";
        }
        if (request instanceof Request.Shutdown shutdown && shutdown.how() != HowToEnd.EXIT) {
            return " " + shutdown.how().word()
                    + (shutdown.afterSeconds() > 0 ? " in " + shutdown.afterSeconds() + " seconds" : "");
        }
        return request instanceof Request.Svc svc ? " " + printable(svc.letters(), WORD_CHARACTERS_MAX) : "";
    }

    /// Another's text for a line of ours: without control characters, and not long.
    static String printable(String text, int charactersMax) {
        String some = text.length() <= charactersMax ? text : text.substring(0, charactersMax) + "…";
        return some.codePoints()
                .map(point -> Character.isISOControl(point) || isSurrogate(point) ? '?' : point)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private static boolean isSurrogate(int point) {
        return point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE;
    }

    /// The lines of one kind.
    private final class Share {
        private final String what;
        private Moment secondEnds = new Moment(Long.MIN_VALUE);
        private int told;
        private int counted;
        private String lastPeer = "";

        Share(String what) {
            this.what = what;
        }

        void tell(Peer peer, String words) {
            Moment now = clock.get();
            if (!now.isBefore(secondEnds)) {
                tellCount();
                secondEnds = now.plus(SECOND);
                told = 0;
            }
            if (told < LINES_A_SECOND) {
                told++;
                log.audit(peer + ": " + words);
                return;
            }
            lastPeer = peer.toString();
            counted++;
            if (counted == 1) {
                later.inASecond(this::tellCount);
            }
        }

        void tellCount() {
            if (counted > 0) {
                log.audit(counted + " further " + what + ", the last of " + lastPeer);
                counted = 0;
            }
        }
    }
}
