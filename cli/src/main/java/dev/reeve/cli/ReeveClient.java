package dev.reeve.cli;

import dev.reeve.cli.outside.ClientFailure;
import dev.reeve.cli.outside.ControlClient;
import dev.reeve.cli.outside.ExitCode;
import dev.reeve.cli.outside.Output;
import dev.reeve.cli.outside.ReaderGone;
import dev.reeve.cli.outside.SocketAddress;
import dev.reeve.cli.outside.Surroundings;
import dev.reeve.cli.s6.S6Client;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.UnmatchedArgumentException;

/// The program `reeve`: the options that every command knows, and the commands.
public final class ReeveClient implements Callable<Integer> {

    private static final String[] FOOTER = {
        "",
        "s6's own verbs, with its options and exit codes (see reeve svc --help):",
        "svc svstat svok svwait svlisten svlisten1 svscanctl svlink svunlink svdt svdt-clear",
        "",
        "Exit codes: 0 done; 1 a service failed or the daemon refused; 2 wrong usage; 3 unknown service;",
        "4 the daemon cannot be reached; 99 timed out."
    };

    private final Surroundings surroundings;
    private final Output output;

    private final OptionSpec socket = OptionSpec.builder("--socket")
            .paramLabel("FILE")
            .type(Path.class)
            .scopeType(ScopeType.INHERIT)
            .description("where the daemon listens; else $REEVE_SOCKET, else /run/reeve/control.sock for root and "
                    + "$XDG_RUNTIME_DIR/reeve/control.sock for others")
            .build();

    private final OptionSpec json = OptionSpec.builder("--json")
            .type(boolean.class)
            .scopeType(ScopeType.INHERIT)
            .description("print for programs: one JSON value a line")
            .build();

    private final OptionSpec help = OptionSpec.builder("-h", "--help")
            .type(boolean.class)
            .usageHelp(true)
            .scopeType(ScopeType.INHERIT)
            .description("show this text")
            .build();

    private final CommandSpec spec = CommandSpec.wrapWithoutInspection(this)
            .name("reeve")
            .addOption(socket)
            .addOption(json)
            .addOption(help);

    ReeveClient(Surroundings surroundings) {
        this.surroundings = surroundings;
        this.output = new Output(surroundings.out());
        spec.usageMessage()
                .synopsisSubcommandLabel("COMMAND")
                .description("Asks the daemon reeved to start and stop services, and tells how they are.")
                .footer(FOOTER);
    }

    /// Ends with an [ExitCode], at once: System.exit would first look for a logger to tell of it.
    public static void main(String[] arguments) {
        Runtime.getRuntime().halt(run(Surroundings.ofThisProcess(), arguments));
    }

    static int run(Surroundings surroundings, String... arguments) {
        Optional<S6Call> call = S6Call.in(List.of(arguments));
        if (call.isPresent()) {
            return S6Client.run(
                    call.get().verb(),
                    surroundings,
                    call.get().socket(),
                    call.get().words());
        }
        ReeveClient client = new ReeveClient(surroundings);
        Optional<CommandWords> shutdown = CommandWords.in(List.of(arguments))
                .filter(it -> it.command().equals(CommandName.SHUTDOWN.word()) && LsbShutdown.isMeantBy(it.words()));
        if (shutdown.isPresent()) {
            return client.shutDown(shutdown.get());
        }
        CommandLine commands = new CommandLine(client.spec);
        CommandName.namedIn(List.of(arguments))
                .forEach(
                        command -> commands.addSubcommand(command.create(client).spec()));
        Help.Ansi ansi = surroundings.coloured() ? Help.Ansi.ON : Help.Ansi.OFF;
        commands.setColorScheme(Help.defaultColorScheme(ansi))
                .setOut(new PrintWriter(surroundings.out(), true, StandardCharsets.UTF_8))
                .setErr(new PrintWriter(surroundings.err(), true, StandardCharsets.UTF_8))
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setParameterExceptionHandler((failure, _) -> client.report(failure))
                .setExecutionExceptionHandler((failure, _, _) -> client.report(failure));
        return commands.execute(arguments);
    }

    private int shutDown(CommandWords line) {
        socket.setValue(line.socket());
        try {
            return new LsbShutdownCall(this, line.words()).run();
        } catch (Exception e) {
            return report(e);
        }
    }

    @Override
    public Integer call() {
        spec.commandLine().usage(surroundings.err());
        return ExitCode.USAGE;
    }

    Surroundings surroundings() {
        return surroundings;
    }

    Output output() {
        return output;
    }

    boolean json() {
        return Boolean.TRUE.equals(json.getValue());
    }

    /// A sentence on standard error.
    void tell(String sentence) {
        surroundings.err().println("reeve: " + Output.printable(sentence));
    }

    /// Where the daemon should be.
    Path socket() throws ClientFailure {
        return SocketAddress.choose(socket.getValue(), surroundings.environment());
    }

    /// A connection to the daemon.
    ControlClient connect() throws ClientFailure {
        Path address = socket();
        String start = surroundings.program("reeved") + " --scan DIR" + (isUsual() ? "" : " --socket " + address);
        return ControlClient.connect(address, start);
    }

    private boolean isUsual() {
        return socket.getValue() == null
                && surroundings.environment().getOrDefault("REEVE_SOCKET", "").isEmpty();
    }

    private int report(ParameterException failure) {
        String message = failure instanceof UnmatchedArgumentException unmatched
                        && failure.getCommandLine().getCommand() == this
                        && !unmatched.isUnknownOption()
                ? CommandName.unknown(unmatched.getUnmatched().getFirst())
                : WrongUsage.sentence(failure);
        tell(message);
        return ExitCode.USAGE;
    }

    private int report(Exception failure) {
        if (failure instanceof ReaderGone gone) {
            return gone.exitCode();
        }
        if (failure instanceof ClientFailure told) {
            tell(String.valueOf(told.getMessage()));
            return told.exitCode();
        }
        surroundings.err().println("reeve: this is a bug of reeve's own:");
        failure.printStackTrace(surroundings.err());
        return ExitCode.FAILED;
    }
}
