package dev.reeve.daemon.s6;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.reeve.bridge.Errno;
import dev.reeve.bridge.ErrnoException;
import dev.reeve.bridge.Kernel;
import dev.reeve.bridge.LinuxKernel;
import dev.reeve.daemon.process.DescriptorLimit;
import dev.reeve.daemon.process.DirectoryGate.CannotHold;
import dev.reeve.daemon.service.ExitStatus.Exited;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class SuperviseDirectoryKernelTest {
    private static final Set<String> CANNOT_FAIL = Set.of("close", "effectiveUser");
    private static final int NOBODY = 65534;
    private static final String LISTENER = "ftrig1:@400000006b01bfce10c425ef:abcdef";
    private static final Consumer<String> NO_COMPLAINTS = Assertions::fail;
    private static final Status STATUS = new Status(Instant.EPOCH, Instant.EPOCH, 0, 0, false, false, false, true);

    private final LinuxKernel kernel = new LinuxKernel();

    @TempDir
    private Path service;

    private int serviceFd;
    private DescriptorLimit limit;
    private Set<String> descriptorsBefore;

    @BeforeEach
    void openDirectory() throws Exception {
        limit = new DescriptorLimit(kernel, new SilentLog());
        serviceFd = kernel.openDirectory(service.toString());
        descriptorsBefore = descriptors();
    }

    @AfterEach
    void everyDescriptorIsClosedAgain() throws IOException {
        assertEquals(descriptorsBefore, descriptors());
        kernel.close(serviceFd);
    }

    @Test
    void whatIsMissingIsMadeWithS6sModes() throws Exception {
        holding(_ -> {
            assertEquals("rwx------", permissions("supervise"));
            assertEquals("rw-------", permissions("supervise/control"));
            assertEquals("rw-r--r--", permissions("supervise/death_tally"));
            assertEquals(EventDirectory.MODE, mode("event"));
        });
    }

    @Test
    void whatIsThereIsKeptAsItIs() throws Exception {
        holding(_ -> {});
        Files.setPosixFilePermissions(service.resolve("supervise"), PosixFilePermissions.fromString("rwx--x--x"));
        Files.setPosixFilePermissions(
                service.resolve("supervise/control"), PosixFilePermissions.fromString("rw--w----"));
        Files.setPosixFilePermissions(service.resolve("event"), PosixFilePermissions.fromString("rwx-wx-wx"));
        holding(_ -> {
            assertEquals("rwx--x--x", permissions("supervise"));
            assertEquals("rw--w----", permissions("supervise/control"));
            assertEquals("rwx-wx-wx", permissions("event"));
        });
    }

    @Test
    void oneThatAnotherHoldsIsRefusedUntilThatEnds() throws Exception {
        holding(_ -> {
            CannotHold refusal = assertThrows(CannotHold.class, this::take);
            assertTrue(refusal.getMessage().contains("another process holds supervise/lock"));
        });
        holding(_ -> {});
    }

    @Test
    void whereASymlinkLeadsToNothingThatIsMade() throws Exception {
        Path elsewhere = Files.createDirectory(service.resolve("elsewhere"));
        Files.createSymbolicLink(service.resolve("supervise"), elsewhere.resolve("s"));
        Files.createSymbolicLink(service.resolve("event"), Path.of("elsewhere/e"));
        holding(_ -> {
            assertTrue(Files.exists(elsewhere.resolve("s/lock")));
            assertEquals("rwx------", permissions("elsewhere/s"));
            assertEquals("rwx-wx---", permissions("elsewhere/e"));
        });
        holding(_ -> {});
    }

    @Test
    void whoeverFindsItSupervisedFindsNoStatusOfASupervisorBefore() throws Exception {
        Path status = Files.createDirectory(service.resolve("supervise")).resolve("status");
        for (boolean down : new boolean[] {false, true}) {
            Files.write(status, STATUS.bytes());
            if (down) {
                Files.writeString(service.resolve("down"), "");
            }
            holding(_ -> {
                byte[] bytes = Files.readAllBytes(status);
                assertArrayEquals(
                        Arrays.copyOfRange(
                                Status.notStartedYet(Instant.EPOCH, !down).bytes(), 24, Status.SIZE),
                        Arrays.copyOfRange(bytes, 24, bytes.length));
            });
        }
    }

    @Test
    void aSymlinkOfSomebodyElseIsNotFollowed() throws Exception {
        assumeTrue(kernel.effectiveUser() == 0, "only root can give a file away");
        Path precious = Files.createDirectory(service.resolve("precious"));
        Path link = Files.createSymbolicLink(service.resolve("supervise"), precious);
        Files.setAttribute(link, "unix:uid", NOBODY, LinkOption.NOFOLLOW_LINKS);
        CannotHold refusal = assertThrows(CannotHold.class, this::take);
        assertTrue(refusal.getMessage().contains("a symlink of user " + NOBODY), refusal.getMessage());
        assertFalse(Files.exists(precious.resolve("lock")));
    }

    @Test
    void aFileInTheWayIsNamed() throws Exception {
        Files.writeString(service.resolve("event"), "");
        CannotHold refusal = assertThrows(CannotHold.class, this::take);
        assertTrue(refusal.getMessage().startsWith("event is no directory"), refusal.getMessage());
    }

    @Test
    void theStatusIsWrittenAndThoseWhoListenHear() throws Exception {
        SuperviseDirectory directory = take();
        int eventFd = kernel.openDirectoryAt(serviceFd, "event");
        kernel.makeFifoAt(eventFd, LISTENER, 0622);
        int listener = kernel.openFifoAt(eventFd, LISTENER);
        try {
            directory.deliver(new Announcement(STATUS, "dD"), NO_COMPLAINTS);
            assertArrayEquals(STATUS.bytes(), Files.readAllBytes(service.resolve("supervise/status")));
            assertEquals("rw-r--r--", permissions("supervise/status"));
            ByteBuffer heard = ByteBuffer.allocate(10);
            kernel.read(listener, heard);
            assertEquals("dD", StandardCharsets.US_ASCII.decode(heard.flip()).toString());
        } finally {
            kernel.close(listener);
            kernel.close(eventFd);
            close(directory);
        }
    }

    @Test
    void whatCannotBeToldKeepsNobodyElseFromBeingTold() throws Exception {
        SuperviseDirectory directory = take();
        int eventFd = kernel.openDirectoryAt(serviceFd, "event");
        List<Integer> listeners = new ArrayList<>();
        try {
            for (int i = 0; i < 8; i++) {
                String listener = LISTENER.substring(0, LISTENER.length() - 1) + i;
                if (i % 2 == 0) {
                    Files.createDirectory(service.resolve("event").resolve(listener));
                } else {
                    kernel.makeFifoAt(eventFd, listener, 0622);
                    listeners.add(kernel.openFifoAt(eventFd, listener));
                }
            }
            directory.deliver(new Announcement(STATUS, "u"), NO_COMPLAINTS);
            for (int listener : listeners) {
                assertEquals(1, kernel.read(listener, ByteBuffer.allocate(10)));
            }
        } finally {
            listeners.forEach(kernel::close);
            kernel.close(eventFd);
            close(directory);
        }
    }

    @Test
    void theLastDeathsAreRememberedAndNoMoreThanTheServiceSays() throws Exception {
        Path max = Files.writeString(service.resolve("max-death-tally"), "3\n");
        holding(directory -> {
            assertArrayEquals(new byte[0], tally());
            for (int i = 1; i <= 5; i++) {
                die(directory, i);
            }
            assertArrayEquals(deaths(3, 4, 5), tally());
            Files.writeString(max, "2");
            die(directory, 6);
            assertArrayEquals(deaths(5, 6), tally());
            Files.writeString(max, "0");
            die(directory, 7);
            assertArrayEquals(deaths(5, 6), tally());
            Files.delete(max);
            die(directory, 8);
            assertArrayEquals(deaths(5, 6, 8), tally());
            // As s6-svdt-clear has it.
            Files.write(service.resolve("supervise/death_tally"), new byte[0]);
            die(directory, 9);
            assertArrayEquals(deaths(9), tally());
        });
        holding(_ -> assertArrayEquals(new byte[0], tally(), "whoever takes the directory begins anew"));
    }

    @Test
    void ofABadNumberAHundredDeathsAreRememberedAndItIsComplainedOf() throws Exception {
        Files.writeString(service.resolve("max-death-tally"), "many");
        List<String> complaints = new ArrayList<>();
        holding(directory -> {
            for (int i = 0; i < 120; i++) {
                directory.deliver(death(i), complaints::add);
            }
            assertEquals(100 * Death.SIZE, tally().length);
        });
        assertEquals(
                "max-death-tally: \"many\" is not a number of ends such as 100; the last 100 are remembered",
                complaints.getFirst());
    }

    @Test
    void aTallyThatCannotBeWrittenKeepsNobodyFromBeingTold() throws Exception {
        holding(directory -> {
            Files.delete(service.resolve("supervise/death_tally"));
            Files.createDirectory(service.resolve("supervise/death_tally"));
            assertThrows(ErrnoException.class, () -> die(directory, 1));
            assertArrayEquals(STATUS.bytes(), Files.readAllBytes(service.resolve("supervise/status")));
        });
    }

    private static void die(SuperviseDirectory directory, int code) throws ErrnoException {
        directory.deliver(death(code), NO_COMPLAINTS);
    }

    private static Announcement death(int code) {
        Death death = new Death(Instant.ofEpochSecond(code), new Exited(code));
        return new Announcement(List.of(death), Optional.of(STATUS), "d");
    }

    private byte[] tally() throws IOException {
        return Files.readAllBytes(service.resolve("supervise/death_tally"));
    }

    private static byte[] deaths(int... codes) {
        ByteBuffer bytes = ByteBuffer.allocate(codes.length * Death.SIZE);
        for (int code : codes) {
            bytes.put(new Death(Instant.ofEpochSecond(code), new Exited(code)).bytes());
        }
        return bytes.array();
    }

    @Test
    void theFileDownIsMadeAndRemovedAndOneThatIsThereIsKept() throws Exception {
        Path down = service.resolve("down");
        holding(directory -> {
            directory.deliver(new DownFile(true), NO_COMPLAINTS);
            assertEquals("", Files.readString(down));
            Files.writeString(down, "for a reason");
            directory.deliver(new DownFile(true), NO_COMPLAINTS);
            assertEquals("for a reason", Files.readString(down));
            directory.deliver(new DownFile(false), NO_COMPLAINTS);
            directory.deliver(new DownFile(false), NO_COMPLAINTS);
            assertFalse(Files.exists(down));
        });
    }

    @Test
    void oneWhoListensNoMoreIsSweptAwayAndNothingElse() throws Exception {
        Path event = Files.createDirectory(service.resolve("event"));
        makeFifo("event", LISTENER);
        makeFifo("event", "ftrig1:@too-short");
        Path file = Files.writeString(event.resolve(LISTENER.replace('b', 'x')), "precious");
        holding(_ -> {
            assertFalse(Files.exists(event.resolve(LISTENER)));
            assertTrue(Files.exists(event.resolve("ftrig1:@too-short")));
        });
        makeFifo("event", LISTENER);
        holding(directory -> directory.deliver(new Announcement(STATUS, "u"), NO_COMPLAINTS));
        assertFalse(Files.exists(event.resolve(LISTENER)));
        assertEquals("precious", Files.readString(file));
    }

    @Test
    void whateverCallFailsTheDirectoryIsRefusedAndNothingIsLeftOpen() throws Exception {
        failEachCall(() -> {});
    }

    @Test
    void thatIsSoForOneWithSymlinksToo() throws Exception {
        failEachCall(() -> {
            Files.createSymbolicLink(service.resolve("supervise"), service.resolve("s"));
            Files.createSymbolicLink(service.resolve("event"), service.resolve("e"));
        });
    }

    private void failEachCall(Executable preparation) throws Exception {
        List<String> calls = new ArrayList<>();
        prepare(preparation);
        close(SuperviseDirectory.take(failing(calls, Integer.MAX_VALUE), limit, serviceFd));
        assertTrue(calls.size() > 5, () -> "few calls: " + calls);
        for (int failing = 0; failing < calls.size(); failing++) {
            prepare(preparation);
            Kernel faulty = failing(new ArrayList<>(), failing);
            ErrnoException failure = assertThrows(
                    ErrnoException.class,
                    () -> close(SuperviseDirectory.take(faulty, limit, serviceFd)),
                    calls.get(failing));
            assertEquals(Errno.EIO, failure.errno());
            assertEquals(descriptorsBefore, descriptors());
        }
    }

    /// The service directory is empty but for this.
    private void prepare(Executable preparation) throws Exception {
        try (Stream<Path> files = Files.walk(service)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                if (!file.equals(service)) {
                    Files.delete(file);
                }
            }
        }
        try {
            preparation.execute();
        } catch (Throwable failure) {
            throw new AssertionError(failure);
        }
    }

    /// The kernel, but that the call with this number, from 0, fails. Notes the calls.
    private Kernel failing(List<String> calls, int number) {
        return (Kernel) Proxy.newProxyInstance(
                Kernel.class.getClassLoader(), new Class<?>[] {Kernel.class}, (_, method, arguments) -> {
                    if (!CANNOT_FAIL.contains(method.getName())) {
                        calls.add(method.getName());
                        if (calls.size() == number + 1) {
                            throw new ErrnoException(method.getName(), Errno.EIO);
                        }
                    }
                    try {
                        return method.invoke(kernel, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    private interface Use {
        void of(SuperviseDirectory directory) throws Exception;
    }

    private void holding(Use use) throws Exception {
        SuperviseDirectory directory = take();
        try {
            use.of(directory);
        } finally {
            close(directory);
        }
    }

    private SuperviseDirectory take() throws CannotHold, ErrnoException {
        return SuperviseDirectory.take(kernel, limit, serviceFd);
    }

    private void close(SuperviseDirectory directory) {
        kernel.close(directory.controlFd());
        directory.close();
    }

    private void makeFifo(String directory, String name) throws ErrnoException {
        int fd = kernel.openDirectoryAt(serviceFd, directory);
        kernel.makeFifoAt(fd, name, 0622);
        kernel.close(fd);
    }

    private String permissions(String file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(service.resolve(file)));
    }

    private int mode(String file) throws IOException {
        return (Integer) Files.getAttribute(service.resolve(file), "unix:mode") & 07777;
    }

    private static Set<String> descriptors() throws IOException {
        try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
            return open.map(Path::getFileName).map(Path::toString).collect(Collectors.toCollection(TreeSet::new));
        }
    }
}
