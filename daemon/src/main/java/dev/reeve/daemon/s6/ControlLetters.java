package dev.reeve.daemon.s6;

import dev.reeve.daemon.fleet.Command;
import dev.reeve.daemon.service.ServiceName;
import dev.reeve.daemon.service.Signal;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What the letters mean that s6-svc writes to `supervise/control`.
final class ControlLetters {
    static final char PAUSE = 'p';
    static final char CONTINUE = 'c';
    static final char DOWN_FOR_GOOD = 'D';
    static final char UP_FOR_GOOD = 'U';

    private static final Map<Character, Signal> SIGNALS = Map.ofEntries(
            Map.entry('a', signal("ALRM")),
            Map.entry('b', signal("ABRT")),
            Map.entry('q', signal("QUIT")),
            Map.entry('h', Signal.HUP),
            Map.entry('k', Signal.KILL),
            Map.entry('t', Signal.TERM),
            Map.entry('i', Signal.INT),
            Map.entry('1', signal("USR1")),
            Map.entry('2', signal("USR2")),
            Map.entry(PAUSE, signal("STOP")),
            Map.entry(CONTINUE, Signal.CONT),
            Map.entry('y', signal("WINCH")));

    private static final String NOT_DONE_YET = "oOQxPCK";

    private ControlLetters() {}

    /// What it asks of this service, if anything: a service that does not run is neither signalled nor restarted.
    static Optional<Command> command(char letter, ServiceName service, boolean runs) {
        Set<ServiceName> services = Set.of(service);
        if (letter == 'u' || letter == UP_FOR_GOOD) {
            return Optional.of(new Command.Start(services));
        }
        if (letter == 'd' || letter == DOWN_FOR_GOOD) {
            return Optional.of(new Command.Stop(services));
        }
        if (!runs) {
            return Optional.empty();
        }
        return switch (letter) {
            case 'r' -> Optional.of(new Command.Restart(services));
            case 'l' -> Optional.of(new Command.Reload(services));
            default -> Optional.ofNullable(SIGNALS.get(letter)).map(signal -> new Command.SendSignal(services, signal));
        };
    }

    /// Whether it is meant for later starts too, by the file `down`.
    static boolean isLasting(char letter) {
        return letter == DOWN_FOR_GOOD || letter == UP_FOR_GOOD;
    }

    /// Whether s6-supervise would know what to do, and reeve does not.
    static boolean isNotDoneYet(char letter) {
        return NOT_DONE_YET.indexOf(letter) >= 0;
    }

    private static Signal signal(String name) {
        return Signal.parse(name).orElseThrow();
    }
}
