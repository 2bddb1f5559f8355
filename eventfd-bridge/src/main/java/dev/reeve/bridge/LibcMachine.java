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

    private static final NativeFunction CHDIR = new NativeFunction("chdir");
    private static final NativeFunction GETPID = new NativeFunction("getpid");
    private static final NativeFunction IOCTL = new NativeFunction("ioctl");
    private static final NativeFunction KILL = new NativeFunction("kill");
    private static final NativeFunction MKNODAT = new NativeFunction("mknodat");
    private static final NativeFunction MOUNT = new NativeFunction("mount");
    private static final NativeFunction REBOOT = new NativeFunction("reboot");
    private static final NativeFunction SETSID = new NativeFunction("setsid");
    private static final NativeFunction SWAPOFF = new NativeFunction("swapoff");
    private static final NativeFunction SYNC = new NativeFunction("sync");
    private static final NativeFunction UMOUNT2 = new NativeFunction("umount2");

    private LibcMachine() {}

    static int chdir(long path) {
        return (int) CHDIR.call(path);
    }

    static int getpid() {
        return (int) GETPID.call();
    }

    static int ioctl(int fd, long request, long argument) {
        return (int) IOCTL.call(fd, request, argument);
    }

    static int kill(int pid, int signal) {
        return (int) KILL.call(pid, signal);
    }

    static int mknodat(int directory, long path, int mode, long device) {
        return (int) MKNODAT.call(directory, path, mode, device);
    }

    static int mount(long source, long target, long type, long flags, long data) {
        return (int) MOUNT.call(source, target, type, flags, data);
    }

    static int reboot(int command) {
        return (int) REBOOT.call(command);
    }

    static int setsid() {
        return (int) SETSID.call();
    }

    static int swapoff(long path) {
        return (int) SWAPOFF.call(path);
    }

    static void sync() {
        SYNC.call();
    }

    static int umount2(long target, int flags) {
        return (int) UMOUNT2.call(target, flags);
    }
}
