package dev.reeve.cli;

import dev.reeve.cli.machine.InitDirectory;
import dev.reeve.cli.machine.InitSettings;
import dev.reeve.cli.machine.LinuxTools;
import dev.reeve.cli.machine.Rehearsal;
import dev.reeve.cli.machine.SbinLinks;
import dev.reeve.cli.outside.ClientFailure;
import dev.reeve.cli.outside.ExitCode;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipalNotFoundException;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/// `init-maker`: the directory that a machine boots from, with the options of s6-linux-init-maker.
final class InitMakerCommand extends ReeveCommand {
    private static final int FIRST_FREE_FD = 3;
    private static final String PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";
    private static final String UMASK = "022";
    private static final String RUNLEVEL = "default";
    private static final String LOG_USER = "root";
    private static final int STAMPS = 1;

    private final Value<Path> directory = with(Value.ofWord(
            "1", "DIR", Path.class, "the directory; one that is there already is only rehearsed and linked to"));

    private final Value<Path> basedir =
            with(Value.ofOption("-c", "BASEDIR", Path.class, "where it will be on the machine, if not DIR"));

    private final Value<String> path =
            with(Value.ofOption("-p", "PATH", String.class, "the PATH of all services; default " + PATH));

    private final Value<String> umask =
            with(Value.ofOption("-m", "UMASK", String.class, "the umask of all services; default " + UMASK));

    private final Value<String> devices =
            with(Value.ofOption("-d", "SLASHDEV", String.class, "have a devtmpfs mounted there, such as /dev, first"));

    private final Value<String> environmentStore =
            with(Value.ofOption("-s", "ENVSTORE", String.class, "keep the environment that the kernel gave there"));

    private final Value<String> runlevel =
            with(Value.ofOption("-D", "RUNLEVEL", String.class, "the initial runlevel; default " + RUNLEVEL));

    private final Flag remountsRun =
            with(Flag.of("-n", "remount the file system on /run, instead of mounting a new one"));
    private final Flag leavesRunAlone = with(Flag.of("-N", "leave the file system on /run alone"));

    private final Value<List<String>> variables = with(
            Value.ofOptions("-e", "VAR[=VALUE]", "set a variable in the environment of all services, or take it out"));

    private final Value<String> earlyGetty =
            with(Value.ofOption("-G", "COMMAND", String.class, "a getty that starts first, whatever else fails"));

    private final Value<String> logUser =
            with(Value.ofOption("-u", "USER", String.class, "who the catch-all logger runs as; default " + LOG_USER));

    private final Flag copiesLogToConsole =
            with(Flag.of("-1", "have the catch-all logger copy everything to the console"));

    private final Value<Integer> stamps = with(Value.ofOption(
            "-t",
            "0-3",
            int.class,
            "what it puts before each line: nothing, TAI64N, ISO 8601, both; default " + STAMPS));

    private final Value<Integer> graceMillis = with(Value.ofOption(
            "-q",
            "MILLIS",
            Integer.class,
            "how long processes may take for their end before they are killed; default 3000"));

    private final Value<Path> skeleton =
            with(Value.ofOption("-f", "SKELDIR", Path.class, "take the scripts that are there for scripts/"));

    private final Flag isContainer =
            with(Flag.of("-C", "it boots a container: no keyboard, no Ctrl-Alt-Del, nothing to mount"));

    private final Flag hasNoCatchAll =
            with(Flag.of("-B", "services without a logger write to what reeve-init was started with"));

    private final Value<Integer> awaited = with(
            Value.ofOption("-W", "FD", Integer.class, "wait first until whoever writes to this descriptor closes it"));

    private final Flag syncs = with(Flag.of("-S", "nothing: the disks are synced at the end, with -C, too"));

    private final Flag hasLogoutHook =
            with(Flag.of("-L", "nothing: reeve keeps no utmp, and has no s6-linux-init-logouthookd"));

    private final Value<String> limits = with(
            Value.ofOption("-R", "LIMITS", String.class, "refused: services set their limits in run (s6-softlimit)"));

    private final Flag rehearses =
            with(Flag.of("--rehearse", "boot it in a namespace, which ends at once, and tell how that went"));

    private final Value<Path> sbin = with(Value.ofOption(
            "--link",
            "SBIN",
            Path.class,
            "rehearse, and if that went well, link SBIN/init and its companions to it: --link /sbin"));

    InitMakerCommand(ReeveClient reeve) {
        super(
                reeve,
                CommandName.INIT_MAKER,
                "Write the directory that reeve-init boots a machine from; rehearse it, and link /sbin/init to it.");
    }

    @Override
    public Integer call() throws ClientFailure {
        InitSettings settings = settings();
        InitDirectory made = new InitDirectory(directory().toAbsolutePath().normalize(), settings);
        try {
            Path links = sbin.orNull();
            boolean hasUse = rehearses.isGiven() || links != null;
            if (hasUse && Files.isDirectory(made.path())) {
                reeve.output().line(made.path() + " is there already, and stays as it is");
            } else {
                made.write();
                if (hasLogoutHook.isGiven()) {
                    reeve.output().line("-L: there is no logouthookd: what logs in keeps utmp itself");
                }
                if (syncs.isGiven()) {
                    reeve.output().line("-S: the disks are synced at the end in any case");
                }
                reeve.output().line(made.path() + " is written");
            }
            if (hasUse) {
                LinuxTools tools = new LinuxTools(reeve.surroundings().home());
                reeve.output().line(new Rehearsal(made.path(), settings.basedir(), tools).run());
            }
            if (links != null) {
                for (String sentence : new SbinLinks(links, settings.basedir()).make()) {
                    reeve.output().line(sentence);
                }
            }
            return ExitCode.DONE;
        } catch (FileAlreadyExistsException e) {
            throw new ClientFailure(
                    ExitCode.FAILED, e.getMessage() + " is there already: remove it, or name another directory");
        } catch (UserPrincipalNotFoundException e) {
            throw new ClientFailure(
                    ExitCode.FAILED, "there is no user " + logUser.or(LOG_USER) + " for the catch-all logger");
        } catch (IOException e) {
            throw new ClientFailure(ExitCode.FAILED, "the directory cannot be written: " + e);
        }
    }

    private Path directory() {
        return directory.or(Path.of(""));
    }

    private InitSettings settings() {
        if (remountsRun.isGiven() && leavesRunAlone.isGiven()) {
            throw wrong("-n and -N exclude each other");
        }
        String mask = umask.or(UMASK);
        if (!mask.matches("[0-7]{1,4}")) {
            throw wrong("-m needs an octal number, not " + mask);
        }
        if (limits.orNull() != null) {
            throw wrong(
                    "-R is not for reeve, whose first process would share its services' limits: have the services' run"
                            + " set them, with s6-softlimit -H or ulimit -H");
        }
        Integer grace = graceMillis.orNull();
        if (grace != null && grace < 0) {
            throw wrong("-q needs a number of milliseconds, not " + grace);
        }
        Integer descriptor = awaited.orNull();
        if (descriptor != null && descriptor < FIRST_FREE_FD) {
            throw wrong("-W needs a descriptor of 3 or more, not " + descriptor);
        }
        Path scripts = skeleton.orNull();
        if (scripts != null && !Files.isDirectory(scripts)) {
            throw wrong("-f needs a directory, which " + scripts + " is not");
        }
        return new InitSettings(
                basedir.or(directory()).toAbsolutePath().normalize().toString(),
                path.or(PATH),
                mask,
                Optional.ofNullable(devices.orNull()),
                Optional.ofNullable(environmentStore.orNull()),
                runlevel.or(RUNLEVEL),
                remountsRun.isGiven()
                        ? InitSettings.Run.REMOUNTED
                        : leavesRunAlone.isGiven() ? InitSettings.Run.LEFT_ALONE : InitSettings.Run.NEW,
                environment(),
                Optional.ofNullable(earlyGetty.orNull()),
                logUser.or(LOG_USER),
                copiesLogToConsole.isGiven(),
                InitSettings.Stamps.numbered(stamps.or(STAMPS)).orElseThrow(() -> wrong("-t needs 0, 1, 2 or 3")),
                isInstalled("s6-log"),
                new InitSettings.Surroundings(
                        isContainer.isGiven(), !hasNoCatchAll.isGiven(), Optional.ofNullable(descriptor)),
                Optional.ofNullable(grace),
                Optional.ofNullable(scripts),
                reeve.surroundings().program("reeve-init"),
                reeve.surroundings().program("reeve"));
    }

    private SortedMap<String, Optional<String>> environment() {
        SortedMap<String, Optional<String>> environment = new TreeMap<>();
        for (String variable : variables.or(List.of())) {
            int sign = variable.indexOf('=');
            String name = sign < 0 ? variable : variable.substring(0, sign);
            if (name.isEmpty() || name.contains("/")) {
                throw wrong("-e needs VAR=VALUE or VAR, not " + variable);
            }
            environment.put(name, sign < 0 ? Optional.empty() : Optional.of(variable.substring(sign + 1)));
        }
        return environment;
    }

    /// Where the services of the machine that is made here will look for it.
    private boolean isInstalled(String program) {
        return Stream.of(path.or(PATH).split(":")).anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }
}
