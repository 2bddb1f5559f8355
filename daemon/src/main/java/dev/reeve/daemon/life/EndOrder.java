package dev.reeve.daemon.life;

import java.time.Duration;
import java.util.Optional;

/// An end that someone orders, to begin after some time. `grace` is how long processes that are no service's, or did
/// not end with theirs, have between SIGTERM and SIGKILL; empty for the usual one.
public record EndOrder(How how, Duration after, Optional<Duration> grace) {

    /// What is to come after it.
    public enum How {
        /// The daemon ends, and nothing else.
        EXIT,
        /// The machine is switched off.
        POWEROFF,
        /// The machine begins anew.
        REBOOT,
        /// The machine stops, and stays on.
        HALT,
        /// The machine begins anew with the kernel that was loaded, or as with [#REBOOT] where none was.
        KEXEC;

        /// As in "the machine is to ...".
        String words() {
            return switch (this) {
                case EXIT -> "exit";
                case POWEROFF -> "power off";
                case REBOOT -> "reboot";
                case HALT -> "halt";
                case KEXEC -> "boot the kernel that was loaded";
            };
        }
    }

    /// At once, with the usual grace.
    public EndOrder(How how) {
        this(how, Duration.ZERO, Optional.empty());
    }

    boolean isForNow() {
        return after.isZero();
    }

    EndOrder due() {
        return new EndOrder(how, Duration.ZERO, grace);
    }
}
