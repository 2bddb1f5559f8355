package dev.reeve.cli.s6;

import java.io.Serial;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Why a verb ends with another code than 0. The sentence is said after the program's name.
final class Fatal extends Exception {

    @Serial
    private static final long serialVersionUID = 1L;

    /// Wrong usage, or no directory of a service.
    static final int USAGE = 100;

    /// Something that the verb needs cannot be had.
    static final int SYSTEM = 111;

    /// Whoever supervised has gone.
    static final int UNSUPERVISED = 102;

    /// The time is up.
    static final int TIMED_OUT = 99;

    private final int exitCode;
    private final @Nullable S6Verb speaker;

    private Fatal(int exitCode, String sentence, @Nullable S6Verb speaker) {
        super(sentence);
        this.exitCode = exitCode;
        this.speaker = speaker;
    }

    /// Wrong usage: the way to use it is said.
    static Fatal usage(S6Verb verb) {
        return new Fatal(USAGE, "usage: " + verb.usage(), null);
    }

    static Fatal unable(int exitCode, String toDo, String reason) {
        return new Fatal(exitCode, "fatal: unable to " + toDo + ": " + reason, null);
    }

    static Fatal of(int exitCode, String sentence) {
        return new Fatal(exitCode, "fatal: " + sentence, null);
    }

    /// The same, said by another verb: s6's tools execute each other.
    Fatal saidBy(S6Verb other) {
        return new Fatal(exitCode, String.valueOf(getMessage()), other);
    }

    Optional<S6Verb> speaker() {
        return Optional.ofNullable(speaker);
    }

    int exitCode() {
        return exitCode;
    }
}
