package dev.reeve.cli.s6;

import dev.reeve.cli.outside.ClientFailure;
import dev.reeve.cli.outside.ControlClient;
import dev.reeve.cli.outside.DaemonLine;
import dev.reeve.cli.outside.Deadline;
import dev.reeve.cli.s6.Options.Option;
import dev.reeve.protocol.Notice;
import dev.reeve.protocol.Reply;
import dev.reeve.protocol.Request;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// `svunlink`: the symlink in the scan directory goes, and so does the service, which has ended when this does.
final class Svunlink {
    private Svunlink() {}

    static int run(Invocation invocation) throws Fatal, ClientFailure {
        Options options = invocation.options("Xt:");
        boolean waits = true;
        int timeout = 0;
        for (Option option : options.given()) {
            switch (option.letter()) {
                case 'X' -> waits = false;
                default -> timeout = invocation.number(option.argument());
            }
        }
        if (options.operands().size() < 2) {
            throw invocation.usage();
        }
        String scanDirectory = options.operands().get(0);
        String name = options.operands().get(1);
        if (name.isEmpty() || name.charAt(0) == '.' || name.contains("/")) {
            throw Fatal.of(Fatal.USAGE, "invalid service name");
        }
        String toDo = "prepare unlinking of service " + name + " in scandir " + scanDirectory;
        try {
            ControlClient client = invocation.daemons().ofScanDirectory(scanDirectory);
            unlink(client, Path.of(scanDirectory, name), name, waits, Waiting.deadline(timeout), toDo);
            return 0;
        } catch (NotSupervised e) {
            throw e.unable(Fatal.SYSTEM, toDo, "s6-svscan not running");
        } catch (IOException e) {
            throw Fatal.unable(Fatal.SYSTEM, toDo, Reasons.of(e));
        }
    }

    private static void unlink(
            ControlClient client, Path link, String name, boolean waits, Deadline deadline, String toDo)
            throws IOException, Fatal, ClientFailure {
        if (!Files.isSymbolicLink(link)) {
            if (Files.exists(link)) {
                throw Fatal.unable(Fatal.SYSTEM, toDo, link + " is no symlink: move it away by other means");
            }
            return;
        }
        boolean[] isGone = {false};
        boolean isKnown = client.ask(id -> new Request.Watch(id, List.of(name)), _ -> {}) instanceof Reply.Services;
        Files.delete(link);
        client.demand(Request.Rescan::new, notice -> isGone[0] |= notice instanceof Notice.Forgotten);
        boolean waitsStill = waits && isKnown && !isGone[0];
        while (waitsStill) {
            Optional<DaemonLine> line = client.next(deadline);
            // Where the time is up, it will end all the same.
            waitsStill = line.isPresent() && !(line.get().message() instanceof Notice.Forgotten);
        }
    }
}
