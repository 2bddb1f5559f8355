package dev.reeve.daemon.boot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reeve.bridge.Errno;
import dev.reeve.bridge.ErrnoException;
import dev.reeve.bridge.Machine.Ending;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/// In virtual time: what hangs, hangs for ever.
class TheEndTest {
    private static final Duration SOON = Duration.ofMillis(40);
    private static final Duration NEVER = FakeMachine.NEVER;

    private final FakeMachine machine = new FakeMachine().mounted("/", "ext4");

    @Test
    void whereNobodyIsLeftNothingIsWaitedFor() throws ErrnoException {
        machine.comeToItsEnd(Ending.POWER_OFF);

        assertEquals(Duration.ZERO, machine.elapsed());
        assertEquals(
                List.of(
                        "signal 15",
                        "signal 18",
                        "sync",
                        "mounts",
                        "read-only /",
                        "final script",
                        "sync",
                        "end POWER_OFF"),
                machine.done);
        assertEquals("power off after 0 ms", machine.reports.getLast());
    }

    @Nested
    class Processes {
        @Test
        void thatEndAreWaitedForNoLongerThanTheyTake() throws ErrnoException {
            machine.process("nginx", SOON, SOON).process("sshd", SOON.multipliedBy(2), SOON);

            machine.comeToItsEnd(Ending.RESTART);

            assertEquals(SOON.multipliedBy(2), machine.elapsed());
            assertFalse(machine.done.contains("signal 9"));
            assertEquals("everybody has ended: 80 ms", machine.reports.getFirst());
        }

        @Test
        void thatIgnoreSigtermAreKilledAfterTheGrace() throws ErrnoException {
            machine.process("stubborn", NEVER, SOON);

            machine.comeToItsEnd(Ending.RESTART);

            assertEquals(EndLimits.USUAL.grace().plus(SOON), machine.elapsed());
            assertEquals(List.of("signal 15", "signal 18", "signal 9"), machine.done.subList(0, 3));
            assertTrue(machine.reports.contains("everybody has been killed: 40 ms"));
        }

        @Test
        void thatNotEvenSigkillEndsAreNamedAndLeftBehind() throws ErrnoException {
            machine.process("12 (dd)", NEVER, NEVER).process("mortal", SOON, SOON);

            machine.comeToItsEnd(Ending.HALT);

            assertEquals("end HALT", machine.done.getLast());
            assertTrue(machine.reports.contains("not even SIGKILL ends 12 (dd): 2000 ms"), machine.reports::toString);
        }
    }

    @Nested
    class FileSystems {
        @Test
        void areUnmountedLastFirstWithoutWhatAMachineIsMadeOf() throws ErrnoException {
            machine.mounted("/proc", "proc")
                    .mounted("/run", "tmpfs")
                    .mounted("/srv", "ext4")
                    .mounted("/srv/data", "xfs")
                    .mounted("/run/media/stick", "vfat")
                    .mounted("/tmp", "tmpfs");

            machine.comeToItsEnd(Ending.RESTART);

            assertEquals(
                    List.of(
                            "unmount /tmp",
                            "unmount /run/media/stick",
                            "unmount /srv/data",
                            "unmount /srv",
                            "read-only /"),
                    unmounts());
            assertTrue(machine.reports.contains("4 file systems unmounted: 0 ms"), machine.reports::toString);
        }

        @Test
        void thatAreInUseToTheLastBecomeReadOnly() throws ErrnoException {
            machine.mounted("/usr", "ext4").behaves("unmount /usr", Duration.ZERO, Errno.EBUSY);

            machine.comeToItsEnd(Ending.RESTART);

            assertEquals(List.of("unmount /usr", "unmount /usr", "read-only /usr", "read-only /"), unmounts());
            assertTrue(machine.reports.contains("/usr is in use, and read-only now"));
        }

        @Test
        void thatAreNotInUseAnyMoreSinceAnotherIsGoneAreUnmounted() throws ErrnoException {
            // The image lies on /srv, and was mounted before it was moved there.
            machine.mounted("/srv/image", "squashfs").mounted("/srv", "ext4");

            machine.comeToItsEnd(Ending.RESTART);

            assertEquals(List.of("unmount /srv", "unmount /srv/image", "unmount /srv", "read-only /"), unmounts());
            assertEquals(List.of(new MountPoint("/", "ext4")), machine.mounts);
        }

        @Test
        void thatHangAreLeftBehindAndTheOthersUnmounted() throws ErrnoException {
            machine.mounted("/srv", "ext4")
                    .mounted("/dead", "ext4")
                    .behaves("unmount /dead", NEVER, 0)
                    .mounted("/home", "ext4");

            machine.comeToItsEnd(Ending.RESTART);

            assertEquals(EndLimits.USUAL.unmount(), machine.elapsed());
            assertEquals(List.of("unmount /home", "unmount /dead", "unmount /srv", "read-only /"), unmounts());
            assertTrue(machine.reports.contains("/dead is left behind: not unmounted after 10000 ms"));
        }

        @Test
        void thatAllHangTakeNoLongerThanAllMay() throws ErrnoException {
            for (int i = 0; i < 100; i++) {
                machine.mounted("/dead" + i, "ext4").behaves("unmount /dead" + i, NEVER, 0);
            }

            machine.comeToItsEnd(Ending.RESTART);

            assertEquals(EndLimits.USUAL.allUnmounts(), machine.elapsed());
            assertEquals("end RESTART", machine.done.getLast());
        }

        @Test
        void areNotSwappedToWhenTheyAreUnmounted() throws ErrnoException {
            machine.swaps.addAll(List.of("/dead", "/swapfile"));
            machine.behaves("swapoff /dead", NEVER, 0);

            machine.comeToItsEnd(Ending.RESTART);

            assertTrue(machine.done.indexOf("swapoff /swapfile") < machine.done.indexOf("read-only /"));
            assertEquals(EndLimits.USUAL.unmount(), machine.elapsed());
        }

        @Test
        void ofAServerAreNotWaitedFor() throws ErrnoException {
            machine.mounted("/net", "nfs4");

            machine.comeToItsEnd(Ending.RESTART);

            assertEquals(List.of("abandon /net", "read-only /"), unmounts());
        }

        @Test
        void ofAContainerAreItsHosts() throws ErrnoException {
            machine.haveDisks = false;
            machine.mounted("/etc/hosts", "ext4");

            machine.comeToItsEnd(Ending.HALT);

            assertEquals(List.of("signal 15", "signal 18", "final script", "end HALT"), machine.done);
        }

        private List<String> unmounts() {
            return machine.done.stream()
                    .filter(operation -> operation.matches("(unmount|abandon|read-only) .*"))
                    .toList();
        }
    }

    @Nested
    class Writing {
        @Test
        void thatHangsIsLeftBehind() throws ErrnoException {
            machine.behaves("sync", NEVER, 0).unwritten = List.of(4_096L);

            machine.comeToItsEnd(Ending.RESTART);

            // Twice: before unmounting and after it. Only a second look tells that nothing gets on.
            assertEquals(EndLimits.USUAL.writingStalled().multipliedBy(4), machine.elapsed());
            assertEquals("end RESTART", machine.done.getLast());
        }

        @Test
        void thatGetsOnIsWaitedFor() throws ErrnoException {
            Duration slow = Duration.ofSeconds(45);
            machine.behaves("sync", slow, 0).unwritten = countdown(100);

            machine.comeToItsEnd(Ending.RESTART);

            assertEquals(slow.multipliedBy(2), machine.elapsed());
            assertTrue(machine.reports.contains("everything is written to the disks: 45000 ms"));
        }

        @Test
        void thatGetsOnForEverIsNot() throws ErrnoException {
            machine.behaves("sync", NEVER, 0).unwritten = countdown(1_000);

            machine.comeToItsEnd(Ending.RESTART);

            assertTrue(machine.elapsed().compareTo(EndLimits.USUAL.writing().multipliedBy(3)) < 0);
            assertEquals("end RESTART", machine.done.getLast());
        }

        private static List<Long> countdown(int from) {
            return IntStream.range(0, from).mapToObj(i -> (long) from - i).toList();
        }
    }

    @Test
    void aFinalScriptThatHangsIsLeftBehind() throws ErrnoException {
        machine.behaves("final script", NEVER, 0);

        machine.comeToItsEnd(Ending.RESTART);

        assertEquals(EndLimits.USUAL.finalScript(), machine.elapsed());
        assertEquals("end RESTART", machine.done.getLast());
    }

    @Test
    void withoutAKernelToExecuteTheMachineStartsFromItsFirmware() throws ErrnoException {
        machine.behaves("end KEXEC", Duration.ZERO, Errno.EINVAL);

        machine.comeToItsEnd(Ending.KEXEC);

        assertEquals(
                List.of("end KEXEC", "end RESTART"),
                machine.done.subList(machine.done.size() - 2, machine.done.size()));
    }

    /// Each operation of a random machine hangs, fails or takes its time.
    @Test
    void whateverHappensTheMachineEnds() throws ErrnoException {
        Duration most = Duration.ofMinutes(15);
        for (int seed = 0; seed < 2_000; seed++) {
            FakeMachine random = randomMachine(new Random(seed));

            random.comeToItsEnd(Ending.POWER_OFF);

            int number = seed;
            assertEquals("end POWER_OFF", random.done.getLast(), () -> "seed " + number);
            assertTrue(random.elapsed().compareTo(most) < 0, () -> "seed " + number + ": " + random.elapsed());
        }
    }

    private static FakeMachine randomMachine(Random random) {
        FakeMachine machine = new FakeMachine().mounted("/", "ext4");
        machine.haveFinalScript = random.nextBoolean();
        machine.unwritten = List.of(random.nextLong(1 << 20), random.nextLong(1 << 20), random.nextLong(1 << 20));
        for (int i = random.nextInt(10); i > 0; i--) {
            machine.process("p" + i, random(random), random(random));
        }
        for (int i = random.nextInt(10); i > 0; i--) {
            machine.mounted(random.nextInt(3) == 0 ? "/a/" + i : "/" + i, random.nextInt(5) == 0 ? "nfs" : "ext4");
            perhaps(random, machine, "unmount /" + i);
            perhaps(random, machine, "unmount /a/" + i);
            perhaps(random, machine, "abandon /" + i);
            perhaps(random, machine, "read-only /" + i);
        }
        for (String operation : List.of(
                "signal 15",
                "signal 18",
                "signal 9",
                "survivors",
                "meminfo",
                "mounts",
                "read-only /",
                "final script")) {
            perhaps(random, machine, operation);
        }
        if (random.nextInt(3) == 0) {
            machine.behaves("sync", random(random), 0);
        }
        return machine;
    }

    private static void perhaps(Random random, FakeMachine machine, String operation) {
        boolean signals = operation.startsWith("signal");
        switch (random.nextInt(6)) {
            case 0 -> machine.behaves(operation, signals ? Duration.ZERO : random(random), 0);
            case 1 -> machine.behaves(operation, Duration.ZERO, Errno.EBUSY);
            case 2 -> machine.behaves(operation, Duration.ZERO, Errno.EIO);
            default -> machine.works(operation);
        }
    }

    private static Duration random(Random random) {
        return random.nextInt(3) == 0 ? NEVER : Duration.ofMillis(random.nextInt(20_000));
    }
}
