package dev.reeve.cli;

import dev.reeve.cli.outside.ClientFailure;
import dev.reeve.cli.outside.ExitCode;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `help`: what `--help` shows. (picocli's own takes `-h` for itself, which every command of reeve has.)
@Command(name = "help", description = "Show how to use reeve, or one of its commands.")
final class ReeveHelpCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(arity = "0..1", paramLabel = "COMMAND", description = "a command")
    private @Nullable String command;

    private final ReeveClient reeve;

    ReeveHelpCommand(ReeveClient reeve) {
        this.reeve = reeve;
    }

    @Override
    public Integer call() throws ClientFailure {
        CommandLine all = spec.parent().commandLine();
        CommandLine asked = command == null ? all : all.getSubcommands().get(command);
        if (asked == null) {
            throw new ClientFailure(ExitCode.USAGE, CommandName.unknown(String.valueOf(command)));
        }
        asked.usage(reeve.surroundings().out());
        return ExitCode.DONE;
    }
}
