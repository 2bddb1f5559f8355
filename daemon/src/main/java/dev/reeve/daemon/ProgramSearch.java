package dev.reeve.daemon;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/// Finds programs as execvp(3) does: by PATH, unless the name has a slash.
final class ProgramSearch {
    private static final String USUAL_PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

    private ProgramSearch() {}

    /// The path of the program. Names that are relative are so to the working directory.
    static String find(String word, Map<String, String> environment) throws CannotExecute {
        if (word.contains("/")) {
            if (!Files.exists(Path.of(word))) {
                throw CannotExecute.notFound(word, false);
            }
            if (!isExecutable(word)) {
                throw CannotExecute.notExecutable(word);
            }
            return word;
        }
        Optional<String> refused = Optional.empty();
        if (!word.isEmpty()) {
            for (String folder : environment.getOrDefault("PATH", USUAL_PATH).split(":", -1)) {
                String path = folder.isEmpty() ? "./" + word : folder + "/" + word;
                if (isExecutable(path)) {
                    return path;
                }
                if (refused.isEmpty() && Files.isRegularFile(Path.of(path))) {
                    refused = Optional.of(path);
                }
            }
        }
        throw refused.map(CannotExecute::notExecutable)
                .orElseGet(() -> CannotExecute.notFound(word.isEmpty() ? "\"\"" : word, true));
    }

    private static boolean isExecutable(String path) {
        return Files.isRegularFile(Path.of(path)) && Files.isExecutable(Path.of(path));
    }
}
