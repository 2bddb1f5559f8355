package dev.reeve.bridge;

import java.util.OptionalInt;

/// The input devices of this machine (evdev), by way of glibc.
public final class LinuxInput {
    /// The bits of all keys there are: KEY_MAX is 0x2ff.
    private static final int KEY_BYTES = 0x300 / Byte.SIZE;

    /// EVIOCGBIT(EV_KEY, KEY_BYTES): which keys a device has.
    private static final long EVIOCGBIT_KEY = 0x80000000L | (KEY_BYTES << 16) | ('E' << 8) | 0x21;

    private LinuxInput() {}

    /// Opens an input device, non-blocking, for an [InputFd], if it has a key by which a machine is switched off.
    /// ENOENT, ENODEV or ENXIO where there is no such device (any more). May take as long as it takes the device to
    /// wake up.
    public static OptionalInt openPowerButton(String path) throws ErrnoException {
        int fd = LinuxFiles.open(
                LinuxFiles.AT_FDCWD, path, Libc.O_RDONLY | Libc.O_NOCTTY | Libc.O_NONBLOCK | Libc.O_CLOEXEC);
        if (hasPowerKey(fd)) {
            return OptionalInt.of(fd);
        }
        LibcFiles.close(fd);
        return OptionalInt.empty();
    }

    /// What is no input device (ENOTTY) has none.
    private static boolean hasPowerKey(int fd) {
        NativeMemory memory = NativeMemory.ofThread();
        int keys = memory.reserveZeroed(KEY_BYTES);
        long result = LibcMachine.ioctl(fd, EVIOCGBIT_KEY, memory.address(keys));
        return result >= 0 && (has(memory, keys, InputFd.KEY_POWER) || has(memory, keys, InputFd.KEY_POWER2));
    }

    private static boolean has(NativeMemory memory, int keys, int key) {
        return (memory.bytes().get(keys + key / Byte.SIZE) & (1 << (key % Byte.SIZE))) != 0;
    }
}
