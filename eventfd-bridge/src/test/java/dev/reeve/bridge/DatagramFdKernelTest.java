package dev.reeve.bridge;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
final class DatagramFdKernelTest {
    private static final int MODE = 0622;
    private static final int BYTES_MAX = 64;
    private static final int ANOTHER_USER = 65_534;

    private final LinuxKernel kernel = new LinuxKernel();

    @TempDir
    private Path directory;

    private Set<Integer> descriptorsBefore;
    private String path;
    private int socket;

    @BeforeEach
    void bind() throws Exception {
        descriptorsBefore = Programs.descriptors("self");
        path = directory.resolve("socket").toString();
        socket = kernel.bindDatagramSocket(path, MODE, kernel.effectiveUser());
    }

    @AfterEach
    void everyDescriptorIsClosedAgain() throws Exception {
        kernel.close(socket);
        assertEquals(descriptorsBefore, Programs.descriptors("self"));
    }

    @Test
    void whatIsSentArrivesWithItsSender() throws Exception {
        assertNull(kernel.receive(socket, BYTES_MAX));
        send("READY=1");
        try (Datagram datagram = received()) {
            assertEquals("READY=1", new String(datagram.bytes(), UTF_8));
            assertEquals(kernel.pid(), datagram.sender().pid());
            assertEquals(kernel.effectiveUser(), datagram.sender().user());
            assertEquals(0, datagram.descriptors());
            assertFalse(datagram.isCut());
            assertFalse(datagram.hasLostDescriptors());
        }
        assertNull(kernel.receive(socket, BYTES_MAX));
    }

    @Test
    void anEmptyDatagramIsOne() throws Exception {
        send("");
        try (Datagram datagram = received()) {
            assertEquals(0, datagram.bytes().length);
        }
    }

    @Test
    void ofOneThatIsTooLongTheBeginningIsKept() throws Exception {
        send("x".repeat(BYTES_MAX));
        send("x".repeat(BYTES_MAX + 1));
        try (Datagram fits = received();
                Datagram cut = received()) {
            assertFalse(fits.isCut());
            assertTrue(cut.isCut());
            assertEquals(BYTES_MAX, cut.bytes().length);
        }
    }

    @Test
    void descriptorsComeWithItCloseOnExecAndThoseThatAreNotTakenAreClosed() throws Exception {
        int root = kernel.openDirectory("/");
        send("two", root, root);
        kernel.close(root);
        try (Datagram datagram = received()) {
            assertEquals(2, datagram.descriptors());
        }
        root = kernel.openDirectory("/");
        send("taken", root);
        kernel.close(root);
        List<Integer> taken;
        try (Datagram datagram = received()) {
            taken = datagram.takeDescriptors();
        }
        assertEquals(1, taken.size());
        assertEquals("/", Programs.target("self", taken.getFirst()));
        assertEquals(Libc.FD_CLOEXEC, LibcFiles.fcntl(taken.getFirst(), Libc.F_GETFD, 0));
        kernel.close(taken.getFirst());
    }

    @Test
    void asManyDescriptorsArriveAsTheKernelSends() throws Exception {
        int[] many = new int[253];
        Arrays.fill(many, socket);
        send("many", many);
        try (Datagram datagram = received()) {
            assertEquals(many.length, datagram.descriptors());
            assertFalse(datagram.hasLostDescriptors());
        }
    }

    @Test
    void descriptorsForWhichThereIsNoRoomAreLostAndItIsSaid() throws Exception {
        int[] many = new int[100];
        Arrays.fill(many, socket);
        send("many", many);
        Kernel.ResourceLimit before = kernel.descriptorLimit();
        int highest =
                Programs.descriptors("self").stream().mapToInt(fd -> fd).max().orElseThrow();
        kernel.setDescriptorLimit(new Kernel.ResourceLimit(highest + 10, before.hard()));
        try (Datagram datagram = received()) {
            kernel.setDescriptorLimit(before);
            assertTrue(datagram.hasLostDescriptors());
            assertTrue(datagram.descriptors() < many.length, () -> datagram.descriptors() + " came");
            assertEquals("many", new String(datagram.bytes(), UTF_8));
            assertEquals(kernel.pid(), datagram.sender().pid());
        } finally {
            kernel.setDescriptorLimit(before);
        }
    }

    @Test
    void theSocketHasExactlyItsModeAndItsOwner() throws Exception {
        assertEquals(MODE, Files.getAttribute(Path.of(path), "unix:mode") instanceof Integer mode ? mode & 0777 : -1);
        if (kernel.effectiveUser() == 0) {
            String others = directory.resolve("others").toString();
            kernel.close(kernel.bindDatagramSocket(others, 0600, ANOTHER_USER));
            assertEquals(ANOTHER_USER, Files.getAttribute(Path.of(others), "unix:uid"));
        }
    }

    @Test
    void anAbstractNameLeavesNoFile() throws Exception {
        String name = "@" + directory + "/abstract";
        int named = kernel.bindDatagramSocket(name, MODE, ANOTHER_USER);
        try (DatagramSender sender = new DatagramSender(name)) {
            sender.send("READY=1");
            try (Datagram datagram = kernel.receive(named, BYTES_MAX)) {
                assertNotNull(datagram);
                assertEquals("READY=1", new String(datagram.bytes(), UTF_8));
            }
        } finally {
            kernel.close(named);
        }
        try (Stream<Path> files = Files.list(directory)) {
            assertEquals(List.of(Path.of(path)), files.toList());
        }
    }

    @Test
    void aPathThatIsTakenOrTooLongIsRefused() {
        assertEquals(
                Errno.EADDRINUSE,
                assertThrows(ErrnoException.class, () -> kernel.bindDatagramSocket(path, MODE, 0))
                        .errno());
        String longest = "/" + "x".repeat(107);
        assertEquals(
                Errno.ENAMETOOLONG,
                assertThrows(ErrnoException.class, () -> kernel.bindDatagramSocket(longest, MODE, 0))
                        .errno());
    }

    @Test
    void whatTheListenerDoesNotTakeIsClosedEvenWhereItFails() throws Exception {
        try (RunningLoop running = new RunningLoop()) {
            List<String> heard = new ArrayList<>();
            int own = kernel.bindDatagramSocket(directory.resolve("own").toString(), MODE, kernel.effectiveUser());
            DatagramFd handle = new DatagramFd(kernel, own, fd -> kernel.receive(fd, BYTES_MAX), listener(datagram -> {
                heard.add(new String(datagram.bytes(), UTF_8) + " with " + datagram.descriptors());
                throw new IllegalStateException("a mistake");
            }));
            running.watch(handle);
            try (DatagramSender sender =
                    new DatagramSender(directory.resolve("own").toString())) {
                sender.send("one", socket);
                sender.send("two");
            }
            running.runUntil(() -> heard.size() == 2);
            assertEquals(List.of("one with 1", "two with 0"), heard);
            assertEquals(2, running.bugs.size());
            running.bugs.clear();
            handle.close();
        }
    }

    @Test
    void manyDatagramsAreHandledAFewAtATime() throws Exception {
        List<String> heard = new ArrayList<>();
        List<Datagram> queue = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            byte[] number = Integer.toString(i).getBytes(UTF_8);
            queue.add(new Datagram(kernel, number, false, new Datagram.Sender(1, 0, 0), List.of(), false));
        }
        int own = kernel.eventfd();
        try (DatagramFd handle = new DatagramFd(
                kernel,
                own,
                _ -> queue.isEmpty() ? null : queue.removeFirst(),
                listener(datagram -> heard.add(new String(datagram.bytes(), UTF_8))))) {
            handle.onReadable();
            assertEquals(16, heard.size());
            handle.onReadable();
            handle.onReadable();
            assertEquals(40, heard.size());
            assertEquals("39", heard.getLast());
        }
    }

    @Test
    void oneThatCannotBeReadIsClosedAndSaysSo() throws Exception {
        List<ErrnoException> failures = new ArrayList<>();
        int noSocket = kernel.eventfd();
        DatagramFd handle =
                new DatagramFd(kernel, noSocket, fd -> kernel.receive(fd, BYTES_MAX), new DatagramFd.Listener() {
                    @Override
                    public void onDatagram(Datagram datagram) {
                        throw new AssertionError("nothing was sent");
                    }

                    @Override
                    public void onFailed(ErrnoException cause) {
                        failures.add(cause);
                    }
                });
        handle.onReadable();
        assertTrue(handle.isClosed());
        assertEquals(1, failures.size());
    }

    @Test
    void aProcessHasASessionAndAParent() throws Exception {
        try (Programs programs = new Programs(kernel, "/")) {
            int leader = programs.startLasting();
            assertEquals(leader, kernel.sessionOf(leader));
            assertEquals(kernel.pid(), kernel.parentOf(leader));
        }
        assertEquals(Kernel.NO_PROCESS, kernel.sessionOf(Integer.MAX_VALUE));
        assertEquals(0, kernel.parentOf(Integer.MAX_VALUE));
    }

    @Test
    void whatAProcessIsCalledDoesNotHideItsParent() throws Exception {
        Path odd = directory.resolve("a) R 1 (\n");
        Files.copy(Path.of("/bin/sleep"), odd);
        try (Programs programs = new Programs(kernel, directory.toString())) {
            int pid = programs.startLasting(programs.order(List.of(odd.toString(), "1000"), List.of()));
            assertEquals(kernel.pid(), kernel.parentOf(pid));
        }
    }

    private void send(String text, int... descriptors) {
        try (DatagramSender sender = new DatagramSender(path)) {
            sender.send(text, descriptors);
        }
    }

    private Datagram received() throws ErrnoException {
        Datagram datagram = kernel.receive(socket, BYTES_MAX);
        assertNotNull(datagram);
        return datagram;
    }

    private static DatagramFd.Listener listener(java.util.function.Consumer<Datagram> heard) {
        return new DatagramFd.Listener() {
            @Override
            public void onDatagram(Datagram datagram) {
                heard.accept(datagram);
            }

            @Override
            public void onFailed(ErrnoException cause) {
                throw new AssertionError(cause);
            }
        };
    }
}
