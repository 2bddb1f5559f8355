package dev.reeve.daemon.s6;

import dev.reeve.daemon.service.Moment;
import java.time.Duration;
import java.time.Instant;

/// An input, when it comes, and whether `run` can be executed should that be tried now.
///
/// Every deadline of both supervisors is a whole number of seconds, so a clock of whole seconds shows every order in
/// which they can pass. The instant is another one for each occasion, so that a stamp tells in which it was made.
record Occasion(Input input, boolean runIsExecutable, int second, int number) {

    Moment moment() {
        return new Moment(Duration.ofSeconds(second).toNanos());
    }

    Instant instant() {
        return Instant.ofEpochSecond(second, number);
    }

    @Override
    public String toString() {
        return input + (runIsExecutable ? "" : ", and `run` cannot be executed");
    }
}
