package dev.reeve.daemon;

import dev.reeve.daemon.life.ContainerLife;
import dev.reeve.daemon.process.CommandService;
import dev.reeve.daemon.process.ScanSettings;
import dev.reeve.daemon.service.Signal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// What a daemon that runs a container has besides: a life with an end and an exit code, and the container's command,
/// which is a service, too, in the run directory. The scan directory, if there is one, may be read-only.
final class Container implements DaemonRole {
    private static final String DIRECTORY = "container";
    private static final String COMMAND = "cmd";

    private final Path directory;
    private final Optional<CommandService> command;
    private final ContainerLife life;

    private Container(Path directory, Optional<CommandService> command, ContainerLife life) {
        this.directory = directory;
        this.command = command;
        this.life = life;
    }

    /// Finds the command's program in this environment.
    static Container of(ContainerOptions options, Path runDirectory, Map<String, String> environment)
            throws CannotExecute {
        Path directory = runDirectory.resolve(DIRECTORY);
        Optional<CommandService> command = Optional.empty();
        List<String> words = options.words();
        if (!words.isEmpty()) {
            String program = ProgramSearch.find(words.getFirst(), environment);
            String workingDirectory = Path.of("").toAbsolutePath().toString();
            command = Optional.of(new CommandService(directory.resolve(COMMAND), program, words, workingDirectory));
        }
        return new Container(
                directory,
                command,
                new ContainerLife(command.map(CommandService::name), options.exitWith(), options.grace()));
    }

    @Override
    public ContainerLife life() {
        return life;
    }

    /// Makes the command's service directory, in the place of an earlier container's. The run directory is ours.
    @Override
    public void begin() throws IOException {
        removeAll(directory);
        Files.createDirectory(directory);
        if (command.isPresent()) {
            Files.createDirectory(command.get().directory());
            Files.writeString(command.get().directory().resolve("restart"), "never\n");
        }
    }

    /// What is supervised: the services of the scan directory, if there is one, and the command.
    @Override
    public Optional<ScanSettings> scan(Optional<ScanSettings> scanDirectory) {
        ScanSettings settings = scanDirectory.orElseGet(() -> ScanSettings.of(directory.toString()));
        return Optional.of(command.map(settings::with).orElse(settings));
    }

    /// Those of a scan directory that others have made are not for a container's signals.
    @Override
    public boolean runsSignalScripts() {
        return false;
    }

    @Override
    public Set<Signal> endingSignals() {
        return EndingSignals.OF_A_CONTAINER;
    }

    private static void removeAll(Path root) throws IOException {
        if (!Files.exists(root)) {
            return;
        }
        try (Stream<Path> tree = Files.walk(root)) {
            tree.sorted(Comparator.reverseOrder()).forEach(Container::remove);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static void remove(Path path) {
        try {
            Files.delete(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
