package dev.reeve.daemon.s6;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reeve.bridge.Errno;
import dev.reeve.bridge.ErrnoException;
import dev.reeve.bridge.Kernel;
import dev.reeve.bridge.LinuxKernel;
import dev.reeve.daemon.process.DescriptorLimit;
import dev.reeve.daemon.service.ExitStatus.Exited;
import dev.reeve.daemon.service.Moment;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class OutboxKernelTest {
    private static final String LISTENER = "ftrig1:@400000006b01bfce10c425ef:abcdef";

    /// The pid of a status that finds no room.
    private static final int FULL_DISK = 4_711;

    private static final Moment AT_ONCE = Outbox.AT_ONCE;

    private final LinuxKernel kernel = new LinuxKernel();

    /// What was done to the disk, in order: the pid of a status, the events.
    private final List<String> done = new ArrayList<>();

    private Moment now = new Moment(4_711);

    private final List<String> problems = new ArrayList<>();
    private int deathsBytes;
    private int serviceFd;
    private int listenerFd;
    private SuperviseDirectory directory;
    private Outbox outbox;

    @BeforeEach
    void open(@TempDir Path service) throws Exception {
        serviceFd = kernel.openDirectory(service.toString());
        directory = SuperviseDirectory.take(noting(), new DescriptorLimit(kernel, new SilentLog()), serviceFd);
        int event = kernel.openDirectoryAt(serviceFd, "event");
        done.clear();
        kernel.makeFifoAt(event, LISTENER, 0622);
        listenerFd = kernel.openFifoAt(event, LISTENER);
        kernel.close(event);
        outbox = new Outbox(directory);
    }

    @AfterEach
    void close() {
        kernel.close(listenerFd);
        kernel.close(directory.controlFd());
        kernel.close(serviceFd);
    }

    @Test
    void aStatusIsWrittenBeforeItsEvents() {
        outbox.add(announcement(1, "u"));
        deliver();
        outbox.add(announcement(0, "dD"));
        deliver();
        assertEquals(List.of("1", "u", "0", "dD"), done);
        assertEquals(Moment.NEVER, outbox.send(AT_ONCE));
    }

    @Test
    void whatHasComeToWaitIsWrittenOnceAndNoDeathOrEventIsLost() {
        Death death = new Death(Instant.EPOCH, new Exited(1));
        outbox.add(new Announcement(List.of(death), announcement(0, "").status(), "d"));
        outbox.add(announcement(0, "D"));
        outbox.add(announcement(2, "u"));
        outbox.add(new Announcement(List.of(death), announcement(0, "").status(), "d"));
        deliver();
        now = outbox.send(AT_ONCE);
        deliver();
        assertEquals(List.of("death", "0", "dD", "ud"), done);
        assertEquals(2 * Death.SIZE, deathsBytes);
        assertEquals(Moment.NEVER, outbox.send(AT_ONCE));
    }

    @Test
    void aStatusWithoutEventsTakesThePlaceOfThatBefore() {
        outbox.add(announcement(1, "u"));
        outbox.add(announcement(2, ""));
        outbox.add(announcement(3, ""));
        deliver();
        assertEquals(List.of("3", "u"), done);
    }

    @Test
    void aDeathIsWrittenFirstAndIsNotLostWithTheStatusThatCameWithIt() {
        Death death = new Death(Instant.EPOCH, new Exited(1));
        outbox.add(new Announcement(List.of(death), announcement(0, "").status(), "d"));
        outbox.add(announcement(3, ""));
        deliver();
        assertEquals(List.of("death", "3", "d"), done);
    }

    @Test
    void aStatusDoesNotTakeThePlaceOfAnother() {
        outbox.add(announcement(1, "u"));
        outbox.add(new DownFile(false));
        outbox.add(announcement(2, ""));
        deliver();
        assertEquals(List.of("1", "u", "2"), done);
    }

    @Test
    void theLastIsToldAndTheLockGivenBack() throws Exception {
        outbox.add(announcement(1, "u"));
        outbox.close(Announcer.SUPERVISED_NO_MORE);
        deliver();
        // Once more, as an errand and the end of the daemon may both.
        deliver();
        assertEquals(List.of("1", "ux"), done);
        int supervise = kernel.openDirectoryAt(serviceFd, "supervise");
        int lock = kernel.openLockedAt(supervise, "lock", 0644);
        assertFalse(lock == Kernel.WOULD_BLOCK);
        kernel.close(lock);
        kernel.close(supervise);
    }

    @Test
    void whatADeadDiskKeepsWaitingIsBounded() {
        for (int pid = 1; pid <= 1_000; pid++) {
            outbox.add(announcement(pid, "u"));
        }
        deliver();
        assertEquals(List.of("1000", "u".repeat(256)), done);
    }

    @Test
    void aStatusThatCannotBeWrittenIsToldAndItsEventsAreHeardAllTheSame() {
        outbox.add(announcement(FULL_DISK, "u"));
        deliver();
        outbox.add(announcement(2, "d"));
        deliver();
        assertEquals(List.of("u", "2", "d"), done);
        assertEquals(1, problems.size());
        assertTrue(problems.getFirst().contains("ENOSPC"), problems.getFirst());
    }

    @Test
    void whatIsHeldIsDueLaterAndTheDirectoryIsKeptUntilThen() {
        outbox.add(announcement(2, "dDu"));
        deliver();
        assertEquals(List.of("2", "dD"), done);
        Moment due = outbox.send(AT_ONCE);
        assertTrue(now.isBefore(due) && due.isBefore(now.plus(Duration.ofSeconds(1))), due::toString);
        outbox.close(Announcer.SUPERVISED_NO_MORE);
        deliver();
        assertFalse(outbox.isClosed());
        now = due;
        deliver();
        assertEquals(List.of("2", "dD", "ux"), done);
        assertTrue(outbox.isClosed());
        assertEquals(Moment.NEVER, outbox.send(AT_ONCE));
    }

    @Test
    void aDeathIsWrittenWhileEventsAreHeld() {
        outbox.add(announcement(2, "dDu"));
        deliver();
        outbox.add(new Announcement(
                List.of(new Death(Instant.EPOCH, new Exited(1))),
                announcement(0, "").status(),
                "d"));
        deliver();
        assertEquals(List.of("2", "dD", "death", "0"), done);
        outbox.close(Announcer.SUPERVISED_NO_MORE);
        deliverAtLast();
        assertEquals(List.of("2", "dD", "death", "0", "ud", "x"), done);
    }

    @Test
    void whileAnErrandIsOutNoOtherIsSentAndWhatIsAddedGoesWithIt() {
        outbox.add(announcement(1, "u"));
        assertEquals(AT_ONCE, outbox.send(AT_ONCE));
        outbox.add(announcement(0, "d"));
        assertEquals(Moment.NEVER, outbox.send(AT_ONCE));
        assertFalse(outbox.carryOut(problems::add));
        assertEquals(List.of("0", "ud"), done);
    }

    @Test
    void anErrandThatLeavesNothingBehindNeedNotComeHomeForTheNextToBeSent() {
        outbox.add(announcement(1, "u"));
        outbox.send(AT_ONCE);
        assertFalse(outbox.carryOut(problems::add));
        outbox.add(announcement(0, "d"));
        assertEquals(AT_ONCE, outbox.send(AT_ONCE));
    }

    @Test
    void oneThatLeavesSomethingHeldComesHomeForAnotherToBeSent() {
        outbox.add(announcement(2, "dDu"));
        outbox.send(AT_ONCE);
        assertTrue(outbox.carryOut(problems::add));
        Moment held = outbox.send(AT_ONCE);
        assertTrue(now.isBefore(held) && held.isBefore(Moment.NEVER));
        assertEquals(Moment.NEVER, outbox.send(AT_ONCE));
    }

    @Test
    void aDeathDoesNotWaitForWhatIsHeld() {
        outbox.add(announcement(2, "dDu"));
        deliver();
        outbox.send(AT_ONCE);
        outbox.add(new Announcement(
                List.of(new Death(Instant.EPOCH, new Exited(1))),
                announcement(0, "").status(),
                "d"));
        assertEquals(AT_ONCE, outbox.send(AT_ONCE));
    }

    @Test
    void aStatusWithoutEventsMayWaitForOne() {
        Moment later = now.plus(Duration.ofSeconds(1));
        outbox.add(announcement(1, ""));
        assertEquals(later, outbox.send(later));
        assertEquals(Moment.NEVER, outbox.send(later.plus(Duration.ofSeconds(1))));
        outbox.add(announcement(0, "d"));
        assertEquals(AT_ONCE, outbox.send(later));
        deliver();
        // That which was sent for the status.
        deliver();
        assertEquals(List.of("0", "d"), done);
    }

    @Test
    void afterAnErrandThatFailedAnotherIsSent() {
        outbox.add(announcement(1, "u"));
        outbox.send(AT_ONCE);
        outbox.errandFailed();
        assertEquals(AT_ONCE, outbox.send(AT_ONCE));
    }

    @Test
    void whatIsToldByAnEventDoesNotWait() {
        outbox.add(announcement(1, "u"));
        assertEquals(AT_ONCE, outbox.send(now.plus(Duration.ofSeconds(1))));
    }

    @Test
    void oneThatFindsTheDirectoryGivenBackComesHome() {
        outbox.close(Announcer.SUPERVISED_NO_MORE);
        outbox.send(AT_ONCE);
        // Whoever executes `finish` was quicker.
        outbox.deliver(problems::add);
        assertTrue(outbox.carryOut(problems::add));
        assertTrue(outbox.isClosed());
    }

    @Test
    void atTheEndOfTheDaemonNothingIsHeld() {
        outbox.add(announcement(2, "dDu"));
        deliver();
        outbox.close(Announcer.SUPERVISED_NO_MORE);
        deliverAtLast();
        assertEquals(List.of("2", "dD", "u", "x"), done);
        assertTrue(outbox.isClosed());
    }

    private void deliverAtLast() {
        outbox.deliverAtLast(problems::add);
    }

    private void deliver() {
        outbox.carryOut(problems::add);
    }

    private static Announcement announcement(int pid, String events) {
        return new Announcement(new Status(Instant.EPOCH, Instant.EPOCH, pid, 0, false, false, false, false), events);
    }

    private Kernel noting() {
        return (Kernel) Proxy.newProxyInstance(
                Kernel.class.getClassLoader(), new Class<?>[] {Kernel.class}, (_, method, arguments) -> {
                    if (method.getName().equals("monotonicNanos")) {
                        return now.nanos();
                    }
                    boolean replaces = method.getName().equals("replaceFileAt");
                    if (replaces && arguments[1].equals("death_tally") && ((byte[]) arguments[2]).length > 0) {
                        done.add("death");
                        deathsBytes = ((byte[]) arguments[2]).length;
                    }
                    if (replaces && arguments[1].equals("status")) {
                        int pid = (int) ByteBuffer.wrap((byte[]) arguments[2]).getLong(24);
                        if (pid == FULL_DISK) {
                            throw new ErrnoException("write status.new", Errno.ENOSPC);
                        }
                        done.add(Integer.toString(pid));
                    }
                    if (method.getName().equals("writeFifoAt")) {
                        done.add(new String((byte[]) arguments[2], StandardCharsets.US_ASCII));
                    }
                    try {
                        return method.invoke(kernel, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }
}
