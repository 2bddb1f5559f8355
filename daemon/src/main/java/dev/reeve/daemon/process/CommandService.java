package dev.reeve.daemon.process;

import dev.reeve.daemon.service.ServiceName;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/// A service besides those of the scan directory, which has a command in the place of a `run`: no shell stands between,
/// which would change what it does not understand of words and environment, and nothing of its `directory`, which may
/// be on a disk that nothing can be executed from, is executed.
///
/// `program` is the path of what is executed, `words` are its arguments, the name by which it is called included.
public record CommandService(Path directory, String program, List<String> words, String workingDirectory) {

    public ServiceName name() {
        return new ServiceName(Objects.requireNonNull(directory.getFileName()).toString());
    }

    /// Its words without the name.
    List<String> arguments() {
        return words.subList(1, words.size());
    }

    /// Where it is found.
    Path parent() {
        return Objects.requireNonNull(directory.getParent());
    }
}
