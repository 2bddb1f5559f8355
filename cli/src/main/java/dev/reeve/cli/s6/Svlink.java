package dev.reeve.cli.s6;

import dev.reeve.cli.outside.ClientFailure;
import dev.reeve.cli.outside.ControlClient;
import dev.reeve.cli.s6.Options.Option;
import dev.reeve.protocol.Reply;
import dev.reeve.protocol.Request;
import dev.reeve.protocol.ScanResult;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/// `svlink`: a symlink in the scan directory makes a service of a directory, and the daemon has it when this
/// ends.
final class Svlink {
    private static final int NOT_RUNNING = 1;

    private Svlink() {}

    static int run(Invocation invocation) throws Fatal, ClientFailure {
        // What `event/` may be used for (-f, -P) is the daemon's to say, and its answer is never long in coming (-t).
        Options options = invocation.options("dDfPt:");
        boolean staysDown = false;
        boolean onlyNow = false;
        for (Option option : options.given()) {
            switch (option.letter()) {
                case 'd', 'D' -> {
                    staysDown = true;
                    onlyNow = option.letter() == 'd';
                }
                case 't' -> invocation.number(option.argument());
                default -> {}
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
            link(client, Path.of(scanDirectory, name), Path.of(directory), staysDown, onlyNow, toDo);
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

    private static void link(
            ControlClient client, Path link, Path directory, boolean staysDown, boolean onlyNow, String toDo)
            throws IOException, Fatal, ClientFailure {
        Path down = directory.resolve("down");
        boolean makesDown = staysDown && makeFile(down);
        boolean isNew = makeLink(link, directory.toRealPath());
        boolean isDone = false;
        try {
            ScanResult scan = scan(client);
            if (isNew && !scan.found().contains(String.valueOf(link.getFileName()))) {
                throw Fatal.unable(Fatal.SYSTEM, toDo, String.join("; ", scan.problems()));
            }
            isDone = true;
        } finally {
            if (makesDown && (onlyNow || !isDone)) {
                Files.deleteIfExists(down);
            }
            if (isNew && !isDone) {
                Files.deleteIfExists(link);
            }
        }
    }

    private static boolean makeFile(Path file) throws IOException {
        try {
            Files.createFile(file);
            return true;
        } catch (FileAlreadyExistsException e) {
            return false;
        }
    }

    /// Whether there was no such link yet; another in its place is a failure.
    private static boolean makeLink(Path link, Path target) throws IOException {
        try {
            Files.createSymbolicLink(link, target);
            return true;
        } catch (FileAlreadyExistsException e) {
            if (Files.isSameFile(link, target)) {
                return false;
            }
            throw new IOException("File exists", e);
        } catch (NoSuchFileException e) {
            throw new IOException("No such file or directory", e);
        }
    }

    private static ScanResult scan(ControlClient client) throws ClientFailure {
        if (client.demand(Request.Rescan::new, _ -> {}) instanceof Reply.Scanned(long _, ScanResult scan)) {
            return scan;
        }
        throw ControlClient.unexpected();
    }
}
