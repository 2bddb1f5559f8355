package dev.reeve.daemon.s6;

import dev.reeve.daemon.s6.Input.DiskAnswers;
import dev.reeve.daemon.s6.Input.FinishEnds;
import dev.reeve.daemon.s6.Input.Found;
import dev.reeve.daemon.s6.Input.RunEnds;
import dev.reeve.daemon.s6.Input.RunIsReady;
import dev.reeve.daemon.s6.Input.SecondPasses;
import dev.reeve.daemon.s6.S6Supervise.State;
import dev.reeve.daemon.s6.Seen.Started;
import dev.reeve.daemon.service.ExitStatus;
import dev.reeve.daemon.service.ServiceMachine;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The same service under s6-supervise and under reeve, after the same has happened to both.
///
/// s6-supervise waits for its disk; reeve goes on, and takes its answers when they come. `disk` says whether they
/// come at once, or later: then the two are compared when nothing is waited for any more, by all that was seen of them
/// `since` they were compared last.
final class Pair {
    /// How much may happen while reeve waits for its disk.
    private static final int INPUTS_WHILE_WAITING_MAX = 2;

    /// In how many seconds who waits for the next start has started.
    private static final int START_PATIENCE = 120;

    /// How often `run` may not be executable.
    private static final int FAILURES_MAX = 1;

    /// When the disk answers.
    enum Disk {
        AT_ONCE,
        LATER
    }

    /// By what two pairs have the same future.
    record Likeness(
            S6Supervise.Likeness s6,
            ReeveService.Likeness reeve,
            Object seenOfS6,
            Object seenOfReeve,
            int waiting,
            int failures,
            boolean hasEverStarted) {}

    private final SampleDirectory directory;
    private final Disk disk;
    private final @Nullable Pair before;
    private final Pair compared;
    private final Occasion occasion;
    private final S6Supervise s6;
    private final ReeveService reeve;
    private List<Seen> seenOfS6 = List.of();
    private List<Seen> seenOfReeve = List.of();
    private Instant since;
    private int inputsWhileWaiting;
    private int failures;
    private boolean hasEverStarted;

    /// The beginning.
    Pair(ServiceMachine machine, SampleDirectory directory, Disk disk, Found found, boolean runIsExecutable) {
        this.directory = directory;
        this.disk = disk;
        before = null;
        compared = this;
        occasion = new Occasion(found, runIsExecutable, 0, 0);
        since = occasion.instant();
        s6 = new S6Supervise(directory, found, occasion);
        reeve = new ReeveService(machine, directory, found, occasion);
        look();
    }

    private Pair(Pair before, Input input, boolean runIsExecutable) {
        this.directory = before.directory;
        this.disk = before.disk;
        this.before = before;
        Occasion last = before.occasion;
        int second = last.second() + (input instanceof SecondPasses ? 1 : 0);
        occasion = new Occasion(input, runIsExecutable, second, last.number() + 1);
        s6 = before.s6.copy();
        reeve = before.reeve.copy();
        if (before.isComparable()) {
            compared = before;
            since = occasion.instant();
        } else {
            compared = before.compared;
            since = before.since;
            seenOfS6 = before.seenOfS6;
            seenOfReeve = before.seenOfReeve;
            inputsWhileWaiting = before.inputsWhileWaiting + (input instanceof DiskAnswers ? 0 : 1);
        }
        hasEverStarted = before.hasEverStarted;
        failures = runIsExecutable ? before.failures : before.failures + 1;
        s6.takes(occasion);
        reeve.takes(occasion);
        look();
    }

    /// The pair after this.
    Pair after(Input input, boolean runIsExecutable) {
        return new Pair(this, input, runIsExecutable);
    }

    SampleDirectory directory() {
        return directory;
    }

    S6Supervise s6() {
        return s6;
    }

    ReeveService reeve() {
        return reeve;
    }

    Occasion occasion() {
        return occasion;
    }

    /// What was last when the two were compared before this.
    Pair compared() {
        return compared;
    }

    /// The last that has happened, but for what the disk has answered.
    Input lastInput() {
        return occasion.input() instanceof DiskAnswers && before != null ? before.lastInput() : occasion.input();
    }

    List<Seen> seenOfS6() {
        return seenOfS6;
    }

    List<Seen> seenOfReeve() {
        return seenOfReeve;
    }

    Instant since() {
        return since;
    }

    /// Whether reeve waits for nothing that s6 has already had.
    boolean isComparable() {
        return !reeve.waitsForDisk();
    }

    /// Whether more than one thing has happened since the two were compared.
    boolean hasWaited() {
        return inputsWhileWaiting > 0;
    }

    /// Whether the last input has had one of them execute `run`, and that might have failed.
    boolean mightHaveFailed() {
        return disk == Disk.AT_ONCE && hasStarted() && before != null && before.failures < FAILURES_MAX;
    }

    private boolean hasStarted() {
        return Stream.of(s6.seen(), reeve.seen()).flatMap(List::stream).anyMatch(Started.class::isInstance);
    }

    /// Whether one of them has executed `run`, ever.
    boolean hasEverStarted() {
        return hasEverStarted;
    }

    /// What can happen next. What a process does can happen only where both have it.
    List<Input> inputs() {
        if (s6.state() == State.GONE) {
            return List.of();
        }
        if (isComparable()) {
            // What s6 does not know has nothing to do with what is asked seldom.
            boolean any = disk == Disk.AT_ONCE && directory.isOfS6();
            return inputs(any ? Input.ANY : Input.USUAL, Input.ENDS_OF_RUN);
        }
        // Where reeve starts it sooner, everything else is later in s6.
        boolean mayMoreHappen = inputsWhileWaiting < INPUTS_WHILE_WAITING_MAX && !s6.waitsForStart();
        List<Input> inputs = new ArrayList<>(List.of(new DiskAnswers()));
        inputs.addAll(mayMoreHappen ? inputs(Input.ASKED, Input.ENDS_OF_RUN.subList(0, 1)) : List.of());
        return inputs;
    }

    private List<Input> inputs(List<Input> always, List<ExitStatus> endsOfRun) {
        List<Input> inputs = new ArrayList<>(always);
        if (s6.runs() && reeve.runs()) {
            endsOfRun.forEach(exit -> inputs.add(new RunEnds(exit)));
            if (directory.announcesReadiness() && !s6.status().ready()) {
                inputs.add(new RunIsReady());
            }
        }
        if (s6.finishes() && reeve.finishes()) {
            Input.ENDS_OF_FINISH.forEach(exit -> inputs.add(new FinishEnds(exit)));
        }
        return inputs;
    }

    /// Whether only one of them runs, and the other will when it has waited.
    boolean isApart() {
        return s6.runs() ? reeve.waitsForStart() : reeve.runs() && s6.waitsForStart();
    }

    /// Whether both have the same process, or none.
    boolean isTogether() {
        return s6.runs() == reeve.runs() && s6.finishes() == reeve.finishes();
    }

    /// Time passes until both run.
    Pair together() {
        Pair pair = this;
        for (int i = 0; i < START_PATIENCE && pair.isApart(); i++) {
            pair = pair.after(new SecondPasses(), true);
            pair.answerAll();
        }
        pair.seenOfS6 = List.of();
        pair.seenOfReeve = List.of();
        return pair;
    }

    Likeness likeness() {
        boolean compared = isComparable();
        return new Likeness(
                s6.likeness(occasion.second()),
                reeve.likeness(occasion.moment()),
                compared ? "" : Alike.of(seenOfS6, occasion.moment()),
                compared ? "" : Alike.of(seenOfReeve, occasion.moment()),
                inputsWhileWaiting,
                failures,
                hasEverStarted);
    }

    /// How it came to this, from the beginning.
    String path() {
        List<String> steps = new ArrayList<>();
        int seconds = 0;
        for (@Nullable Pair pair = this; pair != null; pair = pair.before) {
            boolean passes = pair.occasion.input() instanceof SecondPasses && pair.occasion.runIsExecutable();
            boolean more = passes
                    && pair.before != null
                    && pair.before.occasion.input() instanceof SecondPasses
                    && pair.before.occasion.runIsExecutable();
            seconds += passes ? 1 : 0;
            if (!more) {
                steps.addFirst(seconds > 1 ? seconds + " seconds pass" : pair.occasion.toString());
                seconds = 0;
            }
        }
        return String.join("; ", steps);
    }

    private void look() {
        if (disk == Disk.AT_ONCE) {
            reeve.diskAnswersAll(occasion);
        }
        hasEverStarted |= hasStarted();
        seenOfS6 = Stream.concat(seenOfS6.stream(), s6.seen().stream()).toList();
        seenOfReeve = Stream.concat(seenOfReeve.stream(), reeve.seen().stream()).toList();
    }

    private void answerAll() {
        reeve.diskAnswersAll(occasion);
    }
}
