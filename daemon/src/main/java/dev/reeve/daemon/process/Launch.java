package dev.reeve.daemon.process;

import dev.reeve.bridge.Credentials;
import dev.reeve.bridge.Errno;
import dev.reeve.bridge.ErrnoException;
import dev.reeve.bridge.Kernel.FileStatus;
import dev.reeve.bridge.ProcessAttributes;
import dev.reeve.bridge.SpawnOrder;
import dev.reeve.bridge.SpawnOrder.PassedFd;
import dev.reeve.daemon.config.LaunchSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Executes a program of a service, `run` or `finish`, as the service's files say: user, environment, limits and
/// the rest of [LaunchSettings].
final class Launch {
    private static final int EXECUTABLE = 0111;

    private final SpawnSupplies supplies;
    private final ServiceDirectory directory;
    private final LaunchSettings settings;
    private final Descriptors descriptors;

    /// What is opened on the way is added to `descriptors`.
    Launch(SpawnSupplies supplies, ServiceDirectory directory, LaunchSettings settings, Descriptors descriptors) {
        this.supplies = supplies;
        this.directory = directory;
        this.settings = settings;
        this.descriptors = descriptors;
    }

    /// The user that it will act as, before it becomes another by itself. **Blocks** for as long as name services do.
    int user() throws CannotLaunch {
        return settings.user().isPresent()
                ? credentials(settings.user().get()).user()
                : supplies.kernel().effectiveUser();
    }

    /// `variables` are set in its environment, or unset where they have no value, whatever the service's files say of
    /// them. **Blocks** for as long as the disk does.
    SpawnedProcess execute(
            String program,
            List<String> arguments,
            List<PassedFd> passed,
            Handover handover,
            Map<String, Optional<String>> variables)
            throws CannotLaunch, ErrnoException {
        SpawnedProcess process = SpawnedProcess.spawn(supplies, order(program, arguments, passed, handover, variables));
        try {
            if (settings.oomScore().isPresent()) {
                setOomScore(process.pid(), settings.oomScore().getAsInt());
            }
            return process;
        } catch (RuntimeException | Error e) {
            // Nobody would hear of it.
            process.abandon(supplies.kernel());
            throw e;
        }
    }

    private SpawnOrder order(
            String program,
            List<String> arguments,
            List<PassedFd> passed,
            Handover handover,
            Map<String, Optional<String>> variables)
            throws CannotLaunch, ErrnoException {
        int workingDirectory = workingDirectory();
        String path = workingDirectory == directory.fd() ? "./" + program : directory.path() + "/" + program;
        List<byte[]> environment = ServiceEnvironment.edited(
                ServiceEnvironment.edited(
                        ServiceEnvironment.edited(supplies.environment(), settings.environment()),
                        handover.environment()),
                variables);
        ProcessAttributes attributes =
                new ProcessAttributes(settings.umask(), settings.niceness(), settings.ownPidNamespace());
        List<PassedFd> given = supplies.output().beside(passed);
        // Limits first: only root raises them.
        List<String> chain = new ArrayList<>(limits());
        chain.addAll(credentials());
        chain.addAll(handing(handover));
        Optional<CommandService> command = directory.command().filter(_ -> program.equals(RunErrand.RUN));
        if (chain.isEmpty() && command.isPresent()) {
            return new SpawnOrder(
                    workingDirectory, command.get().program(), command.get().words(), environment, given, attributes);
        }
        if (!chain.isEmpty() && command.isEmpty()) {
            requireExecutable(program);
        }
        chain.add(command.map(CommandService::program).orElse(path));
        chain.addAll(command.map(CommandService::arguments).orElse(arguments));
        return new SpawnOrder(workingDirectory, chain.getFirst(), chain, environment, given, attributes);
    }

    /// What is executed before it would only end with 127, and nobody would know why.
    private void requireExecutable(String program) throws ErrnoException {
        @Nullable FileStatus status = supplies.kernel().statusAt(directory.fd(), program);
        if (status == null) {
            throw new ErrnoException("execute " + program, Errno.ENOENT);
        }
        if (status.kind() != FileStatus.Kind.REGULAR || (status.mode() & EXECUTABLE) == 0) {
            throw new ErrnoException("execute " + program, Errno.EACCES);
        }
    }

    private int workingDirectory() throws CannotLaunch {
        Optional<String> path =
                settings.workingDirectory().or(() -> directory.command().map(CommandService::workingDirectory));
        if (path.isEmpty()) {
            return directory.fd();
        }
        try {
            return descriptors.add(
                    supplies.limit().taking(() -> supplies.kernel().openDirectory(path.get())));
        } catch (ErrnoException e) {
            throw new CannotLaunch("working-directory: " + e.getMessage());
        }
    }

    private List<String> limits() throws CannotLaunch {
        if (settings.limits().isEmpty()) {
            return List.of();
        }
        requireThere(UtilLinux.PRLIMIT.file(), "limits/", "util-linux");
        List<String> words = new ArrayList<>(UtilLinux.PRLIMIT.words());
        settings.limits().forEach((name, limit) -> words.add("--" + name + "=" + limit));
        words.add("--");
        return words;
    }

    private List<String> credentials() throws CannotLaunch {
        Optional<String> user = settings.user();
        if (user.isEmpty()) {
            return List.of();
        }
        Credentials credentials = credentials(user.get());
        if (supplies.kernel().effectiveUser() == 0) {
            requireThere(UtilLinux.SETPRIV.file(), "user", "util-linux");
            List<String> words = new ArrayList<>(UtilLinux.SETPRIV.words());
            words.add("--reuid=" + credentials.user());
            words.add("--regid=" + credentials.group());
            words.add("--groups=" + groups(credentials));
            words.add("--");
            return words;
        }
        if (credentials.user() == supplies.kernel().effectiveUser()) {
            return List.of();
        }
        throw new CannotLaunch("user: only root can run a service as " + user.get());
    }

    private List<String> handing(Handover handover) throws CannotLaunch {
        if (!handover.isEmpty()) {
            requireThere(Handover.SHELL, "handing descriptors over", "dash");
        }
        return handover.words();
    }

    private static String groups(Credentials credentials) {
        return credentials.supplementaryGroups().stream().map(String::valueOf).collect(Collectors.joining(","));
    }

    private void requireThere(String program, String file, String debianPackage) throws CannotLaunch {
        try {
            if (supplies.kernel().statusAt(directory.fd(), program) != null) {
                return;
            }
        } catch (ErrnoException e) {
            throw new CannotLaunch(file + " needs " + program + ": " + e.getMessage());
        }
        throw new CannotLaunch(file + " needs " + program + ", which is not installed (Debian: " + debianPackage + ")");
    }

    private Credentials credentials(String user) throws CannotLaunch {
        if (user.matches("[0-9]{1,9}:[0-9]{1,9}")) {
            int colon = user.indexOf(':');
            int group = Integer.parseInt(user.substring(colon + 1));
            return new Credentials(Integer.parseInt(user.substring(0, colon)), group, List.of(group));
        }
        try {
            Optional<Credentials> account =
                    supplies.limit().taking(() -> supplies.kernel().findAccount(user));
            if (account.isEmpty()) {
                throw new CannotLaunch("user: this machine has no account " + user);
            }
            return account.get();
        } catch (ErrnoException e) {
            throw new CannotLaunch("user: " + e.getMessage());
        }
    }

    private void setOomScore(int pid, int score) {
        try {
            supplies.limit().taking(() -> {
                supplies.kernel().setOomScore(pid, score);
                return score;
            });
        } catch (ErrnoException e) {
            supplies.log().warning("service " + directory.name() + ": oom-score: " + e.getMessage());
        }
    }
}
