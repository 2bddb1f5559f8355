package dev.reeve.cli;

import dev.reeve.cli.outside.ClientFailure;
import dev.reeve.cli.outside.ControlClient;
import dev.reeve.cli.outside.ExitCode;
import dev.reeve.cli.outside.Output;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;

/// `demo`: the examples under a daemon of their own, in a private folder, until someone has seen enough.
final class DemoCommand extends ReeveCommand {

    private final Value<Duration> showFor = with(Value.ofOption(
            "--for",
            "DURATION",
            Duration.class,
            "end by itself, this long after all services were ready: 10, 10s, 2m",
            new DurationConverter()));

    DemoCommand(ReeveClient reeve) {
        super(
                reeve,
                CommandName.DEMO,
                "Start a daemon on a private copy of service-examples and show its services, until Ctrl-C.");
    }

    @Override
    public Integer call() throws ClientFailure {
        Path home = reeve.surroundings()
                .home()
                .orElseThrow(
                        () -> new ClientFailure(ExitCode.USAGE, "the demo is started by bin/reeve of a source tree"));
        try {
            DemoExamples examples = DemoExamples.in(
                    home.resolve("service-examples/services"),
                    reeve.surroundings().environment());
            Path folder = Files.createTempDirectory(
                    "reeve-demo-", PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            return run(examples, folder);
        } catch (IOException e) {
            throw new ClientFailure(ExitCode.FAILED, "the demo cannot be set up: " + e);
        }
    }

    private int run(DemoExamples examples, Path folder) throws IOException, ClientFailure {
        DemoDaemon daemon;
        try {
            examples.copyInto(folder.resolve("services"));
            daemon = DemoDaemon.start(reeve.surroundings().program("reeved"), folder);
        } catch (IOException e) {
            DemoDaemon.remove(folder);
            throw e;
        }
        DemoShow show = new DemoShow(reeve.surroundings(), reeve.output(), examples.names());
        DemoEnd end = new DemoEnd(daemon, show, folder);
        // Ctrl-C is the usual end of a demo, and no failure.
        Thread whenInterrupted = new Thread(() -> Runtime.getRuntime().halt(end.comeToIt(ExitCode.DONE)), "demo-end");
        Runtime.getRuntime().addShutdownHook(whenInterrupted);
        int exitCode = end.comeToIt(watch(daemon, show, examples, folder));
        removeHook(whenInterrupted);
        return exitCode;
    }

    private int watch(DemoDaemon daemon, DemoShow show, DemoExamples examples, Path folder) throws ClientFailure {
        try (ControlClient client = daemon.connect()) {
            show.introduce(examples, folder);
            return show.follow(client, showFor.orNull());
        } catch (ClientFailure e) {
            if (show.isEnding()) {
                return ExitCode.DONE;
            }
            reeve.surroundings().err().println("reeve: " + Output.printable(String.valueOf(e.getMessage())));
            if (e.exitCode() == ExitCode.UNREACHABLE) {
                reeve.surroundings().err().println("reeve: the last lines of " + DemoDaemon.log(folder) + ":");
                daemon.lastLogLines().forEach(reeve.surroundings().err()::println);
            }
            return ExitCode.FAILED;
        }
    }

    private static void removeHook(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The process ends already, and the hook with it.
        }
    }
}
