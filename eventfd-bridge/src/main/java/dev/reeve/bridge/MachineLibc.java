package dev.reeve.bridge;

import jnr.ffi.LibraryLoader;

/// The functions of glibc that only the first process of a machine calls, and their constants, under C's own names,
/// as [Libc] has the others: loaded when the first of them is called, so that a supervisor pays nothing for them.
/// The errno is [Libc#errno].
final class MachineLibc {
    static final int KDSIGACCEPT = 0x4b4e;
    static final int MNT_FORCE = 1;
    static final int MNT_DETACH = 2;
    static final int UMOUNT_NOFOLLOW = 8;
    static final int MS_RDONLY = 1;
    static final int MS_NOSUID = 2;
    static final int MS_NODEV = 4;
    static final int MS_NOEXEC = 8;
    static final int MS_REMOUNT = 32;
    static final int MS_BIND = 4096;
    static final int RB_AUTOBOOT = 0x01234567;
    static final int RB_DISABLE_CAD = 0;
    static final int RB_HALT_SYSTEM = 0xcdef0123;
    static final int RB_KEXEC = 0x45584543;
    static final int RB_POWER_OFF = 0x4321fedc;

    /// The functions themselves.
    static final Functions C = LibraryLoader.create(Functions.class).load("libc.so.6");

    private MachineLibc() {}

    /// Public for the JVM's sake, as [Libc.Functions] is, and with the same types.
    public interface Functions {
        int chdir(long path);

        int getpid();

        int ioctl(int fd, long request, long argument);

        int kill(int pid, int signal);

        int mknodat(int directory, long path, int mode, long device);

        int mount(long source, long target, long type, long flags, long data);

        int reboot(int command);

        int setsid();

        int swapoff(long path);

        void sync();

        int umount2(long target, int flags);
    }
}
