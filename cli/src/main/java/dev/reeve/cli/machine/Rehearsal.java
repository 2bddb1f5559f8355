package dev.reeve.cli.machine;

import dev.reeve.cli.outside.ClientFailure;
import dev.reeve.cli.outside.ExitCode;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// Boots an init directory by its exact boot line as process 1 of a PID and mount namespace, with a read-only / and
/// without /proc, as a kernel would; then has it end.
///
/// Of its services, only the catch-all logger starts, and in the place of its scripts there is one that says that
/// it was reached, and ends the machine. reboot(2) ends no more than the namespace, and it lacks the capability
/// to take this machine's keyboard.
public final class Rehearsal {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int LINES_TOLD = 20;

    /// $1 is the directory, $2 its copy.
    private static final String COPY = """
            cp -a "$1" "$2" && cd "$2" && rm -f scripts/rc.shutdown scripts/rc.shutdown.final &&
            for service in run-image/service/*; do
                [ "${service##*/}" = s6-svscan-log ] || rm -rf "$service"
            done
            """;

    /// $1 is the copy, $2 the basedir. A descriptor whose end is to be waited for (-W) is at its end.
    private static final String STAGE = """
            mount --bind "$1" "$2" &&
            mount -o remount,bind,ro / &&
            { umount -l /sys 2>/dev/null; umount -l /proc; } &&
            awaited=$(sed -n 's/.* -W \\([3-9]\\) .*/\\1/p' "$2/bin/init") &&
            eval "${awaited:+exec $awaited</dev/null}" &&
            exec env -i HOME=/ TERM=linux "$2/bin/init"
            """;

    private static final List<String> NAMESPACE =
            List.of("--mount", "--propagation=private", "--pid", "--fork", "--kill-child");
    private static final List<String> FOR_WHAT_IS_STAGED =
            List.of("--bounding-set=-sys_tty_config", "sh", "-c", STAGE, "sh");

    private final Path directory;
    private final String basedir;
    private final LinuxTools tools;

    public Rehearsal(Path directory, String basedir, LinuxTools tools) {
        this.directory = directory;
        this.basedir = basedir;
        this.tools = tools;
    }

    /// Says how it went, if it went well.
    public String run() throws ClientFailure, IOException {
        if (!Files.isDirectory(Path.of(basedir))) {
            throw failure("there is no " + basedir + ": copy " + directory + " there, or leave -c out");
        }
        Path work = Files.createTempDirectory("reeve-rehearsal-");
        try {
            return run(work, copy(work));
        } finally {
            new ProcessBuilder("rm", "-rf", work.toString()).start();
        }
    }

    private String run(Path work, Path copy) throws ClientFailure, IOException {
        Path output = work.resolve("output");
        List<String> command = new ArrayList<>(tools.words("unshare"));
        command.addAll(NAMESPACE);
        command.addAll(tools.words("setpriv"));
        command.addAll(FOR_WHAT_IS_STAGED);
        command.addAll(List.of(copy.toString(), basedir));
        long start = System.nanoTime();
        Process process = start(command, output);
        boolean ended = hasEnded(process);
        process.destroyForcibly();
        if (!Files.exists(copy.resolve("reached"))) {
            throw failure("rc.init was not reached" + said(output));
        }
        if (!ended) {
            throw failure("it booted, and did not end within " + PATIENCE.toSeconds() + " s" + said(output));
        }
        long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
        return "the rehearsal went well: it booted to rc.init and ended within " + millis + " ms";
    }

    /// The directory as it is, but for what it would start.
    private Path copy(Path work) throws IOException, ClientFailure {
        Path copy = work.resolve("copy");
        Path output = work.resolve("output");
        Process process = start(List.of("sh", "-c", COPY, "sh", directory.toString(), copy.toString()), output);
        if (!hasEnded(process) || process.exitValue() != 0) {
            throw failure("a copy of " + directory + " cannot be made" + said(output));
        }
        Files.writeString(copy.resolve("scripts/rc.init"), """
                #!/bin/sh
                : >%s
                kill -USR1 1
                """.formatted(Shell.quoted(basedir + "/reached")));
        return copy;
    }

    private static Process start(List<String> command, Path output) throws IOException {
        return new ProcessBuilder(command)
                .redirectInput(new File("/dev/null"))
                .redirectOutput(output.toFile())
                .redirectErrorStream(true)
                .start();
    }

    private static boolean hasEnded(Process process) {
        try {
            return process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static String said(Path output) throws IOException {
        List<String> lines = Files.readAllLines(output);
        List<String> last = lines.subList(Math.max(0, lines.size() - LINES_TOLD), lines.size());
        return last.isEmpty() ? "" : "; it said: " + String.join("; ", last);
    }

    private static ClientFailure failure(String reason) {
        return new ClientFailure(ExitCode.FAILED, "the rehearsal failed, and nothing is linked: " + reason);
    }
}
