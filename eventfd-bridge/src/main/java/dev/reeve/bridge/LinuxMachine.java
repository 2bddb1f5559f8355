package dev.reeve.bridge;

import static dev.reeve.bridge.SystemCall.failed;

import dev.reeve.bridge.Kernel.ChildEnd;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/// The machine that this process runs on, by way of glibc.
public final class LinuxMachine implements Machine {
    private static final int FIRST_PROCESS = 1;
    private static final int EVERYBODY_ELSE = -1;
    private static final int PERMISSIONS = 07777;
    private static final String KEYBOARD = "/dev/tty0";

    @Override
    public boolean isOurs() {
        return LibcMachine.getpid() == FIRST_PROCESS;
    }

    @Override
    public void changeDirectory(String path) throws ErrnoException {
        String call = "change to directory " + path;
        long name = NativeMemory.ofThread().path(call, path);
        require(call, LibcMachine.chdir(name));
    }

    @Override
    public void setUmask(int mask) {
        LibcFiles.umask(mask);
    }

    @Override
    public void leadSession() throws ErrnoException {
        require("setsid", LibcMachine.setsid());
    }

    @Override
    public void takeCtrlAltDel() throws ErrnoException {
        require("reboot RB_DISABLE_CAD", LibcMachine.reboot(LibcMachine.RB_DISABLE_CAD));
    }

    @Override
    public void takeKeyboardRequest(int signal) throws ErrnoException {
        int fd = LinuxFiles.open(
                LinuxFiles.AT_FDCWD, KEYBOARD, Libc.O_RDONLY | Libc.O_NOCTTY | Libc.O_NONBLOCK | Libc.O_CLOEXEC);
        try {
            require("ioctl KDSIGACCEPT of " + KEYBOARD, LibcMachine.ioctl(fd, LibcMachine.KDSIGACCEPT, signal));
        } finally {
            LibcFiles.close(fd);
        }
    }

    @Override
    public int openTerminal(String path) throws ErrnoException {
        return OutputFiles.openWaitingTerminal(path, Libc.O_RDWR);
    }

    @Override
    public int openNothing() throws ErrnoException {
        return LinuxFiles.open(LinuxFiles.AT_FDCWD, "/dev/null", Libc.O_RDONLY);
    }

    @Override
    public void makeNode(String path, int mode, long device) throws ErrnoException {
        String call = "make " + path;
        long name = NativeMemory.ofThread().path(call, path);
        require(call, LibcMachine.mknodat(LinuxFiles.AT_FDCWD, name, mode, device));
        // The umask has had a say in it.
        require(call, LibcFiles.fchmodat(LinuxFiles.AT_FDCWD, name, mode & PERMISSIONS, 0));
    }

    @Override
    public void mount(MountOrder order) throws ErrnoException {
        String call = "mount " + order.type() + " on " + order.target();
        NativeMemory memory = NativeMemory.ofThread();
        long source = memory.path(call, order.source());
        long target = memory.path(call, order.target());
        long type = memory.path(call, order.type());
        long data = memory.path(call, order.data());
        int flags = order.flags().stream().mapToInt(flag -> flag.bit).sum();
        require(call, LibcMachine.mount(source, target, type, flags, data));
    }

    @Override
    public void unmount(String target) throws ErrnoException {
        unmount(target, LibcMachine.UMOUNT_NOFOLLOW);
    }

    @Override
    public void abandonMount(String target) throws ErrnoException {
        unmount(target, LibcMachine.UMOUNT_NOFOLLOW | LibcMachine.MNT_FORCE | LibcMachine.MNT_DETACH);
    }

    private static void unmount(String target, int flags) throws ErrnoException {
        String call = "unmount " + target;
        long name = NativeMemory.ofThread().path(call, target);
        require(call, LibcMachine.umount2(name, flags));
    }

    @Override
    public void makeReadOnly(String target) throws ErrnoException {
        String call = "remount " + target + " read-only";
        NativeMemory memory = NativeMemory.ofThread();
        long name = memory.path(call, target);
        long none = memory.path(call, "none");
        int flags = LibcMachine.MS_REMOUNT | LibcMachine.MS_RDONLY | (isInNamespace() ? LibcMachine.MS_BIND : 0);
        require(call, LibcMachine.mount(none, name, none, flags, 0));
    }

    @Override
    public void stopSwapping(String path) throws ErrnoException {
        String call = "swapoff " + path;
        if (isInNamespace()) {
            return;
        }
        long name = NativeMemory.ofThread().path(call, path);
        require(call, LibcMachine.swapoff(name));
    }

    /// Where Ctrl-Alt-Del is not for this process to decide about, there is a machine around this one: EINVAL in a PID
    /// namespace, EPERM where a container lacks CAP_SYS_BOOT.
    private static boolean isInNamespace() {
        return isInNamespace(LibcMachine.reboot(LibcMachine.RB_DISABLE_CAD));
    }

    /// `answer` is 0 or what reboot(2) has refused with, negative: whatever refuses (seccomp may in its own way), it is
    /// not a machine of ours then.
    static boolean isInNamespace(long answer) {
        return answer != 0;
    }

    @Override
    public void sync() {
        LibcMachine.sync();
    }

    @Override
    public boolean signalAll(int signal) throws ErrnoException {
        if (!isOurs()) {
            throw new IllegalStateException("only the first process may signal all others");
        }
        long result = LibcMachine.kill(EVERYBODY_ELSE, signal);
        if (result < 0 && result != -Errno.ESRCH) {
            throw failed("kill everybody by signal " + signal, result);
        }
        return result == 0;
    }

    @Override
    public OptionalInt awaitAnyChild() throws ErrnoException {
        @Nullable ChildEnd end = LinuxChildren.awaitAny();
        return end == null ? OptionalInt.empty() : OptionalInt.of(end.pid());
    }

    @Override
    public void end(Ending ending) throws ErrnoException {
        int command = switch (ending) {
            case RESTART -> LibcMachine.RB_AUTOBOOT;
            case POWER_OFF -> LibcMachine.RB_POWER_OFF;
            case HALT -> LibcMachine.RB_HALT_SYSTEM;
            case KEXEC -> LibcMachine.RB_KEXEC;
        };
        require("reboot(2), " + ending, LibcMachine.reboot(command));
    }

    private static void require(String call, int result) throws ErrnoException {
        if (result < 0) {
            throw failed(call, result);
        }
    }
}
