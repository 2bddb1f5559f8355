package dev.reeve.cli.machine;

import dev.reeve.cli.outside.ClientFailure;
import dev.reeve.cli.outside.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;

/// The links by which a kernel and its administrators find an init directory: /sbin/init and its companions.
///
/// What was there before is kept beside them, and at no moment there is nothing: a machine that loses power meanwhile
/// boots by the one or by the other.
public final class SbinLinks {
    private static final String KEPT = ".before-reeve";

    private final Path sbin;
    private final Path programs;

    public SbinLinks(Path sbin, String basedir) {
        this.sbin = sbin;
        this.programs = Path.of(basedir, "bin");
    }

    /// Says what it has done, a sentence each. /sbin/init is last, so that whatever goes wrong before, the machine
    /// boots as it did.
    public List<String> make() throws IOException, ClientFailure {
        List<String> done = new ArrayList<>();
        for (String program : InitDirectory.PROGRAMS.reversed()) {
            Path link = sbin.resolve(program);
            Path target = programs.resolve(program);
            if (Files.isSymbolicLink(link) && Files.readSymbolicLink(link).equals(target)) {
                continue;
            }
            if (Files.exists(link, LinkOption.NOFOLLOW_LINKS)) {
                done.add("what was " + link + " is " + keep(link));
            }
            Path next = Files.createSymbolicLink(sbin.resolve("." + program + ".reeve"), target);
            Files.move(next, link, StandardCopyOption.ATOMIC_MOVE);
            done.add(link + " is a link to " + target);
        }
        return done;
    }

    private static Path keep(Path file) throws IOException, ClientFailure {
        Path kept = file.resolveSibling(file.getFileName() + KEPT);
        if (Files.exists(kept, LinkOption.NOFOLLOW_LINKS)) {
            throw new ClientFailure(
                    ExitCode.FAILED,
                    kept + " keeps an earlier " + file + " already, and " + file
                            + " is something else by now: remove one" + " of them");
        }
        return Files.isSymbolicLink(file)
                ? Files.createSymbolicLink(kept, Files.readSymbolicLink(file))
                : Files.createLink(kept, file);
    }
}
