package dev.reeve.cli;

import dev.reeve.cli.outside.ClientFailure;
import dev.reeve.cli.outside.ControlClient;
import dev.reeve.cli.outside.ExitCode;
import dev.reeve.protocol.HowToEnd;
import dev.reeve.protocol.Request;

/// `poweroff`, `reboot` and `halt`: the machine ends, now. Answered when the daemon has begun with it.
final class MachineCommands {
    private MachineCommands() {}

    private abstract static class EndCommand extends ReeveCommand {
        EndCommand(ReeveClient reeve, CommandName name, String description) {
            super(reeve, name, description);
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

    static final class Poweroff extends EndCommand {
        Poweroff(ReeveClient reeve) {
            super(
                    reeve,
                    CommandName.POWEROFF,
                    "Have every service end, and the machine whose init the daemon is, which is switched off.");
        }

        @Override
        HowToEnd how() {
            return HowToEnd.POWEROFF;
        }
    }

    static final class Reboot extends EndCommand {
        private final Flag kexec = with(Flag.of("--kexec", "with the kernel that kexec(8) has loaded, if it has"));

        Reboot(ReeveClient reeve) {
            super(reeve, CommandName.REBOOT, "Have every service end, and the machine begin anew.");
        }

        @Override
        HowToEnd how() {
            return kexec.isGiven() ? HowToEnd.KEXEC : HowToEnd.REBOOT;
        }
    }

    static final class Halt extends EndCommand {
        private final Flag off = with(Flag.of("-p", "switch it off, as poweroff does"));

        Halt(ReeveClient reeve) {
            super(reeve, CommandName.HALT, "Have every service end, and the machine stop; it stays on.");
        }

        @Override
        HowToEnd how() {
            return off.isGiven() ? HowToEnd.POWEROFF : HowToEnd.HALT;
        }
    }
}
