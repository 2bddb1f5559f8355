package dev.reeve.daemon.boot;

import dev.reeve.bridge.Errno;
import dev.reeve.bridge.ErrnoException;
import dev.reeve.bridge.Kernel;
import dev.reeve.bridge.Kernel.FileStatus;
import dev.reeve.bridge.Machine;
import dev.reeve.bridge.Machine.MountFlag;
import dev.reeve.bridge.Machine.MountOrder;
import dev.reeve.daemon.catchall.Console;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// What comes before the loop, as short as it can be (as s6-linux-init's): a writable /run with the services that
/// boot the machine, their environment, and the keys that end it.
///
/// By now / may be read-only, /proc, /sys and /dev empty, and descriptors 0 to 2 of any kind. A step that fails is
/// told on the console, and the next one follows: half a machine with a login beats none.
public final class StageOne {
    /// Where the services are that boot the machine.
    public static final Path SCAN_DIRECTORY = Path.of("/run/service");

    private static final String RUN = "/run";
    private static final String RUN_MODE = "mode=0755";
    private static final int WINCH = 28;
    private static final int STANDARD_INPUT = 0;

    private final Kernel kernel;
    private final Machine machine;
    private final InitOptions options;
    private final Console console;

    public StageOne(Kernel kernel, Machine machine, InitOptions options, Console console) {
        this.kernel = kernel;
        this.machine = machine;
        this.options = options;
        this.console = console;
    }

    /// A step that may fail.
    private interface Step {
        void run() throws ErrnoException, IOException;
    }

    /// Answers the environment of services. `given` is what the kernel has started this process with.
    public List<byte[]> run(List<byte[]> given) {
        options.complaints().forEach(console::say);
        attempt("-W is not heeded", this::awaitReadiness);
        attempt("the working directory is not /", () -> machine.changeDirectory("/"));
        machine.setUmask(options.umask());
        options.deviceDirectory().ifPresent(this::mountDevices);
        if (!options.inContainer()) {
            console.open();
        }
        attempt("services read from the console", this::readNothing);
        mountRun();
        Path image = basedir("run-image");
        new RunImage(machine, console).copy(image, Path.of(RUN));
        attempt("there are no services", () -> Files.createDirectories(SCAN_DIRECTORY));
        attempt("rc.init and rc.shutdown cannot be started", () -> ScriptServices.write(options, SCAN_DIRECTORY));
        options.environmentStore()
                .ifPresent(store -> attempt(
                        "the kernel's environment is not kept", () -> InitEnvironment.store(given, Path.of(store))));
        List<byte[]> environment = environment();
        leadSession();
        if (!options.inContainer()) {
            takeKeys();
        }
        return environment;
    }

    /// Whoever started a container has something to do before it may go on.
    private void awaitReadiness() throws ErrnoException {
        if (options.waitForEndOf().isEmpty()) {
            return;
        }
        int fd = options.waitForEndOf().getAsInt();
        if (!isHandedOver(fd)) {
            console.say("-W " + fd + " is not heeded: nobody has opened descriptor " + fd + " for it; whoever starts"
                    + " this is to hand over the reading end of a pipe");
            return;
        }
        ByteBuffer ignored = ByteBuffer.allocate(1);
        while (kernel.read(fd, ignored.clear()) > 0) {
            // Its end counts, not what comes before.
        }
        kernel.close(fd);
    }

    /// A number that nobody has opened may be that of a file which the JVM reads itself from.
    private boolean isHandedOver(int fd) throws ErrnoException {
        try {
            FileStatus status = kernel.statusAt(fd, "");
            return status != null
                    && status.kind() != FileStatus.Kind.REGULAR
                    && status.kind() != FileStatus.Kind.DIRECTORY;
        } catch (ErrnoException e) {
            if (e.errno() == Errno.EBADF) {
                return false;
            }
            throw e;
        }
    }

    /// Only now there is a console and a /dev/null, and what serves as descriptors 0 to 2 may be of any kind.
    private void mountDevices(String directory) {
        attempt("there are no devices", () -> {
            machine.mount(new MountOrder(
                    "dev", directory, "devtmpfs", Set.of(MountFlag.NO_SETUID, MountFlag.NO_PROGRAMS), ""));
            console.takeBack();
        });
    }

    /// What a service reads from its standard input is its end.
    private void readNothing() throws ErrnoException {
        int nothing = machine.openNothing();
        kernel.duplicate(nothing, STANDARD_INPUT);
        kernel.close(nothing);
    }

    private void mountRun() {
        switch (options.runMount()) {
            case LEFT_ALONE -> {}
            case AGAIN -> attempt(RUN + " is left as it is", () -> machine.mount(run(MountFlag.AGAIN)));
            case NEW -> {
                attempt("what is on " + RUN + " stays below", this::unmountRun);
                attempt("nothing can be written to " + RUN, () -> machine.mount(run()));
            }
        }
    }

    private void unmountRun() throws ErrnoException {
        try {
            machine.unmount(RUN);
        } catch (ErrnoException e) {
            if (e.errno() != Errno.EINVAL) {
                throw e;
            }
            // Nothing is mounted there, as it should be.
        }
    }

    private static MountOrder run(MountFlag... more) {
        Set<MountFlag> flags = new HashSet<>(Set.of(MountFlag.NO_DEVICES, MountFlag.NO_SETUID));
        flags.addAll(List.of(more));
        return new MountOrder("tmpfs", RUN, "tmpfs", flags, RUN_MODE);
    }

    private List<byte[]> environment() {
        Path envdir = basedir("env");
        try {
            return InitEnvironment.read(envdir, options.path());
        } catch (IOException | RuntimeException e) {
            console.say("services have no environment but PATH, since " + envdir + " cannot be read", e);
            return InitEnvironment.of(options.path());
        }
    }

    /// A container's first process leads one already.
    private void leadSession() {
        try {
            machine.leadSession();
        } catch (ErrnoException e) {
            if (e.errno() != Errno.EPERM) {
                console.say("no session of its own", e);
            }
        }
    }

    /// A machine without a screen has no keyboard, and a PID namespace no Ctrl-Alt-Del.
    private void takeKeys() {
        try {
            machine.takeKeyboardRequest(WINCH);
        } catch (ErrnoException e) {
            if (!Set.of(Errno.ENOENT, Errno.ENXIO, Errno.ENODEV).contains(e.errno())) {
                console.say("no keyboard request", e);
            }
        }
        try {
            machine.takeCtrlAltDel();
        } catch (ErrnoException e) {
            if (e.errno() != Errno.EINVAL) {
                console.say("Ctrl-Alt-Del reboots at once", e);
            }
        }
    }

    private Path basedir(String name) {
        return Path.of(options.basedir(), name);
    }

    private void attempt(String consequence, Step step) {
        try {
            step.run();
        } catch (ErrnoException | IOException | RuntimeException e) {
            console.say(consequence, e);
        }
    }
}
