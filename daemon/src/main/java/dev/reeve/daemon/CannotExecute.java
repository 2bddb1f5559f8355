package dev.reeve.daemon;

/// The container's command cannot be executed: 127 where there is no such program, 126 where it is not executable, as
/// shells have it.
final class CannotExecute extends Exception {
    private static final long serialVersionUID = 1;
    private static final int EXIT_NOT_FOUND = 127;
    private static final int EXIT_NOT_EXECUTABLE = 126;

    private final int exitCode;

    private CannotExecute(int exitCode, String message) {
        super(message);
        this.exitCode = exitCode;
    }

    static CannotExecute notFound(String word, boolean isSearched) {
        return new CannotExecute(
                EXIT_NOT_FOUND, word + " cannot be executed: there is no such file" + (isSearched ? " in PATH" : ""));
    }

    static CannotExecute notExecutable(String path) {
        return new CannotExecute(EXIT_NOT_EXECUTABLE, path + " cannot be executed: is it a file with mode 755?");
    }

    int exitCode() {
        return exitCode;
    }
}
