package dev.reeve.bridge;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// An input device (evdev): keys that are pressed, a machine's power button among them. It ends with its device.
public final class InputFd extends KernelFd {

    /// Keys by which people switch a machine off (linux/input-event-codes.h).
    public static final int KEY_POWER = 116;

    public static final int KEY_POWER2 = 0x164;

    /// `struct input_event`: a time of 16 bytes, type, code, value.
    private static final int EVENT_BYTES = 24;

    private static final int TYPE_AT = 16;
    private static final int CODE_AT = 18;
    private static final int VALUE_AT = 20;
    private static final int EVENTS_AT_ONCE = 64;
    private static final int EV_KEY = 1;
    private static final int PRESSED = 1;

    private final Listener listener;

    /// What who listens to a device is told, on the loop's thread.
    public interface Listener {
        /// This key was pressed.
        void onPressed(int key);

        /// Cannot be read any more, and is closed: the device is gone (ENODEV), as a rule.
        void onFailed(ErrnoException cause);
    }

    /// Takes over a descriptor that [LinuxInput#openPowerButton] answered.
    public InputFd(Kernel kernel, int fd, Listener listener) {
        super(kernel, fd);
        this.listener = listener;
    }

    /// The kernel gives whole events only.
    @Override
    public void onReadable() {
        ByteBuffer buffer = ByteBuffer.allocate(EVENTS_AT_ONCE * EVENT_BYTES).order(ByteOrder.nativeOrder());
        try {
            int length = kernel.read(fd(), buffer);
            if (length == 0) {
                throw new ErrnoException("read input device", Errno.ENODEV);
            }
        } catch (ErrnoException failure) {
            close();
            listener.onFailed(failure);
            return;
        }
        buffer.flip();
        for (int at = 0; at + EVENT_BYTES <= buffer.limit() && !isClosed(); at += EVENT_BYTES) {
            boolean isPressed = buffer.getShort(at + TYPE_AT) == EV_KEY && buffer.getInt(at + VALUE_AT) == PRESSED;
            if (isPressed) {
                listener.onPressed(Short.toUnsignedInt(buffer.getShort(at + CODE_AT)));
            }
        }
    }
}
