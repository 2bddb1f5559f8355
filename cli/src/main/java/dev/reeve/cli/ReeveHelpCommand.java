package dev.reeve.cli;

import dev.reeve.cli.outside.ClientFailure;
import dev.reeve.cli.outside.ExitCode;
import picocli.CommandLine;

/// `help`: what `--help` shows. (picocli's own takes `-h` for itself, which every command of reeve has.)
final class ReeveHelpCommand extends ReeveCommand {

    private final Value<String> command = with(Value.ofWord("0..1", "COMMAND", String.class, "a command"));

    ReeveHelpCommand(ReeveClient reeve) {
        super(reeve, CommandName.HELP, "Show how to use reeve, or one of its commands.");
    }

    @Override
    public Integer call() throws ClientFailure {
        CommandLine all = spec().parent().commandLine();
        String name = command.orNull();
        CommandLine asked = name == null ? all : all.getSubcommands().get(name);
        if (asked == null) {
            throw new ClientFailure(ExitCode.USAGE, CommandName.unknown(String.valueOf(name)));
        }
        asked.usage(reeve.surroundings().out());
        return ExitCode.DONE;
    }
}
