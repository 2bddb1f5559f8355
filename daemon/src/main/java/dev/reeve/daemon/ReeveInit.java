package dev.reeve.daemon;

import dev.reeve.bridge.ErrnoException;
import dev.reeve.bridge.Kernel;
import dev.reeve.bridge.LinuxKernel;
import dev.reeve.bridge.LinuxMachine;
import dev.reeve.bridge.Machine;
import dev.reeve.daemon.DaemonOptions.UsageException;
import dev.reeve.daemon.boot.EmergencyShell;
import dev.reeve.daemon.boot.EndLimits;
import dev.reeve.daemon.boot.InitOptions;
import dev.reeve.daemon.boot.LinuxRemains;
import dev.reeve.daemon.boot.Rehearsal;
import dev.reeve.daemon.boot.StageOne;
import dev.reeve.daemon.boot.TheEnd;
import dev.reeve.daemon.catchall.Console;
import dev.reeve.daemon.life.MachineLife;
import dev.reeve.daemon.log.DaemonLog;
import dev.reeve.daemon.process.ServiceEnvironment;
import dev.reeve.daemon.s6.SvscanDirectory;
import dev.reeve.daemon.s6.SvscanDirectory.CannotServe;
import dev.reeve.protocol.ReeveVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// `reeve-init`: the first process of a machine, from the moment the kernel executes it to the moment the power
/// goes off. Its life is three lines: what comes before the loop, the loop, and what comes after it.
///
/// It never ends otherwise: a kernel panics that loses its first process. What cannot go on leaves a shell on the
/// console.
public final class ReeveInit {
    private static final String NAME = "reeve-init";
    private static final int EXIT_DONE = 0;
    private static final int EXIT_USAGE = 100;
    private static final int FIRST_INHERITED_FD = 3;
    private static final int FIRST_PROCESS = 1;
    private static final Duration REHEARSAL_DELAY = Duration.ofSeconds(10);

    private final Kernel kernel;
    private final Machine machine;
    private final InitOptions options;
    private final Console console;

    private final MachineLife life = new MachineLife();

    private ReeveInit(Kernel kernel, Machine machine, InitOptions options) {
        this.kernel = kernel;
        this.machine = machine;
        this.options = options;
        this.console = new Console(kernel, Console.PATH);
    }

    public static void main(String[] arguments) {
        List<String> words = List.of(arguments);
        Optional<String> answer = answer(words);
        // The same words on a kernel's command line are no reason not to boot.
        if (answer.isPresent() && ProcessHandle.current().pid() != FIRST_PROCESS) {
            System.out.print(answer.get());
            System.exit(EXIT_DONE);
        }
        Machine machine = new LinuxMachine();
        if (!machine.isOurs()) {
            System.err.println(
                    NAME + ": fatal: only the kernel starts this, as process 1: to end or restart the machine"
                            + " use reeve shutdown; to supervise services beside another init, reeved");
            System.exit(EXIT_USAGE);
        }
        new ReeveInit(new LinuxKernel(), machine, InitOptions.parse(words, path -> Files.isDirectory(Path.of(path))))
                .live(new OwnCommand(ReeveInit.class, words));
    }

    private static Optional<String> answer(List<String> words) {
        if (words.equals(List.of("--help"))) {
            return Optional.of(InitOptions.USAGE);
        }
        return words.equals(List.of("--version"))
                ? Optional.of(NAME + " " + ReeveVersion.CURRENT + "\n")
                : Optional.empty();
    }

    private void live(OwnCommand command) {
        List<byte[]> given = ServiceEnvironment.from(kernel.environment());
        List<byte[]> environment = given;
        try {
            SystemRequirements.check(kernel, command);
            // What the kernel has given as standard error waits while the console is stopped (^S).
            console.open();
            console.say("reeve " + ReeveVersion.CURRENT + " boots the machine");
            environment = new StageOne(kernel, machine, options, console).run(given);
            rehearseTheEnd();
            supervise(environment);
        } catch (Exception | Error e) {
            console.say("nothing can be supervised", e);
            new EmergencyShell(kernel, machine, console).run(environment);
        }
        end(environment);
    }

    private void supervise(List<byte[]> environment) throws UsageException, CannotServe, IOException, ErrnoException {
        kernel.closeOnExecFrom(FIRST_INHERITED_FD);
        // For the catch-all logger to complain to.
        OptionalInt waiting = console.openToWait();
        String directory = StageOne.SCAN_DIRECTORY.toString();
        SvscanOptions svscanOptions = SvscanOptions.parse(
                waiting.isPresent() ? List.of("-X", "" + waiting.getAsInt(), directory) : List.of(directory));
        try (SvscanDirectory svscan = SvscanDirectory.take(kernel, directory);
                @Nullable MachineOutput output = openOutput();
                DaemonLog log = output == null ? new DaemonLog() : output.log()) {
            ReeveDaemon.supervise(
                    kernel,
                    DaemonOptions.inPlaceOfS6Svscan(svscanOptions),
                    environment,
                    new InitRole(life, options.inContainer(), Optional.ofNullable(output)),
                    svscan,
                    log);
        }
    }

    /// When the machine has booted and has nothing better to do.
    private void rehearseTheEnd() {
        Thread rehearsal = new Thread(
                () -> {
                    try {
                        // A sleep would load what belongs to the flight recorder, which is in no cache.
                        LockSupport.parkNanos(REHEARSAL_DELAY.toNanos());
                        Rehearsal.hold(kernel, options);
                    } catch (Exception | Error _) {
                        // The end will load what it needs when it comes.
                    }
                },
                "rehearsal of the end");
        rehearsal.setDaemon(true);
        rehearsal.start();
    }

    private @Nullable MachineOutput openOutput() {
        if (options.withoutCatchAll()) {
            return null;
        }
        try {
            return MachineOutput.open(kernel, StageOne.SCAN_DIRECTORY, console);
        } catch (IOException | ErrnoException e) {
            console.say("services without a logger write to the console", e);
            return null;
        }
    }

    private void end(List<byte[]> environment) {
        console.takeBack();
        LinuxRemains remains = new LinuxRemains(kernel, machine, options, environment);
        try {
            EndLimits limits = life.end()
                    .grace()
                    .or(options::grace)
                    .map(EndLimits.USUAL::withGrace)
                    .orElse(EndLimits.USUAL);
            new TheEnd(machine, remains, limits, System::nanoTime, console::say).come(ending());
        } catch (Exception | Error e) {
            console.say("the machine does not come to its end in order", e);
            endAtOnce();
        }
        park();
    }

    private void endAtOnce() {
        try {
            machine.end(ending());
        } catch (ErrnoException e) {
            console.say("it cannot be ended at all", e);
            // A container that may not end itself so ends with its first process.
            Runtime.getRuntime().halt(EXIT_DONE);
        }
    }

    /// Services that have all ended by themselves are no reason to stay off.
    private Machine.Ending ending() {
        return switch (life.end().how()) {
            case POWEROFF -> Machine.Ending.POWER_OFF;
            case HALT -> Machine.Ending.HALT;
            case KEXEC -> Machine.Ending.KEXEC;
            case REBOOT, EXIT -> Machine.Ending.RESTART;
        };
    }

    /// reboot(2) ends the thread that calls it, and the machine a moment later.
    private static void park() {
        CountDownLatch never = new CountDownLatch(1);
        while (true) {
            try {
                never.await();
            } catch (InterruptedException _) {
                // Nobody has a reason to.
            }
        }
    }
}
