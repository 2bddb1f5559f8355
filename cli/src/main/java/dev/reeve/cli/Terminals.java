package dev.reeve.cli;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The terminals at which somebody sits: those that control a session, by /proc. (Who is logged in is written down in
/// utmp, too, if somebody does.)
final class Terminals {
    private static final Path PROC = Path.of("/proc");

    /// tty_nr of proc_pid_stat(5), counted from the name's closing bracket.
    private static final int TTY_FIELD = 4;

    private static final int VIRTUAL_AND_SERIAL = 4;
    private static final int FIRST_SERIAL = 64;
    private static final int FIRST_PSEUDO = 136;
    private static final int LAST_PSEUDO = 143;
    private static final int MINORS = 256;

    private static final int O_WRONLY = 1;
    private static final int O_NOCTTY = 0400;
    private static final int O_NONBLOCK = 04000;

    private Terminals() {}

    static Set<Path> inUse() {
        try (Stream<Path> processes = Files.list(PROC)) {
            return processes
                    .filter(path -> path.getFileName().toString().matches("[0-9]+"))
                    .flatMap(path -> terminalOf(path).stream())
                    .collect(Collectors.toCollection(TreeSet::new));
        } catch (IOException e) {
            return Set.of();
        }
    }

    static Set<String> owners(Set<Path> terminals) {
        Set<String> owners = new TreeSet<>();
        for (Path terminal : terminals) {
            try {
                owners.add(Files.getOwner(terminal).getName());
            } catch (IOException _) {
                // It was closed meanwhile.
            }
        }
        return owners;
    }

    private static Optional<Path> terminalOf(Path process) {
        try {
            String stat = Files.readString(process.resolve("stat"), StandardCharsets.ISO_8859_1);
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
            return named(Integer.parseInt(fields[TTY_FIELD]));
        } catch (IOException _) {
            // It has ended.
            return Optional.empty();
        }
    }

    /// The device's path: minor in bits 31 to 20 and 7 to 0, major in 15 to 8.
    static Optional<Path> named(int device) {
        int major = (device >> 8) & 0xff;
        int minor = (device & 0xff) | ((device >>> 12) & 0xfff00);
        if (major >= FIRST_PSEUDO && major <= LAST_PSEUDO) {
            return Optional.of(Path.of("/dev/pts/" + ((major - FIRST_PSEUDO) * MINORS + minor)));
        }
        if (major == VIRTUAL_AND_SERIAL) {
            return Optional.of(
                    Path.of(minor < FIRST_SERIAL ? "/dev/tty" + minor : "/dev/ttyS" + (minor - FIRST_SERIAL)));
        }
        return Optional.empty();
    }

    /// Writes what the terminal takes at once: one under ^S would keep its writers for ever, which the JDK has no way
    /// round.
    @SuppressWarnings("restricted") // The calls are given what they want, and the launcher allows them.
    static void write(Path terminal, String text) {
        Linker linker = Linker.nativeLinker();
        MethodHandle open = linker.downcallHandle(
                linker.defaultLookup().findOrThrow("open"),
                FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.JAVA_INT),
                Linker.Option.firstVariadicArg(2));
        MethodHandle write = linker.downcallHandle(
                linker.defaultLookup().findOrThrow("write"),
                FunctionDescriptor.of(
                        ValueLayout.JAVA_LONG, ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.JAVA_LONG));
        MethodHandle close = linker.downcallHandle(
                linker.defaultLookup().findOrThrow("close"),
                FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment path = arena.allocateFrom(terminal.toString());
            MemorySegment bytes = arena.allocateFrom(text);
            int fd = (int) open.invokeExact(path, O_WRONLY | O_NOCTTY | O_NONBLOCK);
            if (fd >= 0) {
                long _ = (long) write.invokeExact(fd, bytes, bytes.byteSize() - 1);
                int _ = (int) close.invokeExact(fd);
            }
        } catch (Throwable e) { // invokeExact declares it; the calls throw nothing
            return;
        }
    }
}
