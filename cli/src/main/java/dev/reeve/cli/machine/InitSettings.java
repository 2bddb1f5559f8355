package dev.reeve.cli.machine;

import java.nio.file.Path;
import java.util.Optional;
import java.util.SortedMap;
import java.util.stream.Stream;

/// How a machine is to boot: what the options of s6-linux-init-maker say, and where reeve is.
///
/// `basedir` is where the directory will be on the machine. A variable without a value is taken out of the environment.
/// `stamps` is what s6-log puts before each line. `s6Log` tells whether that is installed. `graceMillis` is the time
/// between SIGTERM and SIGKILL at the end. Scripts that are in `skeleton` are taken from there.
public record InitSettings(
        String basedir,
        String path,
        String umask,
        Optional<String> devices,
        Optional<String> environmentStore,
        String runlevel,
        Run run,
        SortedMap<String, Optional<String>> environment,
        Optional<String> earlyGetty,
        String logUser,
        boolean copiesLogToConsole,
        Stamps stamps,
        boolean s6Log,
        Surroundings surroundings,
        Optional<Integer> graceMillis,
        Optional<Path> skeleton,
        String reeveInit,
        String reeve) {

    /// What becomes of what is mounted on /run.
    public enum Run {
        NEW(""),
        REMOUNTED(" -n"),
        LEFT_ALONE(" -N");

        private final String option;

        Run(String option) {
            this.option = option;
        }
    }

    /// Where it boots. Of a container (`-C`), only `hasCatchAll` where services without a logger do not write to
    /// what it was started with (`-B`); it waits for the end of descriptor `awaited` (`-W`).
    public record Surroundings(boolean isContainer, boolean hasCatchAll, Optional<Integer> awaited) {
        public static final Surroundings MACHINE = new Surroundings(false, true, Optional.empty());

        private String options() {
            return (isContainer ? " -C" : "")
                    + (hasCatchAll ? "" : " -B")
                    + awaited.map(fd -> " -W " + fd).orElse("");
        }
    }

    /// Whether there is a service that logs what all others say.
    boolean hasLogger() {
        return s6Log && surroundings.hasCatchAll();
    }

    /// What stands before each line of the log.
    public enum Stamps {
        NONE(0, ""),
        TAI64N(1, "t "),
        ISO(2, "T "),
        BOTH(3, "t T ");

        private final int number;
        private final String directive;

        Stamps(int number, String directive) {
            this.number = number;
            this.directive = directive;
        }

        /// As `-t 0` to `-t 3` name them.
        public static Optional<Stamps> numbered(int number) {
            return Stream.of(values()).filter(stamps -> stamps.number == number).findFirst();
        }
    }

    /// The command by which the kernel's first process becomes reeve-init; the kernel's own words come after it.
    String bootLine() {
        return Shell.quoted(reeveInit) + " -c " + Shell.quoted(basedir) + " -p " + Shell.quoted(path) + " -m " + umask
                + devices.map(folder -> " -d " + Shell.quoted(folder)).orElse("")
                + environmentStore.map(folder -> " -s " + Shell.quoted(folder)).orElse("")
                + " -D " + Shell.quoted(runlevel) + run.option + surroundings.options()
                + graceMillis.map(millis -> " -q " + millis).orElse("");
    }

    /// The command that reads the fifo of the catch-all logger from its standard input.
    String logLine() {
        String user = logUser.equals("root") ? "" : "s6-setuidgid " + Shell.quoted(logUser) + " ";
        String console = copiesLogToConsole ? "1 " : "";
        return user + "s6-log -bpd3 -- " + console + stamps.directive + "/run/uncaught-logs";
    }
}
