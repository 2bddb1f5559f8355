package dev.reeve.bridge;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reeve.bridge.Kernel.ChildEnd;
import dev.reeve.bridge.Kernel.SpawnMoment;
import dev.reeve.bridge.SpawnOrder.PassedFd;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SpawnKernelTest {
    private final LinuxKernel kernel = new LinuxKernel();
    private final List<Integer> opened = new ArrayList<>();

    @TempDir
    private Path directory;

    private Programs programs;

    @BeforeEach
    void openDirectory() throws ErrnoException {
        programs = new Programs(kernel, directory.toString());
    }

    @AfterEach
    void closeAll() throws ErrnoException {
        programs.close();
        opened.forEach(kernel::close);
    }

    private Kernel.Pipe pipe() throws ErrnoException {
        Kernel.Pipe pipe = kernel.pipe();
        opened.add(pipe.readEnd());
        opened.add(pipe.writeEnd());
        return pipe;
    }

    @Test
    void aChildBlocksAndIgnoresNoSignal() throws Exception {
        assertTrue(kernel.blockedSignals().contains(15), "the JVM itself blocks some");
        int pid = programs.startLasting();
        assertEquals("0000000000000000", Programs.status(pid, "SigBlk"));
        assertEquals("0000000000000000", Programs.status(pid, "SigIgn"));
        assertEquals("0000000000000000", Programs.status(pid, "SigCgt"));
    }

    @Test
    void aChildHasASessionAndAProcessGroupOfItsOwn() throws Exception {
        int pid = programs.startLasting();
        assertEquals(pid, Integer.parseInt(Programs.status(pid, "NSsid")));
        assertEquals(pid, Integer.parseInt(Programs.status(pid, "NSpgid")));
    }

    @Test
    void aChildRunsInTheDirectory() throws Exception {
        int pid = programs.startLasting();
        Path workingDirectory = Files.readSymbolicLink(Path.of("/proc", Integer.toString(pid), "cwd"));
        assertEquals(directory.toRealPath(), workingDirectory);
    }

    @Test
    void aProgramIsLookedUpInTheDirectoryEvenAfterItWasRenamed() throws Exception {
        writeProgram("run", "#!/bin/sh\nexit 42\n");
        Path renamed = Files.move(directory, directory.resolveSibling(directory.getFileName() + "-renamed"));
        assertEquals(42, programs.awaitEnd(programs.start("./run")).code());
        Files.move(renamed, directory);
    }

    @Test
    void aChildHasTheEnvironmentByteForByte() throws Exception {
        byte[] notUtf8 = "NAME=\u00ff\u00fe".getBytes(ISO_8859_1);
        byte[] empty = "EMPTY=".getBytes(UTF_8);
        int pid = programs.startLasting(new SpawnOrder(
                programs.directoryFd(), "/bin/sleep", List.of("sleep", "1000"), List.of(notUtf8, empty), List.of()));
        byte[] expected = "NAME=\u00ff\u00fe\0EMPTY=\0".getBytes(ISO_8859_1);
        Awaitility.await().untilAsserted(() -> assertArrayEquals(expected, told(pid, "environ")));
    }

    /// What was copied for one child may serve the next, but none with another environment.
    @Test
    void eachChildHasTheEnvironmentThatItWasGiven() throws Exception {
        List<byte[]> usual = List.of("NAME=usual".getBytes(UTF_8), "OTHER=1".getBytes(UTF_8));
        List<byte[]> special = List.of("NAME=special".getBytes(UTF_8));
        for (List<byte[]> environment : List.of(usual, usual, usual, special, usual, special, special, usual)) {
            int pid = programs.startLasting(new SpawnOrder(
                    programs.directoryFd(), "/bin/sleep", List.of("sleep", "1000"), environment, List.of()));
            byte[] expected = (environment.size() == 2 ? "NAME=usual\0OTHER=1\0" : "NAME=special\0").getBytes(UTF_8);
            Awaitility.await().untilAsserted(() -> assertArrayEquals(expected, told(pid, "environ")));
        }
    }

    @Test
    void aLargeEnvironmentArrivesWhole() throws Exception {
        List<byte[]> environment = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            environment.add(("NAME" + i + "=" + "x".repeat(1000)).getBytes(UTF_8));
        }
        int pid = programs.startLasting(
                new SpawnOrder(programs.directoryFd(), "/bin/sleep", List.of("sleep", "1000"), environment, List.of()));
        Awaitility.await().untilAsserted(() -> {
            String arrived = new String(told(pid, "environ"), UTF_8);
            assertEquals(500, arrived.split("\0", 0).length);
        });
    }

    @Test
    void aChildHasTheArgumentsAsTheyAre() throws Exception {
        List<String> arguments = List.of("/bin/sh", "-c", "sleep 1000; :", "", "zwölf");
        int pid = programs.startLasting(programs.order(arguments, List.of()));
        byte[] expected = "/bin/sh\0-c\0sleep 1000; :\0\0zwölf\0".getBytes(UTF_8);
        Awaitility.await().untilAsserted(() -> assertArrayEquals(expected, told(pid, "cmdline")));
    }

    @Nested
    final class Descriptors {
        @Test
        void aChildHasTheFirstThreeAndThePassedOnesOnly() throws Exception {
            Kernel.Pipe pipe = pipe();
            int inherited = inheritable(pipe().readEnd());
            int pid = programs.startLasting(new PassedFd(pipe.writeEnd(), 5));
            awaitDescriptors(pid, Set.of(0, 1, 2, 5));
            assertEquals(Programs.target("self", pipe.writeEnd()), Programs.target(Integer.toString(pid), 5));
            assertTrue(Programs.descriptors("self").contains(inherited));
        }

        @Test
        void aGapBelowThePassedOnesIsClosedEvenIfItWouldBeInherited() throws Exception {
            Kernel.Pipe pipe = pipe();
            int gap = inheritable(pipe().readEnd());
            int pid = programs.startLasting(new PassedFd(pipe.writeEnd(), gap + 1));
            awaitDescriptors(pid, Set.of(0, 1, 2, gap + 1));
        }

        @Test
        void oneThatIsPassedUnderItsOwnNumberIsInherited() throws Exception {
            int same = pipe().writeEnd();
            int pid = programs.startLasting(new PassedFd(same, same));
            awaitDescriptors(pid, Set.of(0, 1, 2, same));
            assertEquals(Programs.target("self", same), Programs.target(Integer.toString(pid), same));
        }

        @Test
        void twoThatTakeEachOthersPlaceAreNotConfused() throws Exception {
            int first = pipe().writeEnd();
            int second = pipe().writeEnd();
            Set<Integer> before = Programs.descriptors("self");
            int pid = programs.startLasting(new PassedFd(first, second), new PassedFd(second, first));
            assertEquals(before, Programs.descriptors("self"));
            awaitDescriptors(pid, Set.of(0, 1, 2, first, second));
            assertEquals(Programs.target("self", first), Programs.target(Integer.toString(pid), second));
            assertEquals(Programs.target("self", second), Programs.target(Integer.toString(pid), first));
        }

        @Test
        void threeInARingAndOnePassedTwiceAreNotConfused() throws Exception {
            int first = pipe().writeEnd();
            int second = pipe().writeEnd();
            int third = pipe().writeEnd();
            int pid = programs.startLasting(
                    new PassedFd(first, second),
                    new PassedFd(second, third),
                    new PassedFd(third, first),
                    new PassedFd(first, 1));
            String process = Integer.toString(pid);
            awaitDescriptors(pid, Set.of(0, 1, 2, first, second, third));
            assertEquals(Programs.target("self", first), Programs.target(process, second));
            assertEquals(Programs.target("self", second), Programs.target(process, third));
            assertEquals(Programs.target("self", third), Programs.target(process, first));
            assertEquals(Programs.target("self", first), Programs.target(process, 1));
        }

        @Test
        void aHighNumberCanBeAskedFor() throws Exception {
            int ours = pipe().writeEnd();
            int pid = programs.startLasting(new PassedFd(ours, 900));
            awaitDescriptors(pid, Set.of(0, 1, 2, 900));
        }

        @Test
        void oneThatIsNotOpenIsRefused() throws Exception {
            assertFails(Errno.EBADF, programs.order(List.of("/bin/true"), List.of(new PassedFd(9999, 3))));
        }

        private static int inheritable(int fd) {
            assertEquals(0, LibcFiles.fcntl(fd, Libc.F_SETFD, 0));
            return fd;
        }

        /// The program's loader opens and closes its libraries first.
        private static void awaitDescriptors(int pid, Set<Integer> expected) {
            Awaitility.await().untilAsserted(() -> assertEquals(expected, Programs.descriptors(Integer.toString(pid))));
        }
    }

    /// The process has so many that children are made by a thread with a table of its own.
    @Nested
    final class AmongManyDescriptors {
        private Programs fromAbove;
        private Set<Integer> before;

        @BeforeEach
        void openMany() throws Exception {
            Assumptions.assumeTrue(canCopyDescriptors(), "this sandbox has no pidfd_getfd");
            for (int fd = pipe().writeEnd(); fd < SpawnThreads.MANY; fd = pipe().writeEnd()) {}
            fromAbove = new Programs(kernel, directory.toString());
            assertTrue(fromAbove.directoryFd() >= SpawnThreads.MANY);
            // The rehearsal.
            fromAbove.awaitEnd(fromAbove.start("/bin/true"));
            Awaitility.await().untilAsserted(() -> assertEquals(0, threads()));
            before = Programs.descriptors("self");
        }

        @AfterEach
        void nothingRemains() throws Exception {
            assertEquals(before, Programs.descriptors("self"));
            fromAbove.close();
            kernel.spawnThreads.descriptorChanged(1);
        }

        private static boolean canCopyDescriptors() throws ErrnoException {
            int ourselves = LinuxChildren.openPidfd(LibcProcesses.getpid());
            long copy = LibcProcesses.syscall(Libc.SYS_pidfd_getfd, ourselves, ourselves, 0, 0);
            LibcFiles.close(ourselves);
            return copy >= 0 && LibcFiles.close((int) copy) == 0;
        }

        @Test
        void aChildKeepsTheSmallestTableThereIs() throws Exception {
            assertEquals("64", Programs.status(fromAbove.startLasting(), "FDSize"));
        }

        @Test
        void aChildHasWhatIsPassedAndTheDirectory() throws Exception {
            int first = pipe().writeEnd();
            int second = pipe().writeEnd();
            before = Programs.descriptors("self");
            int pid = fromAbove.startLasting(
                    new PassedFd(first, second), new PassedFd(second, first), new PassedFd(first, 3));
            Descriptors.awaitDescriptors(pid, Set.of(0, 1, 2, 3, first, second));
            String process = Integer.toString(pid);
            assertEquals(Programs.target("self", first), Programs.target(process, second));
            assertEquals(Programs.target("self", second), Programs.target(process, first));
            assertEquals(Programs.target("self", first), Programs.target(process, 3));
            assertEquals(Programs.target("self", 1), Programs.target(process, 1));
            assertEquals(directory.toRealPath(), Files.readSymbolicLink(Path.of("/proc", process, "cwd")));
        }

        @Test
        void theThreadCanReadClasses() throws Exception {
            Set<String> open = new TreeSet<>();
            SpawnMoment looking = new SpawnMoment() {
                @Override
                public void begins() {
                    for (int fd = 0; fd < SpawnThreads.MANY; fd++) {
                        open.add(target("thread-self", fd));
                    }
                }
            };
            fromAbove.awaitEnd(kernel.spawn(fromAbove.order(List.of("/bin/true"), List.of()), looking));
            assertTrue(open.contains(System.getProperty("java.home") + "/lib/modules"), open.toString());
            assertTrue(open.stream().anyMatch(file -> file.endsWith(".jar")), open.toString());
            assertTrue(open.stream().noneMatch(file -> file.startsWith("pipe:") && !isStandard(file)), open.toString());
        }

        private static String target(String process, int fd) {
            try {
                return Programs.target(process, fd);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private static boolean isStandard(String file) {
            return IntStream.range(0, 3).anyMatch(fd -> target("self", fd).equals(file));
        }

        @Test
        void oneThatIsNotOpenIsRefused() throws Exception {
            assertFails(Errno.EBADF, fromAbove.order(List.of("/bin/true"), List.of(new PassedFd(9999, 3))));
        }

        @Test
        void aMissingProgramIsENOENTAndTheNextIsStarted() throws Exception {
            assertFails(Errno.ENOENT, fromAbove.order(List.of("./run"), List.of()));
            assertEquals(7, fromAbove.awaitEnd(fromAbove.startShell("exit 7")).code());
        }

        @Test
        void aPipeIsAtItsEndOnceTheChildThatHadItIsGone() throws Exception {
            Kernel.Pipe pipe = kernel.pipe();
            fromAbove.awaitEnd(fromAbove.startShell("exit 0", new PassedFd(pipe.writeEnd(), 3)));
            kernel.close(pipe.writeEnd());
            assertEquals(0, kernel.read(pipe.readEnd(), ByteBuffer.allocate(1)));
            kernel.close(pipe.readEnd());
        }

        @Test
        void severalThreadsSpawnAtOnce() throws Exception {
            spawnByFour(fromAbove);
        }

        @Test
        void asManyThreadsAreKeptAsSpawnAtOnce() throws Exception {
            Set<Thread> seen = new HashSet<>();
            for (int times = 0; times < 5; times++) {
                spawnByFour(fromAbove);
                seen.addAll(allThreads());
            }
            assertTrue(seen.size() <= 4, seen.size() + " threads");
        }

        @Test
        void theThreadEndsWithTheStandardOutputThatItHas() throws Exception {
            int started = fromAbove.start("/bin/true");
            fromAbove.awaitEnd(started);
            Awaitility.await().untilAsserted(() -> assertEquals(1, threads()));
            kernel.spawnThreads.descriptorChanged(1);
            Awaitility.await().untilAsserted(() -> assertEquals(0, threads()));
            assertEquals("64", Programs.status(fromAbove.startLasting(), "FDSize"));
        }

        private static long threads() {
            return allThreads().size();
        }

        private static List<Thread> allThreads() {
            return Thread.getAllStackTraces().keySet().stream()
                    .filter(thread -> thread.getName().equals(SpawnThread.NAME))
                    .toList();
        }
    }

    @Nested
    final class Failures {
        @Test
        void aMissingProgramIsENOENT() throws Exception {
            assertFails(Errno.ENOENT, programs.order(List.of("./run"), List.of()));
        }

        @Test
        void aProgramThatIsNotExecutableIsEACCES() throws Exception {
            Files.writeString(directory.resolve("run"), "#!/bin/sh\n");
            assertFails(Errno.EACCES, programs.order(List.of("./run"), List.of()));
        }

        @Test
        void aScriptWithoutAnInterpreterLineIsENOEXEC() throws Exception {
            writeProgram("run", "exit 0\n");
            assertFails(Errno.ENOEXEC, programs.order(List.of("./run"), List.of()));
        }

        @Test
        void aScriptWhoseInterpreterIsMissingIsENOENT() throws Exception {
            writeProgram("run", "#!/nonexistent/sh\n");
            assertFails(Errno.ENOENT, programs.order(List.of("./run"), List.of()));
        }

        @Test
        void anArgumentThatIsTooLongIsE2BIG() throws Exception {
            assertFails(Errno.E2BIG, programs.order(List.of("/bin/true", "x".repeat(200_000)), List.of()));
        }

        @Test
        void aTextWithANulWithinIsEINVAL() throws Exception {
            assertFails(Errno.EINVAL, programs.order(List.of("/bin/true", "a\0b"), List.of()));
            assertFails(Errno.EINVAL, programs.order(List.of("/bin/true\0"), List.of()));
        }

        @Test
        void nothingRemainsOfAFailedOne() throws Exception {
            int first = pipe().writeEnd();
            int second = pipe().writeEnd();
            Set<Integer> before = Programs.descriptors("self");
            List<PassedFd> crossed = List.of(new PassedFd(first, second), new PassedFd(second, first));
            assertFails(Errno.ENOENT, programs.order(List.of("./run"), crossed));
            assertEquals(before, Programs.descriptors("self"));
            assertThrows(ErrnoException.class, () -> kernel.spawn(programs.order(List.of("./run"), List.of())));
            assertNull(kernel.findEndedChild());
        }
    }

    @Test
    void aThousandChildrenLeaveNoDescriptorBehind() throws Exception {
        Set<Integer> before = Programs.descriptors("self");
        for (int i = 0; i < 1000; i++) {
            int pid = programs.start("/bin/true");
            assertEquals(new ChildEnd(pid, false, 0), programs.awaitEnd(pid));
        }
        assertEquals(before, Programs.descriptors("self"));
    }

    @Test
    void severalThreadsSpawnAtOnce() throws Exception {
        spawnByFour(programs);
    }

    private static void spawnByFour(Programs programs) throws Exception {
        try (ExecutorService spawners = Executors.newFixedThreadPool(4)) {
            List<Future<Integer>> wrong = new ArrayList<>();
            for (int spawner = 0; spawner < 4; spawner++) {
                wrong.add(spawners.submit(wrongEnds(programs, spawner)));
            }
            for (Future<Integer> ends : wrong) {
                assertEquals(0, ends.get());
            }
        }
    }

    /// Starts children one after the other and counts those that did not end as this one asked.
    private static Callable<Integer> wrongEnds(Programs programs, int spawner) {
        return () -> {
            int wrong = 0;
            for (int i = 0; i < 40; i++) {
                int code = spawner * 40 + i;
                if (programs.awaitEnd(programs.startShell("exit " + code)).code() != code) {
                    wrong++;
                }
            }
            return wrong;
        };
    }

    private static byte[] told(int pid, String file) throws IOException {
        return Files.readAllBytes(Path.of("/proc", Integer.toString(pid), file));
    }

    private void assertFails(int errno, SpawnOrder order) {
        ErrnoException failure = assertThrows(ErrnoException.class, () -> kernel.spawn(order));
        assertEquals(errno, failure.errno(), failure.getMessage());
    }

    private void writeProgram(String name, String content) throws IOException {
        Path program = Files.writeString(directory.resolve(name), content);
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}
