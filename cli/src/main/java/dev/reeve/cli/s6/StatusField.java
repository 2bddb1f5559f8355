package dev.reeve.cli.s6;

import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/// What svstat tells to programs, by its name, or by its letter if it has one.
enum StatusField {
    UP('u'),
    WANTEDUP('w'),
    NORMALLYUP('N'),
    READY('r'),
    PAUSED('-'),
    PID('p'),
    PGID('g'),
    EXITCODE('e'),
    SIGNAL('s'),
    SIGNUM('-'),
    UPDOWNSINCE('-'),
    READYSINCE('-'),
    UPDOWNFOR('t'),
    READYFOR('-');

    private final char letter;

    StatusField(char letter) {
        this.letter = letter;
    }

    static Optional<StatusField> named(String name) {
        return Stream.of(values())
                .filter(field -> field.name().toLowerCase(Locale.ROOT).equals(name))
                .findFirst();
    }

    static StatusField of(char letter) {
        return Stream.of(values())
                .filter(field -> field.letter == letter)
                .findFirst()
                .orElseThrow();
    }

    String of(SvStatus status) {
        return switch (this) {
            case UP -> text(status.up());
            case WANTEDUP -> text(status.wantedUp());
            case NORMALLYUP -> text(status.normallyUp());
            // A service that is down is ready to be started, which is not told here.
            case READY -> text(status.up() && status.ready());
            case PAUSED -> text(status.paused());
            // `run` leads a process group of its own.
            case PID, PGID -> text(status.pid());
            case EXITCODE -> text(status.exitCode());
            case SIGNAL -> Objects.requireNonNullElse(status.signal(), "NA");
            case SIGNUM -> text(SignalNumbers.of(status.signal()));
            case UPDOWNSINCE -> TaiLabel.of(status.changed());
            case READYSINCE -> TaiLabel.of(status.readyChanged());
            case UPDOWNFOR -> text(status.changedFor().toSeconds());
            case READYFOR -> text(status.readyFor().toSeconds());
        };
    }

    private static String text(boolean flag) {
        return Boolean.toString(flag);
    }

    private static String text(long number) {
        return Long.toString(number);
    }
}
