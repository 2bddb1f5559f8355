package dev.reeve.dist;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// A machine of QEMU's that boots a real kernel, without KVM: its serial console, its buttons, its end.
///
/// It does not outlive this object, and nothing is awaited for longer than until [#PATIENCE] after its start.
final class VirtualMachine implements AutoCloseable {
    static final Duration PATIENCE = Duration.ofSeconds(Integer.getInteger("reeve.machine.patience", 180));

    /// All that the kernel says goes to the console, and a panic ends the machine. The timer is not checked: where QEMU
    /// has to wait for a processor, the kernel finds that it does not tick, and panics.
    private static final String ALWAYS = "console=ttyS0 loglevel=7 panic=-1 no_timer_check ";

    private static final Path MACHINES = Path.of(System.getProperty("reeve.home"), "dist/target/machines");

    private final Process qemu;
    private final Path monitor;
    private final Console console;

    private VirtualMachine(Process qemu, Path monitor) {
        this.qemu = qemu;
        this.monitor = monitor;
        this.console = new Console(qemu.getInputStream(), qemu.getOutputStream(), PATIENCE);
    }

    /// A machine whose root is in memory; its first program is /sbin/init.
    ///
    /// What it is made of, and its console's text when it has ended, is in `target/machines/NAME`.
    static VirtualMachine inMemory(String name, LinuxKernel kernel, MachineTree root, String kernelArguments)
            throws IOException {
        Path directory = emptyDirectory(name);
        Path archive = directory.resolve("initramfs.cpio");
        Cpio.write(root, archive);
        return start(kernel, directory, "rdinit=/sbin/init " + kernelArguments, List.of("-initrd", archive.toString()));
    }

    /// A machine whose root is an ext4 file system on a disk, mounted read-only; its first program is /sbin/init.
    static VirtualMachine onDisk(String name, LinuxKernel kernel, MachineTree root, String kernelArguments)
            throws IOException {
        Path directory = emptyDirectory(name);
        return onDisk(kernel, directory, Ext4.write(root, directory), kernelArguments, List.of());
    }

    /// The same of a disk that has been made in this directory; `options` are QEMU's.
    static VirtualMachine onDisk(
            LinuxKernel kernel, Path directory, Path disk, String kernelArguments, List<String> options)
            throws IOException {
        List<String> all = new ArrayList<>(
                List.of("-drive", "if=none,id=disk,format=raw,file=" + disk, "-device", "nvme,drive=disk,serial=1"));
        all.addAll(options);
        return start(kernel, directory, "root=/dev/nvme0n1 rootfstype=ext4 ro init=/sbin/init " + kernelArguments, all);
    }

    /// Where what a machine is made of lies, and what it has left.
    static Path directory(String name) {
        return MACHINES.resolve(name);
    }

    /// The same, for a machine that is yet to be made.
    static Path emptyDirectory(String name) throws IOException {
        Path directory = directory(name);
        if (Files.exists(directory)) {
            try (Stream<Path> files = Files.walk(directory)) {
                for (Path file : (Iterable<Path>) files.sorted(Comparator.reverseOrder())::iterator) {
                    Files.delete(file);
                }
            }
        }
        return Files.createDirectories(directory);
    }

    private static VirtualMachine start(
            LinuxKernel kernel, Path directory, String kernelArguments, List<String> moreOptions) throws IOException {
        Path monitor = directory.resolve("monitor");
        // Who is killed cannot end what it has started: timeout ends QEMU then.
        List<String> command = new ArrayList<>(List.of("timeout", "--signal=KILL", PATIENCE.toSeconds() + 10 + "s"));
        command.addAll(List.of("qemu-system-x86_64", "-accel", "tcg"));
        // One processor: what a JVM compiles while it runs is costly to emulate on two.
        command.addAll(List.of("-machine", "pc", "-smp", "1", "-m", "768", "-nodefaults", "-no-user-config"));
        command.addAll(List.of("-display", "none", "-no-reboot", "-serial", "stdio"));
        command.addAll(List.of("-monitor", "unix:" + monitor + ",server=on,wait=off"));
        command.addAll(List.of("-kernel", kernel.image().toString(), "-append", ALWAYS + kernelArguments));
        command.addAll(moreOptions);
        Process qemu = new ProcessBuilder(command).redirectErrorStream(true).start();
        return new VirtualMachine(qemu, monitor);
    }

    /// Waits until this is on the console, and says when it was: System.nanoTime().
    long awaitConsole(String text) {
        return console.await(text);
    }

    /// As `awaitConsole`, but wherever it is, and without going on from there.
    long awaitAnywhere(String text) {
        return console.awaitAnywhere(text);
    }

    /// The last line on the console that has this in it.
    String lineWith(String text) {
        return console.text()
                .lines()
                .filter(line -> line.contains(text))
                .toList()
                .getLast();
    }

    /// Types a line on the console.
    void type(String line) {
        console.type(line);
    }

    /// Waits for the getty, and logs in as root. What is awaited next is behind root's first prompt.
    void login() {
        console.awaitAnywhere("login: ");
        console.type("root");
        console.await("on 'ttyS0'");
        console.await("# ");
    }

    /// Types a command where QEMU itself is commanded, such as `system_powerdown` or `sendkey ctrl-alt-delete`.
    void monitor(String command) {
        try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            channel.connect(UnixDomainSocketAddress.of(monitor));
            awaitPrompt(channel);
            channel.write(StandardCharsets.US_ASCII.encode(command + "\n"));
            awaitPrompt(channel);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void awaitPrompt(SocketChannel channel) throws IOException {
        StringBuilder text = new StringBuilder();
        ByteBuffer piece = ByteBuffer.allocate(1024);
        while (!text.toString().endsWith("(qemu) ")) {
            if (channel.read(piece.clear()) < 0) {
                throw new IOException("QEMU closed its monitor after: " + text);
            }
            text.append(StandardCharsets.US_ASCII.decode(piece.flip()));
        }
    }

    /// Waits until the kernel has switched the power off, and QEMU has ended for it. Says when the kernel did:
    /// System.nanoTime().
    long awaitPowerDown() {
        return awaitLastWords("reboot: Power down");
    }

    /// Waits until the kernel has restarted the machine, which ends QEMU here.
    long awaitRestart() {
        return awaitLastWords("reboot: Restarting system");
    }

    private long awaitLastWords(String words) {
        long moment = console.await(words);
        console.awaitEnd();
        return moment;
    }

    /// What it has written stays as the file `console` of its directory.
    @Override
    public void close() throws IOException {
        qemu.descendants().forEach(ProcessHandle::destroyForcibly);
        try {
            if (!qemu.waitFor(10, TimeUnit.SECONDS)) {
                throw new AssertionError("QEMU outlives SIGKILL: " + qemu.pid());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Files.writeString(monitor.resolveSibling("console"), console.text());
    }
}
