package dev.reeve.bridge;

import java.util.OptionalInt;
import java.util.Set;

/// What only the first process of a machine, or of a container, asks of the kernel: the seam beside [Kernel] for
/// what comes before the loop runs, and after it.
///
/// Every method may be called from any thread, and takes EINTR upon itself. A failing call throws [ErrnoException]
/// with the call's name and its errno. Paths are absolute. Methods say where they may block: for as long as a disk
/// or a file server takes, which may be for ever, and nothing can stop them then but the end of the machine.
public interface Machine {

    /// Whether this process is the first of its machine or PID namespace (getpid(2) is 1): orphans become its
    /// children, and the machine ends with it.
    boolean isOurs();

    /// Changes this process's working directory, in which the kernel looks up what is relative. (Java has made up
    /// its mind about that when it started.)
    void changeDirectory(String path) throws ErrnoException;

    /// Changes this process's umask.
    void setUmask(int mask);

    /// Makes this process the leader of a session of its own, without a terminal. EPERM: it leads a process group
    /// already.
    void leadSession() throws ErrnoException;

    /// From now on Ctrl-Alt-Del is SIGINT to process 1, instead of rebooting at once (reboot(2), RB_DISABLE_CAD).
    /// EINVAL in a PID namespace other than the machine's first; EPERM without CAP_SYS_BOOT.
    void takeCtrlAltDel() throws ErrnoException;

    /// From now on the keyboard request (Alt-Up usually) is this signal to this process (KDSIGACCEPT,
    /// ioctl_console(2)). ENOENT, ENXIO or ENODEV: there is no /dev/tty0, or no virtual terminal behind it.
    void takeKeyboardRequest(int signal) throws ErrnoException;

    /// Opens a terminal to read from and to write to, as a login does; a child may make it its own.
    int openTerminal(String path) throws ErrnoException;

    /// Opens /dev/null to read from.
    int openNothing() throws ErrnoException;

    /// Makes a fifo, a socket's file or a device (mknod(2)): `mode` says which, as st_mode does, and its
    /// permissions, which it has exactly. `device` is what st_rdev has of a device. EEXIST: the name is taken.
    /// EPERM: devices need CAP_MKNOD. **May block.**
    void makeNode(String path, int mode, long device) throws ErrnoException;

    /// Mounts a file system (mount(2)). ENODEV: the kernel does not know the type. EBUSY: it is mounted there.
    /// **May block.**
    void mount(MountOrder order) throws ErrnoException;

    /// Takes away what is mounted there last (umount2(2)), without following a symlink. EINVAL: nothing is. EBUSY:
    /// it is in use. **May block** until all that was written to it is on its disk.
    void unmount(String target) throws ErrnoException;

    /// The same, without waiting for a server that does not answer and for users (MNT_FORCE, MNT_DETACH): nobody
    /// finds it any more, and it ends with its last user. **May block** all the same.
    void abandonMount(String target) throws ErrnoException;

    /// Makes what is mounted there read-only, in use as it is. EBUSY: a file of it is open to be written. In a PID
    /// namespace other than the machine's first this is true of this mount only: the file system is others', too.
    /// **May block** as [#unmount] does.
    void makeReadOnly(String target) throws ErrnoException;

    /// Swaps to this device or file no more (swapoff(2)). Does nothing in a PID namespace other than the machine's
    /// first, since the memory is others', too. EINVAL: nobody did. ENOMEM: what is swapped out does not fit into
    /// memory. **Blocks** until it is read back.
    void stopSwapping(String path) throws ErrnoException;

    /// Writes everything to the disks that is not there yet (sync(2)). **Blocks** until it is.
    void sync();

    /// Sends a signal to every process but this one. Answers whether there was any. Refused where this process is
    /// not the first (IllegalStateException): it would reach what is not ours.
    boolean signalAll(int signal) throws ErrnoException;

    /// **Waits** until any child ends, reaps it and answers its pid; empty when there is no child at all any more.
    /// Where this process is the first, that says that no other is left, since each has it for an ancestor.
    OptionalInt awaitAnyChild() throws ErrnoException;

    /// Ends the machine, at once and whatever is running (reboot(2)). On a machine it does not return; in a PID
    /// namespace the whole namespace ends as if its first process were killed by SIGHUP ([Ending#RESTART]) or
    /// SIGINT (the others). EPERM: without CAP_SYS_BOOT. EINVAL: no kernel was loaded that [Ending#KEXEC] could
    /// execute.
    void end(Ending ending) throws ErrnoException;

    /// What becomes of a machine at its end.
    enum Ending {
        /// It starts again from its firmware.
        RESTART,
        /// Its power goes off.
        POWER_OFF,
        /// It stops, and its power stays on.
        HALT,
        /// It starts the kernel that was loaded by kexec(8), without the firmware.
        KEXEC
    }

    /// What is mounted where. `source` is a device, or any word for a file system that has none; `data` is in the
    /// file system's own words, `mode=0755` for one.
    record MountOrder(String source, String target, String type, Set<MountFlag> flags, String data) {}

    /// Flags of mount(2).
    enum MountFlag {
        NO_DEVICES(LibcMachine.MS_NODEV),
        NO_SETUID(LibcMachine.MS_NOSUID),
        NO_PROGRAMS(LibcMachine.MS_NOEXEC),
        /// What is mounted there already gets these flags and data.
        AGAIN(LibcMachine.MS_REMOUNT);

        final int bit;

        MountFlag(int bit) {
            this.bit = bit;
        }
    }
}
