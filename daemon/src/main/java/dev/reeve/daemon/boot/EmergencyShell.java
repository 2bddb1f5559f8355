package dev.reeve.daemon.boot;

import dev.reeve.bridge.ErrnoException;
import dev.reeve.bridge.Kernel;
import dev.reeve.bridge.Machine;
import dev.reeve.bridge.SpawnOrder;
import dev.reeve.bridge.SpawnOrder.PassedFd;
import dev.reeve.daemon.catchall.Console;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;

/// A shell on the console, for a machine on which nothing can be supervised: sulogin(8), which wants root's
/// password, or where there is none /bin/sh. When it ends, so does the machine.
public final class EmergencyShell {
    private static final List<String> PROGRAMS = List.of("/sbin/sulogin", "/usr/sbin/sulogin", "/bin/sh");

    private final Kernel kernel;
    private final Machine machine;
    private final Console console;

    public EmergencyShell(Kernel kernel, Machine machine, Console console) {
        this.kernel = kernel;
        this.machine = machine;
        this.console = console;
    }

    /// Returns when it has ended, or cannot be had.
    public void run(List<byte[]> environment) {
        for (String program : PROGRAMS) {
            if (Files.isExecutable(Path.of(program))) {
                console.say("this is an emergency shell; the machine reboots when it ends (" + program + ")");
                if (isRun(program, environment)) {
                    return;
                }
            }
        }
        console.say("and there is no shell to see to it");
    }

    private boolean isRun(String program, List<byte[]> environment) {
        try {
            int terminal = machine.openTerminal(Console.PATH);
            List<PassedFd> passed =
                    List.of(new PassedFd(terminal, 0), new PassedFd(terminal, 1), new PassedFd(terminal, 2));
            int root = kernel.openDirectory("/");
            int pid = kernel.spawn(new SpawnOrder(root, program, List.of(program), environment, passed));
            OptionalInt ended = machine.awaitAnyChild();
            while (ended.isPresent() && ended.getAsInt() != pid) {
                ended = machine.awaitAnyChild();
            }
            return true;
        } catch (ErrnoException e) {
            console.say("it cannot be run", e);
            return false;
        }
    }
}
