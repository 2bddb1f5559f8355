package dev.reeve.bridge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Keys, as the kernel tells of them; a fifo in the place of a device, which only a machine has.
@Timeout(60)
final class InputFdKernelTest {
    private static final int EV_SYN = 0;
    private static final int EV_KEY = 1;

    private final LinuxKernel kernel = new LinuxKernel();
    private final List<Integer> pressed = new ArrayList<>();
    private final List<ErrnoException> failures = new ArrayList<>();
    private final InputFd.Listener listener = new InputFd.Listener() {
        @Override
        public void onPressed(int key) {
            pressed.add(key);
        }

        @Override
        public void onFailed(ErrnoException cause) {
            failures.add(cause);
        }
    };

    @TempDir
    private Path directory;

    @Test
    void aKeyIsToldWhenItIsPressedAndNotWhenItRepeatsOrIsReleased() throws Exception {
        int directoryFd = kernel.openDirectory(directory.toString());
        try (RunningLoop running = new RunningLoop()) {
            kernel.makeFifoAt(directoryFd, "event0", 0x180);
            InputFd input = new InputFd(kernel, kernel.openFifoAt(directoryFd, "event0"), listener);
            running.watch(input);
            Files.write(
                    directory.resolve("event0"),
                    events(
                            new int[] {EV_KEY, InputFd.KEY_POWER, 1},
                            new int[] {EV_SYN, 0, 0},
                            new int[] {EV_KEY, InputFd.KEY_POWER, 2},
                            new int[] {EV_KEY, InputFd.KEY_POWER, 0},
                            new int[] {EV_SYN, InputFd.KEY_POWER, 1},
                            new int[] {EV_KEY, 30, 1},
                            new int[] {EV_KEY, InputFd.KEY_POWER2, 1}));
            running.runWhatIsReady();
            assertEquals(List.of(InputFd.KEY_POWER, 30, InputFd.KEY_POWER2), pressed);
            assertFalse(input.isClosed());
        }
        kernel.close(directoryFd);
    }

    @Test
    void oneWhoseDeviceIsGoneIsClosedAndSaysSo() throws Exception {
        Kernel.Pipe pipe = kernel.pipe();
        InputFd input = new InputFd(kernel, pipe.readEnd(), listener);
        kernel.close(pipe.writeEnd());
        input.onReadable();
        assertTrue(input.isClosed());
        assertEquals(Errno.ENODEV, failures.getFirst().errno());
    }

    @Test
    void whatIsNoInputDeviceHasNoPowerButton() throws Exception {
        Path file = Files.createFile(directory.resolve("event0"));
        assertTrue(LinuxInput.openPowerButton(file.toString()).isEmpty());
        assertTrue(LinuxInput.openPowerButton("/dev/null").isEmpty());
    }

    private static byte[] events(int[]... events) {
        ByteBuffer buffer = ByteBuffer.allocate(events.length * 24).order(ByteOrder.nativeOrder());
        for (int[] event : events) {
            buffer.putLong(1).putLong(2);
            buffer.putShort((short) event[0]).putShort((short) event[1]).putInt(event[2]);
        }
        return buffer.array();
    }
}
