package dev.reeve.daemon.s6;

import dev.reeve.daemon.s6.Input.DiskAnswers;
import dev.reeve.daemon.s6.Input.FinishEnds;
import dev.reeve.daemon.s6.Input.Found;
import dev.reeve.daemon.s6.Input.LetterSent;
import dev.reeve.daemon.s6.Input.RunEnds;
import dev.reeve.daemon.s6.Input.RunIsReady;
import dev.reeve.daemon.s6.Input.SecondPasses;
import dev.reeve.daemon.s6.Input.SupervisorSignalled;
import dev.reeve.daemon.s6.Seen.Announced;
import dev.reeve.daemon.s6.Seen.DownFileMade;
import dev.reeve.daemon.s6.Seen.Finishes;
import dev.reeve.daemon.s6.Seen.OutputClosed;
import dev.reeve.daemon.s6.Seen.Signalled;
import dev.reeve.daemon.s6.Seen.Started;
import dev.reeve.daemon.s6.Seen.Tallied;
import dev.reeve.daemon.s6.Seen.Target;
import dev.reeve.daemon.service.ExitStatus;
import dev.reeve.daemon.service.ExitStatus.Exited;
import dev.reeve.daemon.service.ExitStatus.Killed;
import dev.reeve.daemon.service.Signal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// s6-supervise: its action table and its timing rules as its source has them (HEAD, with the `Q` that was
/// meant), as a model small enough to be read beside that page.
final class S6Supervise implements Cloneable {
    static final int RUN_PID = 1;
    static final int FINISH_PID = 2;

    private static final int NEVER = Integer.MAX_VALUE;
    private static final int KILL_AGAIN_AFTER = 5;
    private static final int START_AGAIN_AFTER = 1;
    private static final int TRY_AGAIN_AFTER = 60;
    private static final ExitStatus PERMANENT_FAILURE = new Exited(125);

    private static final Map<Character, Signal> SIGNALS = Map.ofEntries(
            Map.entry('a', signal("ALRM")),
            Map.entry('b', signal("ABRT")),
            Map.entry('q', signal("QUIT")),
            Map.entry('h', signal("HUP")),
            Map.entry('k', signal("KILL")),
            Map.entry('t', signal("TERM")),
            Map.entry('i', signal("INT")),
            Map.entry('1', signal("USR1")),
            Map.entry('2', signal("USR2")),
            Map.entry('y', signal("WINCH")),
            Map.entry('r', SampleDirectory.DOWN_SIGNAL),
            Map.entry('l', SampleDirectory.RELOAD_SIGNAL));

    /// The states of the action table, and that in which there is no s6-supervise any more.
    enum State {
        DOWN,
        UP,
        FINISH,
        LASTUP,
        LASTFINISH,
        GONE
    }

    /// By what two of them behave in the same way.
    record Likeness(
            State state,
            boolean wantsUp,
            boolean paused,
            boolean ready,
            boolean dying,
            int untilDeadline,
            int untilNextStart,
            boolean triedInVain,
            List<Boolean> written) {}

    private final SampleDirectory directory;
    private State state = State.DOWN;
    private boolean wantsUp;
    private boolean ready = true;
    private boolean paused;
    private boolean finishing;
    private boolean dying;
    private int pid;
    private int waitStatus;
    private Instant stamp;
    private Instant readyStamp;
    private int deadline;
    private int nextStart = NEVER;
    private boolean triedInVain;
    private Status written;

    private Occasion occasion;
    private List<Seen> seen = new ArrayList<>();

    /// It has just been started; `down` says that the service is not to be.
    S6Supervise(SampleDirectory directory, Found found, Occasion occasion) {
        this.directory = directory;
        this.occasion = occasion;
        wantsUp = !found.startsDown();
        stamp = occasion.instant();
        readyStamp = stamp;
        deadline = occasion.second();
        paused = true;
        written = current();
        paused = false;
        announce("s");
        passDeadlines();
    }

    S6Supervise copy() {
        try {
            return (S6Supervise) clone();
        } catch (CloneNotSupportedException e) {
            throw new LinkageError(e.getMessage(), e);
        }
    }

    State state() {
        return state;
    }

    boolean runs() {
        return state == State.UP || state == State.LASTUP;
    }

    boolean finishes() {
        return state == State.FINISH || state == State.LASTFINISH;
    }

    /// Whether it will start `run` when some time has passed.
    boolean waitsForStart() {
        return state == State.DOWN && wantsUp;
    }

    /// Whether `run` could not be executed when that was tried last.
    boolean hasTriedInVain() {
        return triedInVain;
    }

    /// Whether SIGKILL will follow, or has, on what `run` was asked.
    boolean isDying() {
        return dying;
    }

    /// What its status file says.
    Status status() {
        return written;
    }

    /// What was seen of it at the last occasion, in this order.
    List<Seen> seen() {
        return seen;
    }

    Likeness likeness(int second) {
        // Who is down, and is to be, waits for nothing.
        boolean waits = deadline != NEVER && (state != State.DOWN || wantsUp);
        return new Likeness(
                state,
                wantsUp,
                paused,
                ready,
                dying,
                waits ? deadline - second : NEVER,
                nextStart == NEVER ? NEVER : Math.max(0, nextStart - second),
                triedInVain,
                List.of(written.paused(), written.finishing(), written.wantedUp(), written.ready()));
    }

    void takes(Occasion now) {
        occasion = now;
        seen = new ArrayList<>();
        switch (now.input()) {
            case LetterSent(char letter) -> letter(letter);
            case SupervisorSignalled(Signal signal) -> signalled(signal);
            case RunEnds(ExitStatus exit) -> runEnded(exit);
            case RunIsReady() -> becameReady();
            case FinishEnds(ExitStatus exit) -> finishEnded(exit);
            case SecondPasses() -> passDeadlines();
            // It reads its files and executes its programs while it is asked to, and waits for the disk.
            case DiskAnswers(), Found _ -> {}
        }
    }

    private void letter(char letter) {
        switch (letter) {
            case 'u' -> up();
            case 'U' -> {
                seen.add(new DownFileMade(false));
                up();
            }
            case 'd' -> down();
            case 'D' -> {
                seen.add(new DownFileMade(true));
                down();
            }
            case 'o' -> {
                want(false);
                if (state == State.DOWN) {
                    start();
                }
            }
            case 'O' -> want(false);
            case 'Q' -> {
                seen.add(new DownFileMade(true));
                want(false);
            }
            case 'x' -> exitWhenDown();
            case 'p' -> pause(Target.RUN, true);
            case 'c' -> pause(Target.RUN, false);
            case 'P' -> pause(Target.GROUP_OF_RUN, true);
            case 'C' -> pause(Target.GROUP_OF_RUN, false);
            case 'K' -> {
                if (runs()) {
                    send(Target.GROUP_OF_RUN, Signal.KILL);
                }
            }
            default -> {
                @Nullable Signal signal = SIGNALS.get(letter);
                if (signal != null && runs()) {
                    send(Target.RUN, signal);
                }
            }
        }
    }

    private void up() {
        want(true);
        if (state == State.DOWN) {
            start();
        }
    }

    private void down() {
        if (!runs()) {
            want(false);
            return;
        }
        wantsUp = false;
        send(Target.RUN, SampleDirectory.DOWN_SIGNAL);
        pause(Target.RUN, false);
        dying |= directory.timeoutKill().isPresent();
        deadline = after(directory.timeoutKill().orElse(NEVER));
    }

    private void want(boolean up) {
        wantsUp = up;
        write();
    }

    private void pause(Target target, boolean pauses) {
        if (runs()) {
            send(target, pauses ? signal("STOP") : signal("CONT"));
            paused = pauses;
            write();
        }
    }

    private void exitWhenDown() {
        if (state != State.DOWN) {
            seen.add(new OutputClosed());
        }
        switch (state) {
            case DOWN -> exit();
            case UP -> state = State.LASTUP;
            case FINISH -> state = State.LASTFINISH;
            case LASTUP, LASTFINISH, GONE -> {}
        }
    }

    private void signalled(Signal signal) {
        if (signal.equals(Signal.HUP)) {
            exitWhenDown();
        } else if (signal.equals(Signal.TERM)) {
            boolean stops = runs();
            exitWhenDown();
            if (stops) {
                down();
            }
        } else {
            if (signal.equals(Signal.INT) && pid != 0) {
                send(runs() ? Target.GROUP_OF_RUN : Target.FINISH, Signal.INT);
            }
            exit();
        }
    }

    private void start() {
        triedInVain = !occasion.runIsExecutable();
        if (triedInVain) {
            deadline = after(TRY_AGAIN_AFTER);
            return;
        }
        seen.add(new Started());
        state = State.UP;
        pid = RUN_PID;
        ready = false;
        stamp = occasion.instant();
        deadline = NEVER;
        nextStart = NEVER;
        write();
        announce("u");
    }

    private void becameReady() {
        ready = true;
        readyStamp = occasion.instant();
        nextStart = after(START_AGAIN_AFTER);
        write();
        announce("U");
    }

    private void runEnded(ExitStatus exit) {
        boolean last = state == State.LASTUP;
        waitStatus = waitStatus(exit);
        paused = false;
        ready = false;
        dying = false;
        stamp = occasion.instant();
        seen.add(new Tallied(exit));
        if (directory.hasFinish()) {
            seen.add(new Finishes(exit));
            state = last ? State.LASTFINISH : State.FINISH;
            pid = FINISH_PID;
            finishing = true;
            deadline = after(directory.timeoutFinish().orElse(NEVER));
            write();
            announce("d");
        } else {
            reallyDown("dD", last);
        }
    }

    private void finishEnded(ExitStatus exit) {
        boolean last = state == State.LASTFINISH;
        if (exit.equals(PERMANENT_FAILURE)) {
            wantsUp = false;
            reallyDown("OD", last);
        } else {
            reallyDown("D", last);
        }
    }

    private void reallyDown(String events, boolean last) {
        state = State.DOWN;
        pid = 0;
        finishing = false;
        ready = true;
        readyStamp = occasion.instant();
        deadline = nextStart == NEVER ? after(START_AGAIN_AFTER) : nextStart;
        write();
        announce(events);
        if (last) {
            exit();
        } else {
            passDeadlines();
        }
    }

    private void exit() {
        state = State.GONE;
        announce("x");
    }

    private void passDeadlines() {
        while (deadline <= occasion.second() && state != State.GONE) {
            deadline = NEVER;
            switch (state) {
                case DOWN -> {
                    if (wantsUp) {
                        start();
                    }
                }
                case UP, LASTUP -> {
                    if (dying) {
                        send(directory.killsGroup() ? Target.GROUP_OF_RUN : Target.RUN, Signal.KILL);
                        deadline = after(KILL_AGAIN_AFTER);
                    }
                }
                case FINISH, LASTFINISH -> {
                    send(Target.FINISH, Signal.CONT);
                    send(Target.FINISH, Signal.KILL);
                    deadline = after(KILL_AGAIN_AFTER);
                }
                case GONE -> {}
            }
        }
    }

    private int after(int seconds) {
        return seconds == NEVER ? NEVER : occasion.second() + seconds;
    }

    private void send(Target target, Signal signal) {
        seen.add(new Signalled(target, signal));
    }

    private void write() {
        written = current();
    }

    private Status current() {
        return new Status(stamp, readyStamp, pid, waitStatus, paused, finishing, wantsUp, ready);
    }

    private void announce(String events) {
        events.chars().forEach(event -> seen.add(new Announced((char) event, written)));
    }

    private static int waitStatus(ExitStatus exit) {
        return switch (exit) {
            case Exited(int code) -> code << 8;
            case Killed(Signal signal) -> signal.number();
        };
    }

    private static Signal signal(String name) {
        return Signal.parse(name).orElseThrow();
    }
}
