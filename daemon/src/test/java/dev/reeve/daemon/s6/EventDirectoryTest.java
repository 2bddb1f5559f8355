package dev.reeve.daemon.s6;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.reeve.bridge.Errno;
import dev.reeve.bridge.ErrnoException;
import dev.reeve.bridge.Kernel;
import dev.reeve.bridge.Kernel.ResourceLimit;
import dev.reeve.daemon.process.DescriptorLimit;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What is written to listeners, and in which pieces.
class EventDirectoryTest {
    private static final String LISTENER = "ftrig1:@400000006b01fe871451199d:HOVDJC";

    private final List<String> written = new ArrayList<>();
    private boolean isFailing;

    private final Kernel kernel = (Kernel) Proxy.newProxyInstance(
            Kernel.class.getClassLoader(),
            new Class<?>[] {Kernel.class},
            (_, method, arguments) -> switch (method.getName()) {
                case "listDirectory" -> List.of(LISTENER, "something else");
                case "writeFifoAt" -> {
                    written.add(new String((byte[]) arguments[2], StandardCharsets.US_ASCII));
                    if (isFailing) {
                        throw new ErrnoException("write", Errno.EIO);
                    }
                    yield true;
                }
                case "descriptorLimit" -> new ResourceLimit(1_024, 1_024);
                case "setDescriptorLimit" -> null;
                default -> throw new AssertionError(method.getName());
            });

    private EventDirectory events;

    @BeforeEach
    void open() throws ErrnoException {
        events = new EventDirectory(kernel, new DescriptorLimit(kernel, new SilentLog()), 7);
    }

    @Test
    void whoWaitsForARestartReadsThatItIsDownByItself() throws ErrnoException {
        events.announce("dDuU");
        events.announce("d");
        events.announce("D");
        events.announce("uU");
        assertEquals(List.of("dD", "uU", "d", "D", "uU"), written);
    }

    @Test
    void oneThatCannotBeToldOfTheOneIsToldOfTheOther() {
        isFailing = true;
        assertThrows(ErrnoException.class, () -> events.announce("dDu"));
        assertEquals(List.of("dD", "u"), written);
    }
}
