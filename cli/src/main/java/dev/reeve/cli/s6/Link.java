package dev.reeve.cli.s6;

import dev.reeve.cli.outside.ClientFailure;
import dev.reeve.cli.outside.ControlClient;
import dev.reeve.cli.outside.Deadline;
import dev.reeve.protocol.Reply;
import dev.reeve.protocol.Request;
import dev.reeve.protocol.ScanResult;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/// A symlink in a scan directory to a service directory. `toDo` is what the verb says where it fails.
record Link(Path link, Path directory, String toDo) {

    /// Makes it and has the daemon take it up: a new one that is not taken up in time is removed again. The service
    /// does not start where it `staysDown`, `onlyNow` or whenever it is found again.
    void make(ControlClient client, boolean staysDown, boolean onlyNow, Deadline deadline)
            throws IOException, Fatal, ClientFailure {
        Path down = directory.resolve("down");
        boolean makesDown = staysDown && isMade(down);
        boolean isNew = isLinked();
        boolean isDone = false;
        try {
            ScanResult scan = scan(client, deadline);
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

    private static boolean isMade(Path file) throws IOException {
        try {
            Files.createFile(file);
            return true;
        } catch (FileAlreadyExistsException e) {
            return false;
        }
    }

    /// Whether there was no such link yet; another in its place is a failure.
    private boolean isLinked() throws IOException {
        try {
            Files.createSymbolicLink(link, directory.toRealPath());
            return true;
        } catch (FileAlreadyExistsException e) {
            if (Files.isSameFile(link, directory)) {
                return false;
            }
            throw new IOException("File exists", e);
        } catch (NoSuchFileException e) {
            throw new IOException("No such file or directory", e);
        }
    }

    private ScanResult scan(ControlClient client, Deadline deadline) throws Fatal, ClientFailure {
        Reply reply = client.demand(Request.Rescan::new, _ -> {}, deadline)
                .orElseThrow(() -> Fatal.unable(Fatal.TIMED_OUT, toDo, "Connection timed out"));
        if (reply instanceof Reply.Scanned(long _, ScanResult scan)) {
            return scan;
        }
        throw ControlClient.unexpected();
    }
}
