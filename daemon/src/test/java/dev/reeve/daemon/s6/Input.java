package dev.reeve.daemon.s6;

import dev.reeve.daemon.fleet.Letter;
import dev.reeve.daemon.service.ExitStatus;
import dev.reeve.daemon.service.ExitStatus.Exited;
import dev.reeve.daemon.service.ExitStatus.Killed;
import dev.reeve.daemon.service.Signal;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// What can happen to a supervised service, in the words of who sees it happen.
sealed interface Input {
    /// All that s6-supervise knows (s6 2.15, s6's servicedir.html).
    String LETTERS = "abqhkti12pcyrlPCKoduDUxOQ";

    /// Every end of `run` that anybody treats in a way of its own.
    List<ExitStatus> ENDS_OF_RUN =
            List.of(new Exited(0), new Exited(1), new Killed(Signal.KILL), new Killed(SampleDirectory.DOWN_SIGNAL));

    /// Every end of `finish` that anybody treats in a way of its own.
    List<ExitStatus> ENDS_OF_FINISH = List.of(new Exited(0), new Exited(125), new Killed(Signal.KILL));

    /// Everything that can come from outside, whatever state the service is in.
    List<Input> ANY = any();

    /// What people ask of a service, one letter for each thing.
    List<Input> ASKED = letters("udoOrpc");

    /// That, and time.
    List<Input> USUAL =
            Stream.concat(Stream.of(new SecondPasses()), ASKED.stream()).toList();

    /// The service directory is taken up; `down` says whether the service is to be started.
    record Found(boolean startsDown) implements Input {
        @Override
        public String toString() {
            return startsDown ? "found, with a file `down`" : "found";
        }
    }

    /// s6-svc writes a letter to `supervise/control`.
    record LetterSent(char letter) implements Input {
        @Override
        public String toString() {
            return "`s6-svc -" + letter + "`";
        }
    }

    /// Someone sends s6-supervise a signal.
    record SupervisorSignalled(Signal signal) implements Input {
        @Override
        public String toString() {
            return signal + " to s6-supervise";
        }
    }

    /// The process of `run` ends.
    record RunEnds(ExitStatus exit) implements Input {
        @Override
        public String toString() {
            return "`run` ends (" + exit + ")";
        }
    }

    /// The process of `run` writes a newline to its notification descriptor.
    record RunIsReady() implements Input {
        @Override
        public String toString() {
            return "`run` is ready";
        }
    }

    /// The process of `finish` ends.
    record FinishEnds(ExitStatus exit) implements Input {
        @Override
        public String toString() {
            return "`finish` ends (" + exit + ")";
        }
    }

    /// Time passes.
    record SecondPasses() implements Input {
        @Override
        public String toString() {
            return "a second passes";
        }
    }

    /// The disk gives the oldest answer that is waited for.
    record DiskAnswers() implements Input {
        @Override
        public String toString() {
            return "the disk answers";
        }
    }

    private static List<Input> any() {
        List<Input> inputs = new ArrayList<>();
        inputs.add(new SecondPasses());
        inputs.addAll(letters(LETTERS));
        Stream.of("TERM", "HUP", "QUIT", "INT").forEach(name -> inputs.add(new SupervisorSignalled(signal(name))));
        return inputs;
    }

    /// Those of the letters that mean something to reeve.
    private static List<Input> letters(String letters) {
        return letters.chars()
                .filter(letter -> Letter.of((char) letter).isPresent())
                .<Input>mapToObj(letter -> new LetterSent((char) letter))
                .toList();
    }

    private static Signal signal(String name) {
        return Signal.parse(name).orElseThrow();
    }
}
