package dev.reeve.daemon;

import dev.reeve.daemon.control.ControlSettings;
import dev.reeve.daemon.process.ScanSettings;
import dev.reeve.daemon.s6.SvscanDirectory;
import dev.reeve.daemon.service.ServiceName;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The command line of `reeved`. Read by hand: a few options are not worth a library's classes on the way to the
/// first spawn.
record DaemonOptions(
        Optional<Path> scanDirectory,
        boolean watch,
        boolean s6Files,
        Path runDirectory,
        Path socket,
        Optional<String> group,
        Optional<String> readers,
        Optional<SvscanOptions> svscan,
        Optional<ContainerOptions> container) {
    static final String USAGE = """
            Usage: reeved [--scan DIR [--watch] [--no-s6-files]] [--run DIR] [--socket FILE] [--group GROUP]
                          [--readers GROUP]
                   reeved --container [--exit-with SERVICE] [--grace MS] [OPTION...] [--] [CMD [ARG...]]

            Supervises services until it is told to end: reeve shutdown, SIGTERM or SIGINT.

              --scan DIR     every directory in DIR is a service directory, as for s6-svscan
              --watch        take up what is added to DIR, and stop what is removed from it, as it happens;
                             without it, when told to: reeve rescan
              --no-s6-files  do not make supervise/ and event/ in every service directory: s6-svc,
                             s6-svstat, s6-svwait and their like do not work then, and a service
                             takes five descriptors less
              --run DIR      reeved's own run directory; default /run/reeve, for other users than
                             root $XDG_RUNTIME_DIR/reeve
              --socket FILE  the control socket; default control.sock in the run directory
              --group GROUP  let the members of GROUP (a name or a number) do everything; without it
                             only root and the user that reeved runs as may
              --readers GROUP
                             let the members of GROUP look, on the socket status.sock beside the
                             control socket
              --container    run a container: CMD is a service, too (cmd), its end is the container's, and
                             its exit code (128+n for signal n) is reeved's; without CMD and --exit-with
                             the first service that is given up ends it. SIGTERM, SIGINT, SIGQUIT, SIGPWR
                             and SIGRTMIN+3 to +5 end it in order. Default of --run: the first of
                             $XDG_RUNTIME_DIR/reeve (not for root), /run/reeve and /dev/shm/reeve-UID
                             that is writable
              --exit-with SERVICE
                             the end and the exit code of SERVICE are the container's, instead of CMD's
              --grace MS     how long services may take to end before they are killed; default 8000
              --help         this text
              --version      the version

            Exit codes: 0 it was told to end, and everything has; 100 wrong usage; 111 a system call failed.
            Of a container: CMD's, 126 if CMD cannot be executed, 127 if there is no such program.
            """;

    private static final String SOCKET_NAME = "control.sock";

    /// What is wrong with a command line, as a sentence that says what would be right.
    static final class UsageException extends Exception {
        private static final long serialVersionUID = 1;

        UsageException(String message) {
            super(message);
        }
    }

    static DaemonOptions parse(List<String> arguments, int user, Map<String, String> environment)
            throws UsageException {
        Optional<Path> scanDirectory = Optional.empty();
        boolean watch = false;
        boolean s6Files = true;
        Optional<Path> runDirectory = Optional.empty();
        Optional<Path> socket = Optional.empty();
        Optional<String> group = Optional.empty();
        Optional<String> readers = Optional.empty();
        boolean inContainer = arguments.contains("--container");
        Optional<ServiceName> exitWith = Optional.empty();
        Optional<Duration> grace = Optional.empty();
        List<String> words = new ArrayList<>();
        Iterator<String> rest = arguments.iterator();
        while (rest.hasNext() && words.isEmpty()) {
            String option = rest.next();
            if (inContainer && (option.equals("--") || !option.startsWith("-"))) {
                if (!option.equals("--")) {
                    words.add(option);
                }
                rest.forEachRemaining(words::add);
                break;
            }
            switch (option) {
                case "--container" -> {}
                case "--exit-with" -> exitWith = Optional.of(serviceName(option, rest));
                case "--grace" -> grace = Optional.of(milliseconds(option, rest));
                case "--scan" -> scanDirectory = Optional.of(path(option, rest));
                case "--watch" -> watch = true;
                case "--no-s6-files" -> s6Files = false;
                case "--run" -> runDirectory = Optional.of(path(option, rest));
                case "--socket" -> socket = Optional.of(path(option, rest));
                case "--group" -> group = Optional.of(word(option, rest, "a group"));
                case "--readers" -> readers = Optional.of(word(option, rest, "a group"));
                default -> throw new UsageException(option + " is no option of reeved; see reeved --help");
            }
        }
        if (watch && scanDirectory.isEmpty()) {
            throw new UsageException("--watch needs a directory to watch: name one with --scan DIR");
        }
        if (!inContainer && (exitWith.isPresent() || grace.isPresent())) {
            throw new UsageException("--exit-with and --grace are for --container");
        }
        if (inContainer && words.isEmpty() && scanDirectory.isEmpty()) {
            throw new UsageException("a container needs something to run: add -- CMD, or --scan DIR");
        }
        Optional<ContainerOptions> container = inContainer
                ? Optional.of(new ContainerOptions(utf8(words), exitWith, grace.orElse(ContainerOptions.USUAL_GRACE)))
                : Optional.empty();
        Path run = runDirectory.isPresent()
                ? runDirectory.get()
                : inContainer
                        ? ContainerRunDirectory.choose(user, environment)
                        : usualRunDirectory(user == 0, environment);
        return new DaemonOptions(
                scanDirectory,
                watch,
                s6Files,
                run,
                socket.orElse(run.resolve(SOCKET_NAME)),
                group,
                readers,
                Optional.empty(),
                container);
    }

    /// Those of a daemon that has s6-svscan's command line: its run directory is the scan directory's.
    static DaemonOptions inPlaceOfS6Svscan(SvscanOptions svscan) {
        Path scanDirectory = Path.of(svscan.scan().directory());
        Path run = scanDirectory.resolve(SvscanDirectory.NAME).resolve("reeve");
        return new DaemonOptions(
                Optional.of(scanDirectory),
                false,
                true,
                run,
                run.resolve(SOCKET_NAME),
                Optional.empty(),
                Optional.empty(),
                Optional.of(svscan),
                Optional.empty());
    }

    /// How the scan directory is read, if there is one.
    Optional<ScanSettings> scan() {
        return svscan.map(SvscanOptions::scan).or(() -> scanDirectory.map(it -> ScanSettings.of(it.toString())));
    }

    ControlSettings controlSettings() {
        return new ControlSettings(socket, group, readers);
    }

    private static ServiceName serviceName(String option, Iterator<String> rest) throws UsageException {
        String word = word(option, rest, "a service");
        if (!ServiceName.isValid(word)) {
            throw new UsageException(option + " needs a service after it, and none can be called " + word);
        }
        return new ServiceName(word);
    }

    private static Duration milliseconds(String option, Iterator<String> rest) throws UsageException {
        String word = word(option, rest, "a number of milliseconds");
        if (!word.matches("[0-9]{1,9}")) {
            throw new UsageException(option + " needs a number of milliseconds after it, not " + word);
        }
        return Duration.ofMillis(Long.parseLong(word));
    }

    /// A JVM reads its words as UTF-8, and has this character for what is none.
    private static List<String> utf8(List<String> words) throws UsageException {
        for (String word : words) {
            if (word.indexOf('\ufffd') >= 0) {
                throw new UsageException("the word " + word + " of the command is not UTF-8, so it cannot be handed on:"
                        + " have a script say it");
            }
        }
        return List.copyOf(words);
    }

    private static Path path(String option, Iterator<String> rest) throws UsageException {
        return Path.of(word(option, rest, "a path")).toAbsolutePath();
    }

    private static String word(String option, Iterator<String> rest, String what) throws UsageException {
        if (!rest.hasNext()) {
            throw new UsageException(option + " needs " + what + " after it");
        }
        String word = rest.next();
        if (word.isEmpty()) {
            throw new UsageException(option + " needs " + what + " after it, which is empty");
        }
        return word;
    }

    private static Path usualRunDirectory(boolean isRoot, Map<String, String> environment) throws UsageException {
        if (isRoot) {
            return Path.of("/run/reeve");
        }
        String runtime = environment.get("XDG_RUNTIME_DIR");
        if (runtime == null || runtime.isEmpty()) {
            throw new UsageException(
                    "XDG_RUNTIME_DIR is not set, so there is no usual run directory: name one with --run DIR");
        }
        return Path.of(runtime, "reeve");
    }
}
