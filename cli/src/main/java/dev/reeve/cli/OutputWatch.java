package dev.reeve.cli;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/// Notices when nobody reads standard output any more, as in `reeve log -f web | head`: a command that follows
/// would else stay until it has something to write, which may be never.
///
/// The JDK has no call for that. poll(2), asked for no event, still returns when the reading end of a pipe is
/// closed, and waits for ever on a file.
final class OutputWatch {
    private static final int STANDARD_OUTPUT = 1;
    private static final int NO_TIMEOUT = -1;

    /// `struct pollfd`: an int, and two shorts for events that are asked for and that there are.
    private static final int POLLFD_BYTES = 8;

    private OutputWatch() {}

    /// Has it done, on a thread of its own, when the reader is gone.
    static void onceUnread(Runnable action) {
        Thread.ofPlatform().daemon().name("output-watch").start(() -> {
            if (awaitThatItIsUnread()) {
                action.run();
            }
        });
    }

    /// Returns false where that cannot be waited for: the next write will notice.
    @SuppressWarnings("restricted") // poll(2) is given a whole pollfd, and the launcher allows the call.
    private static boolean awaitThatItIsUnread() {
        Linker linker = Linker.nativeLinker();
        MethodHandle poll = linker.downcallHandle(
                linker.defaultLookup().findOrThrow("poll"),
                FunctionDescriptor.of(
                        ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.JAVA_LONG, ValueLayout.JAVA_INT));
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment output = arena.allocate(POLLFD_BYTES, Integer.BYTES);
            output.set(ValueLayout.JAVA_INT, 0, STANDARD_OUTPUT);
            return (int) poll.invokeExact(output, 1L, NO_TIMEOUT) > 0;
        } catch (Throwable e) { // invokeExact declares it; poll(2) throws nothing
            return false;
        }
    }
}
