package dev.reeve.daemon;

import dev.reeve.bridge.ErrnoException;
import dev.reeve.bridge.Kernel;
import dev.reeve.bridge.Kernel.ResourceLimit;
import dev.reeve.bridge.LinuxKernel;
import dev.reeve.bridge.LinuxMachine;
import dev.reeve.daemon.DaemonOptions.UsageException;
import dev.reeve.daemon.log.DaemonLog;
import dev.reeve.daemon.log.Log;
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
import org.jspecify.annotations.Nullable;

/// A program that is the daemon: how it is called, how it reads its command line, and how it ends, by an exit
/// code or in a [Successor].
record DaemonProgram(String name, Class<?> program, String usage, OptionsReader reader) {
    private static final int EXIT_DONE = 0;
    private static final int EXIT_USAGE = 100;
    private static final int EXIT_SYSTEM = 111;
    private static final int FIRST_INHERITED_FD = 3;

    /// Beside the services' own grace, still within what docker stop gives.
    private static final Duration ORPHANS_GRACE = Duration.ofSeconds(1);

    /// Reads a command line.
    interface OptionsReader {
        DaemonOptions read(List<String> arguments, Kernel kernel) throws UsageException, ErrnoException;
    }

    /// Runs it to its end, and answers the exit code.
    int run(List<String> arguments) {
        List<String> ownWords = ownWords(arguments);
        if (ownWords.contains("--help")) {
            System.out.print(usage);
            return EXIT_DONE;
        }
        if (ownWords.contains("--version")) {
            System.out.println(name + " " + ReeveVersion.CURRENT);
            return EXIT_DONE;
        }
        LinuxKernel kernel = new LinuxKernel();
        try {
            DaemonOptions options = reader.read(arguments, kernel);
            SystemRequirements.check(kernel, new OwnCommand(program, arguments));
            return supervise(kernel, options);
        } catch (CannotExecute e) {
            return fatal(e.exitCode(), e.getMessage());
        } catch (UsageException | CannotServe e) {
            return fatal(EXIT_USAGE, e.getMessage());
        } catch (IOException | ErrnoException e) {
            return fatal(EXIT_SYSTEM, e.getMessage());
        } catch (OutOfMemoryError e) {
            // The loop survives it; this is the start, which needs some threads.
            return fatal(
                    EXIT_SYSTEM,
                    e.getMessage() + ": reeved needs 20 tasks (pids.max of its control group, ulimit -u) and 32 MiB"
                            + " of heap for itself");
        }
    }

    private int supervise(Kernel kernel, DaemonOptions options)
            throws IOException, ErrnoException, CannotServe, CannotExecute {
        kernel.closeOnExecFrom(FIRST_INHERITED_FD);
        // A service that goes into the background stays within reach (MAINPID= of sd_notify(3)).
        kernel.adoptOrphans();
        requireDirectory(options.scanDirectory());
        Optional<ContainerOptions> containerOptions = options.container();
        @Nullable
        Container container = containerOptions.isPresent()
                ? Container.of(containerOptions.get(), options.runDirectory(), System.getenv())
                : null;
        ResourceLimit limit = kernel.descriptorLimit();
        try (DaemonLog log = new DaemonLog();
                @Nullable SvscanDirectory svscan = takeScanDirectory(kernel, options, log)) {
            List<byte[]> environment = ServiceEnvironment.from(kernel.environment());
            DaemonRole role = container == null ? DaemonRole.DAEMON : container;
            boolean inOrder = ReeveDaemon.supervise(kernel, options, environment, role, svscan, log);
            // Whoever comes next has standard error for itself.
            log.end();
            if (container != null) {
                LastOrphans.end(new LinuxMachine(), ORPHANS_GRACE, words -> System.err.println(name + ": " + words));
                return container.life().exitCode();
            }
            if (svscan == null) {
                return EXIT_DONE;
            }
            OptionalInt console =
                    options.svscan().map(it -> it.scan().console()).orElse(OptionalInt.empty());
            Successor successor = new Successor(name, kernel, svscan, console, limit, environment);
            return inOrder ? successor.finish() : successor.crash();
        }
    }

    /// Whoever serves it with s6's files stands in s6-svscan's place.
    private static @Nullable SvscanDirectory takeScanDirectory(Kernel kernel, DaemonOptions options, Log log)
            throws CannotServe, ErrnoException {
        Optional<Path> scanDirectory = options.scanDirectory();
        if (!options.s6Files() || scanDirectory.isEmpty()) {
            return null;
        }
        String path = scanDirectory.get().toString();
        return options.svscan().isPresent()
                ? SvscanDirectory.take(kernel, path)
                : SvscanDirectory.takeIfWritable(kernel, path, log);
    }

    private static void requireDirectory(Optional<Path> scanDirectory) throws IOException {
        if (scanDirectory.isPresent() && !Files.isDirectory(scanDirectory.get())) {
            throw new IOException("the scan directory " + scanDirectory.get() + " is not there, or not a directory");
        }
    }

    /// Without those of a container's command.
    private static List<String> ownWords(List<String> arguments) {
        return arguments.contains("--container")
                ? arguments.stream()
                        .takeWhile(word -> word.startsWith("--") && !word.equals("--"))
                        .toList()
                : arguments;
    }

    private int fatal(int exitCode, @Nullable String message) {
        System.err.println(name + ": fatal: " + message);
        return exitCode;
    }
}
