package dev.reeve.daemon.fleet;

import dev.reeve.daemon.service.ServiceEvent;
import dev.reeve.daemon.service.ServiceEvent.GroupSignalRequested;
import dev.reeve.daemon.service.ServiceEvent.NotAgainRequested;
import dev.reeve.daemon.service.ServiceEvent.OnceRequested;
import dev.reeve.daemon.service.ServiceEvent.ReloadRequested;
import dev.reeve.daemon.service.ServiceEvent.RestartRequested;
import dev.reeve.daemon.service.ServiceEvent.SignalRequested;
import dev.reeve.daemon.service.ServiceEvent.StartRequested;
import dev.reeve.daemon.service.ServiceEvent.StopRequested;
import dev.reeve.daemon.service.ServiceState;
import dev.reeve.daemon.service.ServiceState.Resting;
import dev.reeve.daemon.service.ServiceState.Running;
import dev.reeve.daemon.service.ServiceState.Starting;
import dev.reeve.daemon.service.ServiceState.Up;
import dev.reeve.daemon.service.Signal;
import dev.reeve.daemon.service.Want;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/// A letter by which s6-svc gives an order, and what it means here, as the action table of s6-supervise has it
/// (s6's servicedir.html).
public enum Letter {
    UP('u'),
    UP_FOR_GOOD('U'),
    DOWN('d'),
    DOWN_FOR_GOOD('D'),
    ONCE('o'),
    NOT_AGAIN('O'),
    NOT_AGAIN_FOR_GOOD('Q'),
    EXIT('x'),
    RESTART('r'),
    RELOAD('l'),
    ALARM('a'),
    ABORT('b'),
    QUIT('q'),
    HANG_UP('h'),
    KILL('k'),
    TERMINATE('t'),
    INTERRUPT('i'),
    USER_1('1'),
    USER_2('2'),
    PAUSE('p'),
    CONTINUE('c'),
    WINDOW_CHANGE('y'),
    PAUSE_GROUP('P'),
    CONTINUE_GROUP('C'),
    KILL_GROUP('K');

    private static final Map<Character, Letter> LETTERS =
            Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(it -> it.character, Function.identity()));

    private final char character;

    Letter(char character) {
        this.character = character;
    }

    /// The letter that is written so, if it is one.
    public static Optional<Letter> of(char character) {
        return Optional.ofNullable(LETTERS.get(character));
    }

    /// The letters in this text, in their order; what is none is left out.
    public static List<Letter> in(String text) {
        return text.chars()
                .mapToObj(it -> of((char) it))
                .flatMap(Optional::stream)
                .toList();
    }

    /// All of them, for people.
    public static String all() {
        return Arrays.stream(values()).map(Letter::toString).collect(Collectors.joining(" "));
    }

    /// Whether it says whether a service should run, as others say what else to do.
    public boolean saysWhatIsWanted() {
        return switch (this) {
            case UP, UP_FOR_GOOD, DOWN, DOWN_FOR_GOOD, RESTART -> true;
            case ONCE, NOT_AGAIN, NOT_AGAIN_FOR_GOOD, EXIT -> true;
            case RELOAD -> false;
            case ALARM, ABORT, QUIT, HANG_UP, KILL, TERMINATE, INTERRUPT, USER_1, USER_2 -> false;
            case PAUSE, CONTINUE, WINDOW_CHANGE, PAUSE_GROUP, CONTINUE_GROUP, KILL_GROUP -> false;
        };
    }

    /// Whether it has a service run that did not.
    boolean starts() {
        return switch (this) {
            case UP, UP_FOR_GOOD, ONCE -> true;
            case DOWN, DOWN_FOR_GOOD, NOT_AGAIN, NOT_AGAIN_FOR_GOOD, EXIT, RESTART, RELOAD -> false;
            case ALARM, ABORT, QUIT, HANG_UP, KILL, TERMINATE, INTERRUPT, USER_1, USER_2 -> false;
            case PAUSE, CONTINUE, WINDOW_CHANGE, PAUSE_GROUP, CONTINUE_GROUP, KILL_GROUP -> false;
        };
    }

    /// Whether the file `down` is to be there from now on, if it says anything of that.
    Optional<Boolean> keepsDown() {
        return switch (this) {
            case DOWN_FOR_GOOD, NOT_AGAIN_FOR_GOOD -> Optional.of(true);
            case UP_FOR_GOOD -> Optional.of(false);
            case UP, DOWN, ONCE, NOT_AGAIN, EXIT, RESTART, RELOAD -> Optional.empty();
            case ALARM, ABORT, QUIT, HANG_UP, KILL, TERMINATE, INTERRUPT, USER_1, USER_2 -> Optional.empty();
            case PAUSE, CONTINUE, WINDOW_CHANGE, PAUSE_GROUP, CONTINUE_GROUP, KILL_GROUP -> Optional.empty();
        };
    }

    /// What is wanted of the service from now on, if it says anything of that.
    Optional<Want> wants() {
        return switch (this) {
            case UP, UP_FOR_GOOD -> Optional.of(Want.UP);
            case DOWN, DOWN_FOR_GOOD, ONCE, NOT_AGAIN, NOT_AGAIN_FOR_GOOD -> Optional.of(Want.DOWN);
            case EXIT, RESTART, RELOAD -> Optional.empty();
            case ALARM, ABORT, QUIT, HANG_UP, KILL, TERMINATE, INTERRUPT, USER_1, USER_2 -> Optional.empty();
            case PAUSE, CONTINUE, WINDOW_CHANGE, PAUSE_GROUP, CONTINUE_GROUP, KILL_GROUP -> Optional.empty();
        };
    }

    /// What it asks of a service in this state, if anything.
    Optional<ServiceEvent> asks(ServiceState state) {
        return switch (this) {
            case UP, UP_FOR_GOOD -> Optional.of(new StartRequested());
            case DOWN, DOWN_FOR_GOOD -> Optional.of(new StopRequested());
            // One that is on its way is only not to be started again.
            case ONCE -> Optional.of(state instanceof Resting ? new OnceRequested() : new NotAgainRequested());
            case NOT_AGAIN, NOT_AGAIN_FOR_GOOD, EXIT -> Optional.of(new NotAgainRequested());
            case RESTART -> restart(state);
            case RELOAD -> Optional.of(new ReloadRequested());
            case ALARM -> signal("ALRM");
            case ABORT -> signal("ABRT");
            case QUIT -> signal("QUIT");
            case HANG_UP -> signal("HUP");
            case KILL -> signal("KILL");
            case TERMINATE -> signal("TERM");
            case INTERRUPT -> signal("INT");
            case USER_1 -> signal("USR1");
            case USER_2 -> signal("USR2");
            case PAUSE -> signal("STOP");
            case CONTINUE -> signal("CONT");
            case WINDOW_CHANGE -> signal("WINCH");
            case PAUSE_GROUP -> groupSignal("STOP");
            case CONTINUE_GROUP -> groupSignal("CONT");
            case KILL_GROUP -> groupSignal("KILL");
        };
    }

    /// The process is sent its down signal, and what is wanted stays wanted.
    private static Optional<ServiceEvent> restart(ServiceState state) {
        boolean runs = state instanceof Starting || state instanceof Up;
        if (runs && state.want() == Want.ONCE) {
            return Optional.of(new StopRequested());
        }
        return state instanceof Running && state.want() == Want.UP
                ? Optional.of(new RestartRequested())
                : Optional.empty();
    }

    private static Optional<ServiceEvent> groupSignal(String name) {
        return Signal.parse(name).map(GroupSignalRequested::new);
    }

    private static Optional<ServiceEvent> signal(String name) {
        return Signal.parse(name).map(SignalRequested::new);
    }

    /// As s6-svc writes it.
    @Override
    public String toString() {
        return String.valueOf(character);
    }
}
