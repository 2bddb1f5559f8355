package dev.reeve.daemon;

import dev.reeve.bridge.ErrnoException;
import dev.reeve.bridge.Kernel;
import dev.reeve.daemon.DaemonOptions.UsageException;
import dev.reeve.daemon.process.ScanSettings;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// The command line of `reeve-svscan`, which is that of s6-svscan (s6-svscan.html): where to write a newline when
/// orders are taken, and how the scan directory is read.
record SvscanOptions(OptionalInt notification, ScanSettings scan) {
    static final String USAGE = """
            Usage: reeve-svscan [-d NOTIF] [-X CONSOLEHOLDER] [-C SERVICES_MAX] [-L NAME_MAX] [-t RESCAN_MS] [SCANDIR]

            Supervises every directory in SCANDIR (default: the working directory) in s6-svscan's place: s6-svscanctl,
            s6-svc and their like work on it, and .s6-svscan/finish is executed at the end. It can be asked by
            "reeve --socket SCANDIR/.s6-svscan/reeve/control.sock", too.

              -d NOTIF          write a newline to descriptor NOTIF (3 or more) when orders are taken, and close it
              -X CONSOLEHOLDER  descriptor CONSOLEHOLDER (3 or more) is the console: standard error of the service
                                s6-svscan-log, and standard output and error of finish and crash
              -C SERVICES_MAX   take up so many services at most, loggers included: 4 to 160000, default 1000
              -c SERVICES_MAX   the same, loggers not included: default 500
              -L NAME_MAX       take up services with names of so many bytes at most: 11 to 1019, default 251
              -t RESCAN_MS      scan SCANDIR every so many milliseconds; 0, the default: only when told to
              --help            this text
              --version         the version

            Exit codes: 0 it was told to end, and there is no finish; 100 wrong usage, or SCANDIR is served already;
            111 a system call failed.
            """;

    private static final int SERVICES_MIN = 4;
    private static final int SERVICES_USUAL = 1_000;
    private static final int SERVICES_MOST = 160_000;
    private static final int NAME_MIN = 11;
    private static final int NAME_MOST = 1_019;
    private static final int FIRST_FREE = 3;

    /// As getopt(3) reads them, so `-t500` is `-t 500`, and the first word that is no option ends them.
    static SvscanOptions parse(List<String> arguments) throws UsageException {
        int notification = 0;
        int console = 0;
        long servicesMax = SERVICES_USUAL;
        int nameMax = ScanSettings.USUAL_NAME_MAX;
        int rescan = 0;
        String directory = ".";
        Iterator<String> rest = arguments.iterator();
        while (rest.hasNext()) {
            String word = rest.next();
            if (word.equals("--")) {
                directory = rest.hasNext() ? rest.next() : directory;
                break;
            }
            if (!word.startsWith("-") || word.equals("-")) {
                directory = word;
                break;
            }
            char option = word.charAt(1);
            if ("dXCcLt".indexOf(option) < 0) {
                throw new UsageException(word + " is no option of reeve-svscan; see reeve-svscan --help");
            }
            int number = number(option, word.substring(2), rest);
            switch (option) {
                case 'd' -> notification = number;
                case 'X' -> console = number;
                case 'C' -> servicesMax = number;
                case 'c' -> servicesMax = 2L * number;
                case 'L' -> nameMax = number;
                default -> rescan = number;
            }
        }
        ScanSettings scan = new ScanSettings(
                Path.of(directory).toAbsolutePath().normalize().toString(),
                Math.clamp(servicesMax, SERVICES_MIN, SERVICES_MOST),
                Math.clamp(nameMax, NAME_MIN, NAME_MOST),
                rescan == 0 ? Optional.empty() : Optional.of(Duration.ofMillis(rescan)),
                true,
                descriptor(console, "console holder"),
                Optional.empty());
        return new SvscanOptions(descriptor(notification, "notification"), scan);
    }

    /// Both were given by who started this process, or nobody.
    void checkDescriptors(Kernel kernel) throws UsageException, ErrnoException {
        check(kernel, notification, "notification");
        check(kernel, scan.console(), "console holder");
    }

    /// Orders are taken from now on. What becomes of telling it is the concern of who wanted to know.
    void notifyReadiness(Kernel kernel) {
        notification.ifPresent(fd -> {
            try {
                kernel.write(fd, ByteBuffer.wrap(new byte[] {'\n'}));
            } catch (ErrnoException _) {
                // Nobody reads it any more.
            }
            kernel.close(fd);
        });
    }

    private static void check(Kernel kernel, OptionalInt fd, String what) throws UsageException, ErrnoException {
        if (fd.isPresent() && !kernel.isPassedOn(fd.getAsInt())) {
            throw new UsageException("invalid " + what + " fd: " + fd.getAsInt() + " is not open");
        }
    }

    private static OptionalInt descriptor(int number, String what) throws UsageException {
        if (number == 0) {
            return OptionalInt.empty();
        }
        if (number < FIRST_FREE) {
            throw new UsageException(what + " fd must be 3 or more");
        }
        return OptionalInt.of(number);
    }

    private static int number(char option, String attached, Iterator<String> rest) throws UsageException {
        if (attached.isEmpty() && !rest.hasNext()) {
            throw new UsageException("-" + option + " needs a number after it");
        }
        String text = attached.isEmpty() ? rest.next() : attached;
        if (!text.matches("[0-9]{1,9}")) {
            throw new UsageException("-" + option + " needs a number after it, not " + text);
        }
        return Integer.parseInt(text);
    }
}
