package dev.reeve.daemon.life;

/// An end that someone orders.
public record EndOrder(How how) {

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
        KEXEC
    }
}
