package dev.reeve.bridge;

/// The functions of glibc that only the first process of a machine calls, and their constants, as [Libc] and its
/// companions have the others: looked up when the first of them is called, so that a supervisor pays nothing for
/// them.
final class LibcMachine {
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

    private static final SystemCall CHDIR = new SystemCall("chdir");
    private static final NativeFunction GETPID = new NativeFunction("getpid");
    private static final SystemCall IOCTL = new SystemCall("ioctl");
    private static final SystemCall KILL = new SystemCall("kill");
    private static final SystemCall MKNODAT = new SystemCall("mknodat");
    private static final SystemCall MOUNT = new SystemCall("mount");
    private static final SystemCall REBOOT = new SystemCall("reboot");
    private static final SystemCall SETSID = new SystemCall("setsid");
    private static final SystemCall SWAPOFF = new SystemCall("swapoff");
    private static final NativeFunction SYNC = new NativeFunction("sync");
    private static final SystemCall UMOUNT2 = new SystemCall("umount2");

    private LibcMachine() {}

    static int chdir(long path) {
        return CHDIR.answer(path);
    }

    static int getpid() {
        return (int) GETPID.call();
    }

    static int ioctl(int fd, long request, long argument) {
        return IOCTL.answer(fd, request, argument);
    }

    static int kill(int pid, int signal) {
        return KILL.answer(pid, signal);
    }

    static int mknodat(int directory, long path, int mode, long device) {
        return MKNODAT.answer(directory, path, mode, device);
    }

    static int mount(long source, long target, long type, long flags, long data) {
        return MOUNT.answer(source, target, type, flags, data);
    }

    static int reboot(int command) {
        return REBOOT.answer(command);
    }

    static int setsid() {
        return SETSID.answer();
    }

    static int swapoff(long path) {
        return SWAPOFF.answer(path);
    }

    static void sync() {
        SYNC.call();
    }

    static int umount2(long target, int flags) {
        return UMOUNT2.answer(target, flags);
    }
}
