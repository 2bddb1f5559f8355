package dev.reeve.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// What services without a logger say on a real kernel, from the first line to the last, is in the log, which is read
/// from the disk when the machine is off.
///
/// Each of the writers (`dist/machines/lines`) writes 5,000 lines at once, 10,000 in which the logger is ended by
/// SIGTERM and SIGHUP, 5,000 in which it is killed, and 5,000 when it is itself told to end. While these are written
/// a second order comes, which is what counts in the end.
class CatchAllLogScenarioTest {
    private static final int WRITERS = 4;
    private static final int LINES_EACH = 25_000;
    private static final int KILLED_FROM = 15_001;
    private static final int KILLED_TO = 20_000;

    private static final Pattern NUMBERED = Pattern.compile("@[0-9a-f]{24} writer(\\d) (\\d{6}) \\.{40}");
    private static final int LINE_BYTES = "writer1 000000 ".length() + 40 + 1;

    /// What a logger may have read, and not written yet, when it is killed: a pipe's worth.
    private static final int BUFFER_BYTES = 64 * 1024;

    @Test
    void isWholeFromBootToPowerOffButForTheBufferOfALoggerThatIsKilled() throws IOException {
        LinuxKernel kernel = LinuxKernel.newestOrSkip();
        try (VirtualMachine machine = VirtualMachine.onDisk("lines", kernel, Machines.lines(WRITERS), "rw")) {
            machine.login();
            machine.type("await-line 5000 && end-logger HUP && await-line 15000 && end-logger KILL");
            machine.awaitConsole("after HUP: another logger");
            machine.awaitConsole("after KILL: another logger");
            machine.type("await-line 20000");
            machine.awaitConsole("all have written 20000");
            machine.type("(trap '' HUP TERM; telinit 6; init 0)");
            machine.awaitPowerDown();
        }
        Path directory = VirtualMachine.directory("lines");
        Path disk = directory.resolve("disk");
        assertEquals("clean", Ext4.state(disk));
        List<String> log = linesOf(Ext4.read(disk, "/var/log/uncaught", directory));
        assertEquals(
                1,
                log.stream()
                        .filter(it -> it.endsWith(" the machine is to reboot"))
                        .count());
        assertTrue(log.stream().anyMatch(it -> it.endsWith(" the end that is under way is to power off")));
        Map<Integer, List<Integer>> numbers = numbersOfWriters(log);

        int missing = 0;
        for (int writer = 1; writer <= WRITERS; writer++) {
            List<Integer> read = numbers.getOrDefault(writer, List.of());
            assertEquals(read, read.stream().sorted().distinct().toList(), "in order, and once");
            assertEquals(List.of(), missingOf(read, 1, KILLED_FROM - 1), "before the SIGKILL, of writer" + writer);
            assertEquals(List.of(), missingOf(read, KILLED_TO + 1, LINES_EACH), "at the end, of writer" + writer);
            missing += missingOf(read, KILLED_FROM, KILLED_TO).size();
        }
        System.out.printf(
                "a real kernel: of %,d lines %d are missing, after SIGTERM, SIGHUP and SIGKILL of the logger%n",
                WRITERS * LINES_EACH, missing);
        assertTrue(missing * LINE_BYTES <= BUFFER_BYTES, missing + " lines are missing");
    }

    private static List<Integer> missingOf(List<Integer> read, int from, int to) {
        Set<Integer> there = Set.copyOf(read);
        return IntStream.rangeClosed(from, to)
                .filter(number -> !there.contains(number))
                .boxed()
                .toList();
    }

    /// In their order: of s6-log's archives, and then of `current`.
    private static List<String> linesOf(Path log) throws IOException {
        List<Path> files;
        try (Stream<Path> listed = Files.list(log)) {
            files = new ArrayList<>(
                    listed.filter(it -> it.getFileName().toString().startsWith("@"))
                            .sorted()
                            .toList());
        }
        files.add(log.resolve("current"));
        List<String> lines = new ArrayList<>();
        for (Path file : files) {
            lines.addAll(Files.readAllLines(file));
        }
        return lines;
    }

    private static Map<Integer, List<Integer>> numbersOfWriters(List<String> log) {
        Map<Integer, List<Integer>> numbers = new TreeMap<>();
        for (String line : log) {
            Matcher matcher = NUMBERED.matcher(line);
            if (matcher.matches()) {
                numbers.computeIfAbsent(Integer.valueOf(matcher.group(1)), _ -> new ArrayList<>())
                        .add(Integer.valueOf(matcher.group(2)));
            }
        }
        return numbers;
    }
}
