package dev.reeve.cli;

import dev.reeve.cli.outside.ClientFailure;
import dev.reeve.cli.outside.ControlClient;
import dev.reeve.cli.outside.ExitCode;
import dev.reeve.protocol.HowToEnd;
import dev.reeve.protocol.Request;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `poweroff`, `reboot` and `halt`: the machine ends, now. Answered when the daemon has begun with it.
final class MachineCommands {
    private MachineCommands() {}

    @Command(
            name = "poweroff",
            description = "Have every service end, and the machine whose init the daemon is, which is switched off.")
    static final class Poweroff implements Callable<Integer> {
        private final ReeveClient reeve;

        Poweroff(ReeveClient reeve) {
            this.reeve = reeve;
        }

        @Override
        public Integer call() throws ClientFailure {
            return end(reeve, HowToEnd.POWEROFF);
        }
    }

    @Command(name = "reboot", description = "Have every service end, and the machine begin anew.")
    static final class Reboot implements Callable<Integer> {
        private final ReeveClient reeve;

        @Option(names = "--kexec", description = "with the kernel that kexec(8) has loaded, if it has")
        private boolean kexec;

        Reboot(ReeveClient reeve) {
            this.reeve = reeve;
        }

        @Override
        public Integer call() throws ClientFailure {
            return end(reeve, kexec ? HowToEnd.KEXEC : HowToEnd.REBOOT);
        }
    }

    @Command(name = "halt", description = "Have every service end, and the machine stop; it stays on.")
    static final class Halt implements Callable<Integer> {
        private final ReeveClient reeve;

        @Option(names = "-p", description = "switch it off, as poweroff does")
        private boolean off;

        Halt(ReeveClient reeve) {
            this.reeve = reeve;
        }

        @Override
        public Integer call() throws ClientFailure {
            return end(reeve, off ? HowToEnd.POWEROFF : HowToEnd.HALT);
        }
    }

    private static int end(ReeveClient reeve, HowToEnd how) throws ClientFailure {
        try (ControlClient client = reeve.connect()) {
            client.demand(id -> new Request.Shutdown(id, how), _ -> {});
            return ExitCode.DONE;
        }
    }
}
