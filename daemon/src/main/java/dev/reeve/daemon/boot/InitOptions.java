package dev.reeve.daemon.boot;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Predicate;

/// The command line of `reeve-init`, which is that of s6-linux-init, and what the kernel has
/// added to it.
///
/// Whatever it says, the machine is to boot: an option that is wrong is a complaint, and the default holds.
public record InitOptions(
        String basedir,
        String path,
        Optional<String> environmentStore,
        int umask,
        Optional<String> deviceDirectory,
        String initialRunlevel,
        RunMount runMount,
        boolean inContainer,
        boolean withoutCatchAll,
        OptionalInt waitForEndOf,
        Optional<Duration> grace,
        List<String> kernelArguments,
        List<String> complaints) {
    public static final String USAGE = """
            Usage: reeve-init [-c BASEDIR] [-p PATH] [-s ENVSTORE] [-m UMASK] [-d SLASHDEV] [-D INITDEFAULT]
                              [-n | -N] [-C] [-B] [-W FD] [-q MILLIS] [--] [ARGUMENT...]

            Boots a machine and supervises it, as its first process: in the place of s6-linux-init and s6-svscan. To be
            executed by the kernel as /sbin/init, or by a script there that adds the options.

              -c BASEDIR      where env/, run-image/ and scripts/ are; default /etc/reeve-init, and where there is none,
                              /etc/s6-linux-init/current
              -p PATH         the PATH of all services; default /usr/bin:/bin
              -s ENVSTORE     keep the environment that the kernel gave in ENVSTORE/, as s6-envdir reads it
              -m UMASK        the umask of all services, octal; default 022
              -d SLASHDEV     mount a devtmpfs on SLASHDEV first
              -D INITDEFAULT  the runlevel where no ARGUMENT names one; default "default"
              -n              remount the file system on /run, instead of mounting a new one
              -N              leave the file system on /run alone
              -C              this is a container: no keyboard, no Ctrl-Alt-Del
              -B              services without a logger write to the console
              -W FD           wait first until whoever writes to descriptor FD has closed it
              -q MILLIS       at the end, how long processes may take before they are killed; default 3000
              --help          this text
              --version       the version

            An ARGUMENT of default, 1, 2, 3, 4 or 5 is the runlevel. All are given to BASEDIR/scripts/rc.init. Options
            may come after ARGUMENTs, up to the --: a kernel puts the words first that mean nothing to it.
            """;

    /// What becomes of what is mounted on /run.
    public enum RunMount {
        NEW,
        AGAIN,
        LEFT_ALONE
    }

    private static final String BASEDIR = "/etc/reeve-init";
    private static final String BASEDIR_OF_S6 = "/etc/s6-linux-init/current";
    private static final String WITH_VALUE = "vcpsmdDWq";
    private static final String WITHOUT_VALUE = "nNCB";
    private static final Set<String> RUNLEVELS = Set.of("default", "1", "2", "3", "4", "5");
    private static final int USUAL_UMASK = 022;
    private static final int FIRST_FREE = 3;

    /// What [#parse] reads, where the directory to boot from is the one that there is.
    public static InitOptions parse(List<String> words, Predicate<String> isDirectory) {
        return new Reading(
                        words, isDirectory.test(BASEDIR) || !isDirectory.test(BASEDIR_OF_S6) ? BASEDIR : BASEDIR_OF_S6)
                .read();
    }

    /// As GNU's getopt(3) reads them: options may come after other words. What is no option of ours may be the
    /// kernel's, which hands on what it does not know, before what is meant for its first process.
    public static InitOptions parse(List<String> words) {
        return new Reading(words, BASEDIR).read();
    }

    /// The first argument that is a runlevel, or the initial one.
    public String runlevel() {
        return kernelArguments.stream().filter(RUNLEVELS::contains).findFirst().orElse(initialRunlevel);
    }

    /// Of one of the scripts that a machine's owner has written: `rc.init`, `rc.shutdown`, `rc.shutdown.final`.
    public String script(String name) {
        return basedir + "/scripts/" + name;
    }

    private static final class Reading {
        private final Deque<String> rest;
        private final List<String> kernelArguments = new ArrayList<>();
        private final List<String> complaints = new ArrayList<>();
        private String basedir;
        private String path = "/usr/bin:/bin";
        private Optional<String> environmentStore = Optional.empty();
        private int umask = USUAL_UMASK;
        private Optional<String> deviceDirectory = Optional.empty();
        private String initialRunlevel = "default";
        private RunMount runMount = RunMount.NEW;
        private boolean inContainer;
        private boolean withoutCatchAll;
        private OptionalInt waitForEndOf = OptionalInt.empty();
        private Optional<Duration> grace = Optional.empty();

        Reading(List<String> words, String basedir) {
            this.basedir = basedir;
            rest = new ArrayDeque<>(words);
        }

        InitOptions read() {
            while (!rest.isEmpty()) {
                String word = rest.remove();
                if (word.equals("--")) {
                    break;
                }
                if (!word.startsWith("-") || word.equals("-")) {
                    kernelArguments.add(word);
                } else {
                    readOptions(word);
                }
            }
            kernelArguments.addAll(rest);
            return new InitOptions(
                    basedir,
                    path,
                    environmentStore,
                    umask,
                    deviceDirectory,
                    initialRunlevel,
                    runMount,
                    inContainer,
                    withoutCatchAll,
                    waitForEndOf,
                    grace,
                    List.copyOf(kernelArguments),
                    List.copyOf(complaints));
        }

        /// One word may hold several letters, the last of which may have its value in the same word.
        private void readOptions(String word) {
            for (int at = 1; at < word.length(); at++) {
                char letter = word.charAt(at);
                if (WITHOUT_VALUE.indexOf(letter) >= 0) {
                    set(letter);
                    continue;
                }
                if (WITH_VALUE.indexOf(letter) < 0) {
                    complaints.add(word + " is no option of reeve-init, and is taken for an argument");
                    kernelArguments.add(word);
                    return;
                }
                String attached = word.substring(at + 1);
                if (attached.isEmpty() && rest.isEmpty()) {
                    complaints.add("-" + letter + " needs a value after it, and is not heeded");
                    return;
                }
                set(letter, attached.isEmpty() ? rest.remove() : attached);
                return;
            }
        }

        private void set(char letter) {
            switch (letter) {
                case 'n' -> runMount = RunMount.AGAIN;
                case 'N' -> runMount = RunMount.LEFT_ALONE;
                case 'C' -> inContainer = true;
                default -> withoutCatchAll = true;
            }
        }

        private void set(char letter, String value) {
            switch (letter) {
                case 'c' -> basedir = absolute(value);
                case 'p' -> path = value;
                case 's' -> environmentStore = Optional.of(absolute(value));
                case 'm' -> umask = number(letter, value, "[0-7]{1,4}", 8, umask);
                case 'd' -> deviceDirectory = Optional.of(absolute(value));
                case 'D' -> initialRunlevel = value;
                case 'q' -> grace = millis(letter, value);
                case 'W' -> waitForEndOf = descriptor(value);
                default -> number(letter, value, "[0-9]{1,9}", 10, 0);
            }
        }

        /// The working directory is / by the time.
        private static String absolute(String path) {
            return path.startsWith("/") ? path : "/" + path;
        }

        private int number(char letter, String value, String form, int radix, int otherwise) {
            if (value.matches(form)) {
                return Integer.parseInt(value, radix);
            }
            complaints.add("-" + letter + " needs " + (radix == 8 ? "an octal number" : "a number") + " after it, not "
                    + value + ", and is not heeded");
            return otherwise;
        }

        private Optional<Duration> millis(char letter, String value) {
            int millis = number(letter, value, "[0-9]{1,9}", 10, -1);
            return millis < 0 ? Optional.empty() : Optional.of(Duration.ofMillis(millis));
        }

        private OptionalInt descriptor(String value) {
            if (value.matches("[0-9]{1,9}") && Integer.parseInt(value) >= FIRST_FREE) {
                return OptionalInt.of(Integer.parseInt(value));
            }
            complaints.add("-W needs a descriptor of 3 or more after it, not " + value + ", and is not heeded");
            return OptionalInt.empty();
        }
    }
}
