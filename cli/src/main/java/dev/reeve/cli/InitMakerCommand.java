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
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `init-maker`: the directory that a machine boots from, with the options of s6-linux-init-maker.
@Command(
        name = "init-maker",
        description =
                "Write the directory that reeve-init boots a machine from; rehearse it, and link /sbin/init to it.")
final class InitMakerCommand implements Callable<Integer> {
    private static final int FIRST_FREE_FD = 3;

    private final ReeveClient reeve;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(
            paramLabel = "DIR",
            description = "the directory; one that is there already is only rehearsed and linked to")
    private Path directory = Path.of("");

    @Option(names = "-c", paramLabel = "BASEDIR", description = "where it will be on the machine, if not DIR")
    private @Nullable Path basedir;

    @Option(names = "-p", paramLabel = "PATH", description = "the PATH of all services; default ${DEFAULT-VALUE}")
    private String path = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

    @Option(names = "-m", paramLabel = "UMASK", description = "the umask of all services; default ${DEFAULT-VALUE}")
    private String umask = "022";

    @Option(names = "-d", paramLabel = "SLASHDEV", description = "have a devtmpfs mounted there, such as /dev, first")
    private Optional<String> devices = Optional.empty();

    @Option(names = "-s", paramLabel = "ENVSTORE", description = "keep the environment that the kernel gave there")
    private Optional<String> environmentStore = Optional.empty();

    @Option(names = "-D", paramLabel = "RUNLEVEL", description = "the initial runlevel; default ${DEFAULT-VALUE}")
    private String runlevel = "default";

    @Option(names = "-n", description = "remount the file system on /run, instead of mounting a new one")
    private boolean remountsRun;

    @Option(names = "-N", description = "leave the file system on /run alone")
    private boolean leavesRunAlone;

    @Option(
            names = "-e",
            paramLabel = "VAR[=VALUE]",
            description = "set a variable in the environment of all services, or take it out")
    private List<String> variables = List.of();

    @Option(names = "-G", paramLabel = "COMMAND", description = "a getty that starts first, whatever else fails")
    private Optional<String> earlyGetty = Optional.empty();

    @Option(
            names = "-u",
            paramLabel = "USER",
            description = "who the catch-all logger runs as; default ${DEFAULT-VALUE}")
    private String logUser = "root";

    @Option(names = "-1", description = "have the catch-all logger copy everything to the console")
    private boolean copiesLogToConsole;

    @Option(
            names = "-t",
            paramLabel = "0-3",
            description = "what it puts before each line: nothing, TAI64N, ISO 8601, both; default ${DEFAULT-VALUE}")
    private int stamps = 1;

    @Option(
            names = "-q",
            paramLabel = "MILLIS",
            description = "how long processes may take for their end before they are killed; default 3000")
    private @Nullable Integer graceMillis;

    @Option(names = "-f", paramLabel = "SKELDIR", description = "take the scripts that are there for scripts/")
    private @Nullable Path skeleton;

    @Option(names = "-C", description = "it boots a container: no keyboard, no Ctrl-Alt-Del, nothing to mount")
    private boolean isContainer;

    @Option(names = "-B", description = "services without a logger write to what reeve-init was started with")
    private boolean hasNoCatchAll;

    @Option(
            names = "-W",
            paramLabel = "FD",
            description = "wait first until whoever writes to this descriptor closes it")
    private @Nullable Integer awaited;

    @Option(names = "-S", description = "nothing: the disks are synced at the end, with -C, too")
    private boolean syncs;

    @Option(names = "-L", description = "nothing: reeve keeps no utmp, and has no s6-linux-init-logouthookd")
    private boolean hasLogoutHook;

    @Option(
            names = "-R",
            paramLabel = "LIMITS",
            description = "refused: services set their limits in run (s6-softlimit)")
    private @Nullable String limits;

    @Option(names = "--rehearse", description = "boot it in a namespace, which ends at once, and tell how that went")
    private boolean rehearses;

    @Option(
            names = "--link",
            paramLabel = "SBIN",
            description = "rehearse, and if that went well, link SBIN/init and its companions to it: --link /sbin")
    private @Nullable Path sbin;

    InitMakerCommand(ReeveClient reeve) {
        this.reeve = reeve;
    }

    @Override
    public Integer call() throws ClientFailure {
        InitSettings settings = settings();
        InitDirectory made = new InitDirectory(directory.toAbsolutePath().normalize(), settings);
        try {
            boolean hasUse = rehearses || sbin != null;
            if (hasUse && Files.isDirectory(made.path())) {
                reeve.output().line(made.path() + " is there already, and stays as it is");
            } else {
                made.write();
                if (hasLogoutHook) {
                    reeve.output().line("-L: there is no logouthookd: what logs in keeps utmp itself");
                }
                if (syncs) {
                    reeve.output().line("-S: the disks are synced at the end in any case");
                }
                reeve.output().line(made.path() + " is written");
            }
            if (hasUse) {
                LinuxTools tools = new LinuxTools(reeve.surroundings().home());
                reeve.output().line(new Rehearsal(made.path(), settings.basedir(), tools).run());
            }
            if (sbin != null) {
                for (String sentence : new SbinLinks(sbin, settings.basedir()).make()) {
                    reeve.output().line(sentence);
                }
            }
            return ExitCode.DONE;
        } catch (FileAlreadyExistsException e) {
            throw new ClientFailure(
                    ExitCode.FAILED, e.getMessage() + " is there already: remove it, or name another directory");
        } catch (UserPrincipalNotFoundException e) {
            throw new ClientFailure(ExitCode.FAILED, "there is no user " + logUser + " for the catch-all logger");
        } catch (IOException e) {
            throw new ClientFailure(ExitCode.FAILED, "the directory cannot be written: " + e);
        }
    }

    private InitSettings settings() {
        if (remountsRun && leavesRunAlone) {
            throw new ParameterException(spec.commandLine(), "-n and -N exclude each other");
        }
        if (!umask.matches("[0-7]{1,4}")) {
            throw new ParameterException(spec.commandLine(), "-m needs an octal number, not " + umask);
        }
        if (limits != null) {
            throw new ParameterException(
                    spec.commandLine(),
                    "-R is not for reeve, whose first process would share its services' limits: have the services' run"
                            + " set them, with s6-softlimit -H or ulimit -H");
        }
        if (graceMillis != null && graceMillis < 0) {
            throw new ParameterException(spec.commandLine(), "-q needs a number of milliseconds, not " + graceMillis);
        }
        if (awaited != null && awaited < FIRST_FREE_FD) {
            throw new ParameterException(spec.commandLine(), "-W needs a descriptor of 3 or more, not " + awaited);
        }
        if (skeleton != null && !Files.isDirectory(skeleton)) {
            throw new ParameterException(spec.commandLine(), "-f needs a directory, which " + skeleton + " is not");
        }
        return new InitSettings(
                (basedir == null ? directory : basedir)
                        .toAbsolutePath()
                        .normalize()
                        .toString(),
                path,
                umask,
                devices,
                environmentStore,
                runlevel,
                remountsRun
                        ? InitSettings.Run.REMOUNTED
                        : leavesRunAlone ? InitSettings.Run.LEFT_ALONE : InitSettings.Run.NEW,
                environment(),
                earlyGetty,
                logUser,
                copiesLogToConsole,
                InitSettings.Stamps.numbered(stamps)
                        .orElseThrow(() -> new ParameterException(spec.commandLine(), "-t needs 0, 1, 2 or 3")),
                isInstalled("s6-log"),
                new InitSettings.Surroundings(isContainer, !hasNoCatchAll, Optional.ofNullable(awaited)),
                Optional.ofNullable(graceMillis),
                Optional.ofNullable(skeleton),
                reeve.surroundings().program("reeve-init"),
                reeve.surroundings().program("reeve"));
    }

    private SortedMap<String, Optional<String>> environment() {
        SortedMap<String, Optional<String>> environment = new TreeMap<>();
        for (String variable : variables) {
            int sign = variable.indexOf('=');
            String name = sign < 0 ? variable : variable.substring(0, sign);
            if (name.isEmpty() || name.contains("/")) {
                throw new ParameterException(spec.commandLine(), "-e needs VAR=VALUE or VAR, not " + variable);
            }
            environment.put(name, sign < 0 ? Optional.empty() : Optional.of(variable.substring(sign + 1)));
        }
        return environment;
    }

    /// Where the services of the machine that is made here will look for it.
    private boolean isInstalled(String program) {
        return Stream.of(path.split(":")).anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }
}
