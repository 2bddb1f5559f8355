package dev.reeve.daemon.process;

import dev.reeve.bridge.ErrnoException;
import dev.reeve.bridge.Kernel;
import dev.reeve.bridge.ProcessAttributes;
import dev.reeve.bridge.ProcessAttributes.Credentials;
import dev.reeve.bridge.SpawnOrder;
import dev.reeve.bridge.SpawnOrder.PassedFd;
import dev.reeve.daemon.config.LaunchSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Executes a program of a service, `run` or `finish`, as the service's files say: user, environment, limits and
/// the rest of [LaunchSettings].
final class Launch {
    /// Limits belong to a process as a whole, so the daemon cannot take them on for a moment: this program does.
    private static final String PRLIMIT = "/usr/bin/prlimit";

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

    /// **Blocks** for as long as the disk does.
    SpawnedProcess execute(String program, List<String> arguments, List<PassedFd> passed)
            throws CannotLaunch, ErrnoException {
        SpawnedProcess process = SpawnedProcess.spawn(supplies, order(program, arguments, passed));
        if (settings.oomScore().isPresent()) {
            setOomScore(process.pid(), settings.oomScore().getAsInt());
        }
        return process;
    }

    private SpawnOrder order(String program, List<String> arguments, List<PassedFd> passed)
            throws CannotLaunch, ErrnoException {
        int workingDirectory = workingDirectory();
        String path = workingDirectory == directory.fd() ? "./" + program : directory.path() + "/" + program;
        List<String> command = new ArrayList<>(arguments.size() + 1);
        command.add(path);
        command.addAll(arguments);
        List<byte[]> environment = ServiceEnvironment.edited(supplies.environment(), settings.environment());
        ProcessAttributes attributes =
                new ProcessAttributes(credentials(), settings.umask(), settings.niceness(), settings.ownPidNamespace());
        if (settings.limits().isEmpty()) {
            return new SpawnOrder(workingDirectory, path, command, environment, passed, attributes);
        }
        return new SpawnOrder(workingDirectory, PRLIMIT, limited(command), environment, passed, attributes);
    }

    private int workingDirectory() throws CannotLaunch {
        Optional<String> path = settings.workingDirectory();
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

    private List<String> limited(List<String> command) throws CannotLaunch {
        if (!isThere(PRLIMIT)) {
            throw new CannotLaunch("limits/ needs " + PRLIMIT + ", which is not installed (Debian: util-linux)");
        }
        List<String> limited = new ArrayList<>();
        limited.add(PRLIMIT);
        settings.limits().forEach((name, limit) -> limited.add("--" + name + "=" + limit));
        limited.add("--");
        limited.addAll(command);
        return limited;
    }

    private boolean isThere(String path) {
        try {
            Kernel kernel = supplies.kernel();
            return kernel.statusAt(directory.fd(), path) != null;
        } catch (ErrnoException _) {
            return false;
        }
    }

    private Optional<Credentials> credentials() throws CannotLaunch {
        Optional<String> user = settings.user();
        if (user.isEmpty()) {
            return Optional.empty();
        }
        Optional<Credentials> credentials = credentials(user.get());
        if (supplies.kernel().effectiveUser() == 0) {
            return credentials;
        }
        if (credentials.orElseThrow().user() == supplies.kernel().effectiveUser()) {
            return Optional.empty();
        }
        throw new CannotLaunch("user: only root can run a service as " + user.get());
    }

    private Optional<Credentials> credentials(String user) throws CannotLaunch {
        if (user.matches("[0-9]{1,9}:[0-9]{1,9}")) {
            int colon = user.indexOf(':');
            int group = Integer.parseInt(user.substring(colon + 1));
            return Optional.of(new Credentials(Integer.parseInt(user.substring(0, colon)), group, List.of(group)));
        }
        try {
            Optional<Credentials> account = supplies.kernel().findAccount(user);
            if (account.isEmpty()) {
                throw new CannotLaunch("user: this machine has no account " + user);
            }
            return account;
        } catch (ErrnoException e) {
            throw new CannotLaunch("user: " + e.getMessage());
        }
    }

    private void setOomScore(int pid, int score) {
        try {
            supplies.kernel().setOomScore(pid, score);
        } catch (ErrnoException e) {
            supplies.log().warning("service " + directory.name() + ": oom-score: " + e.getMessage());
        }
    }
}
