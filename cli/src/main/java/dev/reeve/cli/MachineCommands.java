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

    private abstract static class EndCommand implements Callable<Integer> {
        private final ReeveClient reeve;

        EndCommand(ReeveClient reeve) {
            this.reeve = reeve;
        }

        abstract HowToEnd how();

        @Override
        public final Integer call() throws ClientFailure {
            try (ControlClient client = reeve.connect()) {
                client.demand(id -> new Request.Shutdown(id, how()), _ -> {});
                return ExitCode.DONE;
            }
        }
    }

    @Command(
            name = "poweroff",
            description = "Have every service end, and the machine whose init the daemon is, which is switched off.")
    static final class Poweroff extends EndCommand {
        Poweroff(ReeveClient reeve) {
            super(reeve);
        }

        @Override
        HowToEnd how() {
            return HowToEnd.POWEROFF;
        }
    }

    @Command(name = "reboot", description = "Have every service end, and the machine begin anew.")
    static final class Reboot extends EndCommand {
        @Option(names = "--kexec", description = "with the kernel that kexec(8) has loaded, if it has")
        private boolean kexec;

        Reboot(ReeveClient reeve) {
            super(reeve);
        }

        @Override
        HowToEnd how() {
            return kexec ? HowToEnd.KEXEC : HowToEnd.REBOOT;
        }
    }

    @Command(name = "halt", description = "Have every service end, and the machine stop; it stays on.")
    static final class Halt extends EndCommand {
        @Option(names = "-p", description = "switch it off, as poweroff does")
        private boolean off;

        Halt(ReeveClient reeve) {
            super(reeve);
        }

        @Override
        HowToEnd how() {
            return off ? HowToEnd.POWEROFF : HowToEnd.HALT;
        }
    }
}
