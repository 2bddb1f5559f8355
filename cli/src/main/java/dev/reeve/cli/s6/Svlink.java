package dev.reeve.cli.s6;

import dev.reeve.cli.outside.ClientFailure;
import dev.reeve.cli.outside.ControlClient;
import dev.reeve.cli.s6.Options.Option;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// `svlink`: a symlink in the scan directory makes a service of a directory, and the daemon has it when this
/// ends.
final class Svlink {
    private static final int NOT_RUNNING = 1;

    private Svlink() {}

    static int run(Invocation invocation) throws Fatal, ClientFailure {
        Options options = invocation.options("dDfPt:");
        boolean staysDown = false;
        boolean onlyNow = false;
        boolean isPublic = false;
        boolean isForced = false;
        int timeout = 0;
        for (Option option : options.given()) {
            switch (option.letter()) {
                case 'd', 'D' -> {
                    staysDown = true;
                    onlyNow = option.letter() == 'd';
                }
                case 'f' -> isForced = true;
                case 'P' -> isPublic = true;
                default -> timeout = invocation.number(option.argument());
            }
        }
        List<String> words = options.operands();
        if (words.size() < 2) {
            throw invocation.usage();
        }
        String scanDirectory = words.get(0);
        String directory = words.get(1);
        demand(!scanDirectory.isEmpty(), "invalid scandir");
        demand(!directory.isEmpty(), "invalid servicedir");
        String name = words.size() > 2 ? words.get(2) : baseName(directory);
        demand(!name.isEmpty() && name.charAt(0) != '.' && !name.contains("/"), "invalid name");
        ControlClient client = client(invocation, scanDirectory);
        demandExecutable(Path.of(directory, "run"));
        Path logger = Path.of(directory, "log");
        if (Files.exists(logger)) {
            demandExecutable(logger.resolve("run"));
        }
        String toDo = "link servicedir " + directory + " into scandir " + scanDirectory + " with name " + name;
        try {
            EventFolder.prepare(Path.of(directory), isPublic, isForced);
            if (Files.exists(logger)) {
                EventFolder.prepare(logger, isPublic, isForced);
            }
            Link link = new Link(Path.of(scanDirectory, name), Path.of(directory), toDo);
            link.make(client, staysDown, onlyNow, Waiting.deadline(timeout));
            return 0;
        } catch (IOException e) {
            throw Fatal.unable(Fatal.SYSTEM, toDo, Reasons.of(e));
        }
    }

    private static void demand(boolean isSo, String otherwise) throws Fatal {
        if (!isSo) {
            throw Fatal.of(Fatal.USAGE, otherwise);
        }
    }

    private static String baseName(String directory) {
        Path name = Path.of(directory).getFileName();
        return name == null ? "" : name.toString();
    }

    private static ControlClient client(Invocation invocation, String scanDirectory) throws Fatal, ClientFailure {
        try {
            return invocation.daemons().ofScanDirectory(scanDirectory);
        } catch (NotSupervised e) {
            throw Fatal.of(NOT_RUNNING, "s6-svscan not running on " + scanDirectory + ": " + e.getMessage());
        } catch (IOException e) {
            throw Fatal.unable(Fatal.SYSTEM, "open " + scanDirectory, Reasons.of(e));
        }
    }

    private static void demandExecutable(Path run) throws Fatal {
        try {
            // Fails where there is none.
            Files.readAttributes(run, "size");
        } catch (IOException e) {
            throw Fatal.unable(Fatal.SYSTEM, "stat " + run, Reasons.of(e));
        }
        demand(Files.isExecutable(run), run + " is not executable");
    }
}
