package dev.reeve.daemon.s6;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.reeve.bridge.Errno;
import dev.reeve.bridge.ErrnoException;
import dev.reeve.bridge.Kernel;
import dev.reeve.bridge.Kernel.ResourceLimit;
import dev.reeve.daemon.process.DescriptorLimit;
import dev.reeve.daemon.service.Moment;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What is written to listeners, in which pieces, and when.
class EventDirectoryTest {
    private static final String LISTENER = "ftrig1:@400000006b01fe871451199d:HOVDJC";
    private static final Duration TO_READ = Duration.ofMillis(100);

    private final List<String> written = new ArrayList<>();
    private boolean isFailing;
    private boolean isListenedTo = true;
    private Moment now = new Moment(4_711);

    private final Kernel kernel = (Kernel) Proxy.newProxyInstance(
            Kernel.class.getClassLoader(),
            new Class<?>[] {Kernel.class},
            (_, method, arguments) -> switch (method.getName()) {
                case "listDirectory" -> isListenedTo ? List.of(LISTENER, "something else") : List.of("something else");
                case "monotonicNanos" -> now.nanos();
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
    void whoWaitsForARestartHasTimeToReadThatItIsDown() throws ErrnoException {
        events.announce("dDuU");
        assertEquals(List.of("dD"), written);
        assertEquals(now.plus(TO_READ), events.heldUntil());
        pass(TO_READ.minusNanos(1));
        events.tellDue();
        assertEquals(List.of("dD"), written);
        pass(Duration.ofNanos(1));
        events.tellDue();
        assertEquals(List.of("dD", "uU"), written);
        assertEquals(Moment.NEVER, events.heldUntil());
    }

    @Test
    void whatFollowsIsHeldBehindItAndEachRestartHasItsTime() throws ErrnoException {
        events.announce("d");
        events.announce("D");
        events.announce("u");
        events.announce("dDu");
        assertEquals(List.of("d", "D"), written);
        pass(TO_READ);
        events.tellDue();
        assertEquals(List.of("d", "D", "udD"), written);
        pass(TO_READ);
        events.announce("U");
        assertEquals(List.of("d", "D", "udD", "uU"), written);
    }

    @Test
    void whatTakesLongerByItselfIsToldAtOnce() throws ErrnoException {
        events.announce("dD");
        pass(TO_READ);
        events.announce("u");
        assertEquals(List.of("dD", "u"), written);
    }

    @Test
    void whereNobodyListensNothingIsHeld() throws ErrnoException {
        isListenedTo = false;
        events.announce("dDu");
        assertEquals(Moment.NEVER, events.heldUntil());
    }

    @Test
    void thatOneCannotBeToldTakesNobodysTime() throws ErrnoException {
        isFailing = true;
        assertThrows(ErrnoException.class, () -> events.announce("dDu"));
        assertEquals(List.of("dD"), written);
        assertEquals(now.plus(TO_READ), events.heldUntil());
        pass(TO_READ);
        assertThrows(ErrnoException.class, events::tellDue);
        assertEquals(List.of("dD", "u"), written);
    }

    @Test
    void atTheEndThereIsNoTime() throws ErrnoException {
        events.announce("dDu");
        events.hurry();
        events.announce("x");
        assertEquals(List.of("dD", "ux"), written);
    }

    private void pass(Duration time) {
        now = now.plus(time);
    }
}
