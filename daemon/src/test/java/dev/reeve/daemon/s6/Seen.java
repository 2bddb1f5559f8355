package dev.reeve.daemon.s6;

import dev.reeve.daemon.service.ExitStatus;
import dev.reeve.daemon.service.Signal;

/// What can be seen of a supervisor from outside when something happens: by a process of the service, or by a client of
/// s6.
sealed interface Seen {

    /// `run` was executed.
    record Started() implements Seen {}

    /// A signal was sent.
    record Signalled(Target target, Signal signal) implements Seen {
        @Override
        public String toString() {
            return signal + " to " + target;
        }
    }

    /// `finish` was executed, and told how `run` had ended.
    record Finishes(ExitStatus exit) implements Seen {}

    /// The end of `run` was noted in `supervise/death_tally`.
    record Tallied(ExitStatus exit) implements Seen {}

    /// An event was announced, and whoever heard of it found this status.
    record Announced(char event, Status status) implements Seen {}

    /// The file `down` is there from now on, or is not.
    record DownFileMade(boolean exists) implements Seen {}

    /// The supervisor's own standard input and output are /dev/null now: its logger will read to the end.
    record OutputClosed() implements Seen {}

    /// Who gets a signal.
    enum Target {
        RUN,
        GROUP_OF_RUN,
        FINISH;

        @Override
        public String toString() {
            return switch (this) {
                case RUN -> "run";
                case GROUP_OF_RUN -> "the process group of run";
                case FINISH -> "finish";
            };
        }
    }
}
