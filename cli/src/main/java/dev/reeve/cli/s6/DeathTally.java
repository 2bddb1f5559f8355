package dev.reeve.cli.s6;

import dev.reeve.cli.outside.ClientFailure;
import dev.reeve.cli.s6.Options.Option;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;

/// `svdt` and `svdt-clear`: the file `supervise/death_tally`, which has 14 bytes a death: its TAI64N label,
/// an exit code, and a signal, or 0 if it was none.
final class DeathTally {
    private static final int ENTRY_BYTES = 14;
    private static final int LABEL_BYTES = 12;
    private static final int ENTRIES_MAX = 4_096;

    private DeathTally() {}

    static int run(Invocation invocation) throws Fatal, ClientFailure {
        Options options = invocation.options("Ssn:");
        boolean asNumbers = false;
        int entriesMax = ENTRIES_MAX;
        for (Option option : options.given()) {
            switch (option.letter()) {
                case 'S' -> asNumbers = false;
                case 's' -> asNumbers = true;
                default -> entriesMax = invocation.number(option.argument());
            }
        }
        if (options.operands().isEmpty()) {
            throw invocation.usage();
        }
        String directory = options.operands().getFirst();
        print(invocation, read(directory), entriesMax, asNumbers);
        return 0;
    }

    static int clear(Invocation invocation) throws Fatal {
        if (invocation.words().isEmpty()) {
            throw invocation.usage();
        }
        String directory = invocation.words().getFirst();
        try {
            Files.write(file(directory), new byte[0]);
            return 0;
        } catch (IOException e) {
            throw Fatal.unable(Fatal.SYSTEM, "clear death tally for service " + directory, Reasons.of(e));
        }
    }

    private static byte[] read(String directory) throws Fatal {
        try {
            return Files.readAllBytes(file(directory));
        } catch (IOException e) {
            throw Fatal.unable(Fatal.SYSTEM, "read death tally for service " + directory, Reasons.of(e));
        }
    }

    private static Path file(String directory) {
        return Path.of(directory, "supervise", "death_tally");
    }

    /// The latest so many, the oldest of them first.
    private static void print(Invocation invocation, byte[] tally, int entriesMax, boolean asNumbers)
            throws ClientFailure {
        int entries = tally.length / ENTRY_BYTES;
        int first = Math.max(0, entries - Integer.min(Integer.max(entriesMax, 0), ENTRIES_MAX));
        ByteBuffer bytes = ByteBuffer.wrap(tally).position(first * ENTRY_BYTES);
        while (bytes.remaining() >= ENTRY_BYTES) {
            byte[] label = new byte[LABEL_BYTES];
            bytes.get(label);
            int exitCode = Byte.toUnsignedInt(bytes.get());
            int signal = Byte.toUnsignedInt(bytes.get());
            invocation.print("@" + HexFormat.of().formatHex(label) + " " + end(exitCode, signal, asNumbers));
        }
    }

    private static String end(int exitCode, int signal, boolean asNumbers) {
        if (signal == 0) {
            return "exitcode " + exitCode;
        }
        return "signal " + (asNumbers ? Integer.toString(signal) : SignalNumbers.nameOf(signal));
    }
}
