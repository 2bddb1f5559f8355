package dev.reeve.daemon.s6;

import static dev.reeve.daemon.s6.Aspect.EVENTS;
import static dev.reeve.daemon.s6.Aspect.OUTPUT;
import static dev.reeve.daemon.s6.Aspect.PAUSED;
import static dev.reeve.daemon.s6.Aspect.PROCESS;
import static dev.reeve.daemon.s6.Aspect.READY;
import static dev.reeve.daemon.s6.Aspect.SIGNALS;
import static dev.reeve.daemon.s6.Aspect.STATUS_AT_EVENTS;
import static dev.reeve.daemon.s6.IntendedDifference.Sequel.GO_ON;
import static dev.reeve.daemon.s6.IntendedDifference.Sequel.THEY_PART;

import dev.reeve.daemon.s6.Input.LetterSent;
import dev.reeve.daemon.s6.Input.RunEnds;
import dev.reeve.daemon.s6.Input.SecondPasses;
import dev.reeve.daemon.s6.Input.SupervisorSignalled;
import dev.reeve.daemon.s6.Seen.Signalled;
import dev.reeve.daemon.s6.Seen.Target;
import dev.reeve.daemon.service.ServiceState.Resting;
import dev.reeve.daemon.service.Signal;
import java.util.List;
import java.util.Set;

/// What is different from s6 on purpose: each in words for people, and in a condition for [Exploration].
final class IntendedDifferences {
    private static final Signalled CONT_TO_FINISH = new Signalled(Target.FINISH, Signal.CONT);
    private static final Signalled KILL_TO_FINISH = new Signalled(Target.FINISH, Signal.KILL);
    private static final Signalled CONT_TO_RUN = new Signalled(Target.RUN, Signal.CONT);
    private static final Signalled DOWN_TO_RUN = new Signalled(Target.RUN, SampleDirectory.DOWN_SIGNAL);

    static final List<IntendedDifference> ALL = List.of(
            new IntendedDifference(
                    "restarts",
                    "a second after `finish`, at once if it had been ready for one",
                    "by [its own rule](decisions/004-restart-rule.md), from when it came up; at once for who asked",
                    "a service that has run for a month is back at once, one that dies on arrival is not spun",
                    Aspect.ALL,
                    GO_ON,
                    it -> !(it.input() instanceof LetterSent)
                            && it.after().isApart()
                            && !it.before().s6().hasTriedInVain()),
            new IntendedDifference(
                    "a service that cannot be started",
                    "is tried again after 60 s (HEAD), or each second (D12)",
                    "by [the same rule](decisions/004-restart-rule.md) as one that dies at once",
                    "it has not run at all; whoever mends it should not wait for a minute",
                    Aspect.ALL,
                    GO_ON,
                    it -> it.input() instanceof SecondPasses
                            && it.after().isApart()
                            && it.before().s6().hasTriedInVain()),
            new IntendedDifference(
                    "`s6-svc -o` of a service that cannot be started",
                    "is not tried again",
                    "is not either, and has failed for good (`O`)",
                    "who waits for it to come up hears that it will not, and `reeve why` says why",
                    Set.of(EVENTS, STATUS_AT_EVENTS),
                    GO_ON,
                    it -> it.isLetter("o") && it.after().s6().hasTriedInVain()),
            new IntendedDifference(
                    "never started: `paused` in the status",
                    "HEAD: in the first status only; D12: never",
                    "until the first start",
                    "`s6-svstat` of HEAD says \"not started yet\" by it, and that stays true",
                    Set.of(PAUSED, STATUS_AT_EVENTS),
                    GO_ON,
                    it -> !it.after().hasEverStarted()),
            new IntendedDifference(
                    "a signal to s6-supervise",
                    "has it exit, or wait for the end of the service and exit",
                    "there is no s6-supervise",
                    "one process supervises all services",
                    Aspect.ALL,
                    THEY_PART,
                    it -> it.input() instanceof SupervisorSignalled),
            new IntendedDifference(
                    "`s6-svc -r`",
                    "sends the down signal, and that is all",
                    "SIGCONT comes with it",
                    "it is a restart, as by `reeve restart`: a process that is stopped gets the signal too",
                    Set.of(SIGNALS),
                    GO_ON,
                    it -> it.isLetter("r")
                            && it.ofS6().equals(List.of(DOWN_TO_RUN))
                            && it.ofReeve().equals(List.of(DOWN_TO_RUN, CONT_TO_RUN))),
            new IntendedDifference(
                    "`s6-svc -r` of a process that is paused",
                    "does not reach it until `s6-svc -c`",
                    "has it go on, and end",
                    "the same",
                    Set.of(PAUSED),
                    THEY_PART,
                    it -> it.isLetter("r") && !it.isStopping()),
            new IntendedDifference(
                    "`s6-svc -x` of a service that is not down",
                    "closes the standard output of s6-supervise, too",
                    "closes nothing",
                    "the output of the one process that supervises all is no service's",
                    Set.of(OUTPUT),
                    GO_ON,
                    it -> it.isLetter("x")),
            new IntendedDifference(
                    "the files `restart` and `restart-limit`",
                    "are not known: whatever ends is started again, `finish` exiting with 125 excepted",
                    "say whether it is started again; where not, and something is wrong, it has failed for good (`O`)",
                    "a service that is meant to end can say so",
                    Aspect.ALL,
                    GO_ON,
                    Difference::isGivenUp),
            new IntendedDifference(
                    "`timeout-kill` after `s6-svc -r`",
                    "does not apply",
                    "applies",
                    "a process that does not end cannot be replaced",
                    Set.of(SIGNALS),
                    THEY_PART,
                    it -> it.input() instanceof SecondPasses
                            && it.isStopping()
                            && !it.before().s6().isDying()),
            new IntendedDifference(
                    "who is asked to end already",
                    "gets its down signal once more, and `timeout-kill` begins anew",
                    "gets SIGKILL when that is due",
                    "asking again must not put off the end",
                    Set.of(SIGNALS, PAUSED),
                    THEY_PART,
                    it -> it.isLetter("dDr") && it.isStopping()),
            new IntendedDifference(
                    "`finish` that takes too long",
                    "gets SIGCONT and SIGKILL",
                    "gets SIGKILL",
                    "SIGKILL ends a stopped process, too",
                    Set.of(SIGNALS),
                    GO_ON,
                    it -> it.ofS6().equals(List.of(CONT_TO_FINISH, KILL_TO_FINISH))
                            && it.ofReeve().equals(List.of(KILL_TO_FINISH))),
            new IntendedDifference(
                    "the status at `d` where there is no `finish`",
                    "HEAD: really down already, D12: with the pid of what was to be `finish`",
                    "down, not ready, no pid",
                    "whether there is a `finish` is found out after `d`",
                    Set.of(STATUS_AT_EVENTS),
                    GO_ON,
                    it -> it.input() instanceof RunEnds
                            && !it.after().directory().hasFinish()),
            new IntendedDifference(
                    "the status at `d` where there is a `finish`",
                    "has the pid of `finish`",
                    "down, not ready, no pid; that of `finish` follows",
                    "whether there is a `finish` is found out after `d`",
                    Set.of(STATUS_AT_EVENTS),
                    GO_ON,
                    it -> it.input() instanceof RunEnds
                            && it.after().directory().hasFinish()),
            new IntendedDifference(
                    "a signal while the disk is slow to execute `run`, or to say how it is stopped",
                    "waits until the disk has answered, as everything does",
                    "is sent at once to a process that is there, and to nobody before",
                    "reeve waits for no disk",
                    Set.of(PAUSED),
                    THEY_PART,
                    it -> it.after().hasWaited()),
            new IntendedDifference(
                    "`s6-svc -o`, or `-u` and `-d`, while the disk is slow to say whether there is a `finish`",
                    "have it started, if there is none",
                    "do not, as if there were one",
                    "what is asked is decided when it is asked",
                    Set.of(EVENTS, PROCESS, READY),
                    THEY_PART,
                    it -> it.after().hasWaited()
                            && !it.after().directory().hasFinish()
                            && it.after().s6().runs()
                            && it.after().reeve().state() instanceof Resting));

    private IntendedDifferences() {}
}
