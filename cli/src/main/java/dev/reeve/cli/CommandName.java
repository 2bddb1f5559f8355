package dev.reeve.cli;

import dev.reeve.cli.outside.NearestName;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/// The commands of `reeve`, in the order of its help.
enum CommandName {
    START,
    STOP,
    RESTART,
    RELOAD,
    SIGNAL,
    STATUS,
    LIST,
    TREE,
    WHY,
    LOG,
    WAIT,
    WATCH,
    RESCAN,
    SHUTDOWN,
    POWEROFF,
    REBOOT,
    HALT,
    DEBUG,
    INIT_MAKER,
    VERSION,
    DEMO,
    HELP;

    /// A new one.
    ReeveCommand create(ReeveClient reeve) {
        return switch (this) {
            case START -> new OrderCommands.Start(reeve);
            case STOP -> new OrderCommands.Stop(reeve);
            case RESTART -> new OrderCommands.Restart(reeve);
            case RELOAD -> new ReloadCommand(reeve);
            case SIGNAL -> new SignalCommand(reeve);
            case STATUS -> new StatusCommand(reeve);
            case LIST -> new ListCommand(reeve);
            case TREE -> new TreeCommand(reeve);
            case WHY -> new WhyCommand(reeve);
            case LOG -> new LogCommand(reeve);
            case WAIT -> new WaitCommand(reeve);
            case WATCH -> new WatchCommand(reeve);
            case RESCAN -> new RescanCommand(reeve);
            case SHUTDOWN -> new ShutdownCommand(reeve);
            case POWEROFF -> new MachineCommands.Poweroff(reeve);
            case REBOOT -> new MachineCommands.Reboot(reeve);
            case HALT -> new MachineCommands.Halt(reeve);
            case DEBUG -> new DebugCommand(reeve);
            case INIT_MAKER -> new InitMakerCommand(reeve);
            case VERSION -> new VersionCommand(reeve);
            case DEMO -> new DemoCommand(reeve);
            case HELP -> new ReeveHelpCommand(reeve);
        };
    }

    /// Those whose names stand among the arguments, wherever; all of them if that is none, or if help is asked
    /// for. To make a command takes its time, and most runs need one.
    static List<CommandName> namedIn(List<String> arguments) {
        List<CommandName> named = Stream.of(values())
                .filter(command -> arguments.contains(command.word()))
                .toList();
        return named.isEmpty() || named.contains(HELP) ? List.of(values()) : named;
    }

    /// That there is no such command, and which one may have been meant.
    static String unknown(String word) {
        List<String> words = Stream.of(values()).map(CommandName::word).toList();
        String hint = NearestName.to(word, words)
                .map(nearest -> "did you mean " + nearest + "?")
                .orElse("reeve --help names those there are");
        return "there is no command " + word + ": " + hint;
    }

    /// As one types it.
    String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
