package dev.reeve.daemon.scenario;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.reeve.protocol.ServiceStatus;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.awaitility.Awaitility;

/// A machine of its own, as far as one can be had without a kernel: `reeve-init` is the first process of a PID
/// namespace, and its root a file system (overlayfs over this machine's) that nobody else has. As a kernel hands it
/// over: / read-only, no /proc, no environment but the kernel's, and /dev/console, which is a fifo that this reads.
public final class BareMachine implements AutoCloseable {
    public static final Duration PATIENCE = Duration.ofSeconds(60);

    /// Ends as the first process does: see [#awaitEnd].
    private static final String OWN_MACHINE = """
            set -e
            home=$1 java=$2 base=$3
            shift 3
            [ $$ = 1 ] || { echo 'not the first process of a PID namespace' >&2; exit 1; }
            mount -t tmpfs machine /mnt
            mkdir /mnt/upper /mnt/work /mnt/root
            mount -t overlay machine -o lowerdir=/,upperdir=/mnt/upper,workdir=/mnt/work /mnt/root
            mount -t proc proc /mnt/root/proc
            for shown in "$home" "$java"; do
                [ -e "/mnt/root$shown/bin" ] || { mkdir -p "/mnt/root$shown"; mount --bind "$shown" "/mnt/root$shown"; }
            done
            mkdir -p /mnt/root/old
            rm -rf /mnt/root/dev /mnt/root/run
            mkdir /mnt/root/dev /mnt/root/run
            [ ! -d "$base" ] || { mkdir -p /mnt/root/etc/reeve-init; cp -a "$base/." /mnt/root/etc/reeve-init; }
            [ ! -d "${base%/*}/root" ] || cp -a "${base%/*}/root/." /mnt/root
            cd /mnt/root
            pivot_root . old
            cd /
            mknod -m 666 /dev/null c 1 3
            mknod -m 666 /dev/urandom c 1 9
            mkfifo -m 600 /dev/console
            umount -l /old
            umount /proc
            mount -o remount,ro /
            echo ready
            exec >/dev/console 2>&1
            exec env -i HOME=/ TERM=linux REEVE_JAVA_HOME="$java" quiet=1 "$home/bin/reeve-init" "$@"
            """;

    private final Process process;
    private final long pid;

    /// Written by its reader alone.
    private volatile String console = "";

    private BareMachine(Process process) throws IOException {
        this.process = process;
        this.pid = awaitReady();
        Thread reader = new Thread(this::readConsole, "console");
        reader.setDaemon(true);
        reader.start();
    }

    /// Boots with what is in this directory for /etc/reeve-init, and what is in `root` beside it, if it is there,
    /// laid over the root directory. The arguments are those that the kernel gives.
    public static BareMachine on(Path basedir, String... arguments) throws IOException {
        assumeTrue(System.getProperty("user.name").equals("root"), "a machine needs root: run the tests as root");
        List<String> command = new ArrayList<>(List.of(
                "unshare",
                "--pid",
                "--mount",
                "--fork",
                "--kill-child",
                "sh",
                "-c",
                OWN_MACHINE,
                "machine",
                System.getProperty("reeve.home"),
                System.getProperty("java.home"),
                basedir.toString()));
        command.addAll(List.of(arguments));
        return new BareMachine(new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start());
    }

    /// A script in a basedir, made executable.
    public static Path script(Path basedir, String path, String text) throws IOException {
        Path script = basedir.resolve(path);
        Files.createDirectories(script.getParent());
        Files.writeString(script, "#!/bin/sh\n" + text + "\n");
        return Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    /// The pid of its first process, as this machine sees it.
    public long pid() {
        return pid;
    }

    /// A file of it.
    public Path path(String absolute) {
        return Path.of("/proc/" + pid + "/root" + absolute);
    }

    /// What its console has shown so far.
    public String console() {
        return console;
    }

    public RawClient client() throws IOException {
        return new RawClient(path("/run/service/.s6-svscan/reeve/control.sock"));
    }

    /// Waits until the service is as it should be.
    public ServiceStatus await(String service, Predicate<ServiceStatus> condition) {
        ServiceStatus[] status = new ServiceStatus[1];
        await("service " + service, () -> {
            try (RawClient client = client()) {
                status[0] = client.status(service).getFirst();
                return condition.test(status[0]);
            } catch (IOException | ClassCastException e) {
                return false;
            }
        });
        return status[0];
    }

    /// Waits for it, and shows the console where that is in vain.
    public void await(String what, BooleanSupplier condition) {
        try {
            Awaitility.await(what)
                    .atMost(PATIENCE)
                    .pollInterval(Duration.ofMillis(20))
                    .until(condition::getAsBoolean);
        } catch (org.awaitility.core.ConditionTimeoutException e) {
            throw new AssertionError(what + " has not come about; the console: " + console, e);
        }
    }

    public void awaitConsole(String text) {
        await("\"" + text + "\" on the console", () -> console().contains(text));
    }

    public void signal(String name) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-" + name, Long.toString(pid)).start().waitFor();
    }

    /// Waits for the end of its first process, and answers by which signal the kernel has ended it
    /// (pid_namespaces(7)): SIGHUP (1) for a reboot, SIGINT (2) for a halt or power off.
    public int awaitEnd() throws InterruptedException {
        if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            throw new AssertionError("the machine has not ended; the console: " + console);
        }
        return process.exitValue() - 128;
    }

    @Override
    public void close() {
        process.destroyForcibly();
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private long awaitReady() throws IOException {
        String line = process.inputReader().readLine();
        if (!"ready".equals(line)) {
            throw new IOException("no machine of its own could be made: " + line);
        }
        return process.children().findFirst().orElseThrow().pid();
    }

    private void readConsole() {
        try (InputStream fifo = Files.newInputStream(path("/dev/console"))) {
            byte[] bytes = new byte[4096];
            for (int length = fifo.read(bytes); length > 0; length = fifo.read(bytes)) {
                console = console.concat(new String(bytes, 0, length, StandardCharsets.UTF_8));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
