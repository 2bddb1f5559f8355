package dev.reeve.cli.machine;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The directory that a machine boots from, in the layout of s6-linux-init, each file of it with a
/// word on what it is for.
public final class InitDirectory {
    /// What is linked to in /sbin.
    static final List<String> PROGRAMS = List.of("init", "telinit", "shutdown", "halt", "poweroff", "reboot");

    private static final String FOLDER = "rwxr-xr-x";
    private static final String PROGRAM = "rwxr-xr-x";
    private static final String LOG_FOLDER = "rwxr-x---";

    private final Path directory;
    private final InitSettings settings;

    public InitDirectory(Path directory, InitSettings settings) {
        this.directory = directory;
        this.settings = settings;
    }

    public Path path() {
        return directory;
    }

    /// Writes all of it. The directory itself must not be there yet: FileAlreadyExistsException.
    public void write() throws IOException {
        folder("", FOLDER);
        writePrograms();
        writeEnvironment();
        writeScripts();
        writeRunImage();
    }

    private void writePrograms() throws IOException {
        InitScripts scripts = new InitScripts(settings);
        folder("bin", FOLDER);
        script("bin/init", scripts.init());
        script("bin/telinit", scripts.telinit());
        script("bin/shutdown", scripts.shutdown());
        script("bin/halt", scripts.ending("halt", "USR2"));
        script("bin/poweroff", scripts.ending("poweroff", "USR1"));
        script("bin/reboot", scripts.ending("reboot", "INT"));
    }

    /// As s6-envdir reads it: a file for each variable, whose first line is the value; none takes the variable out.
    private void writeEnvironment() throws IOException {
        folder("env", FOLDER);
        for (Map.Entry<String, Optional<String>> variable :
                settings.environment().entrySet()) {
            file(
                    "env/" + variable.getKey(),
                    variable.getValue().map(value -> value + "\n").orElse(""));
        }
    }

    private void writeScripts() throws IOException {
        InitScripts scripts = new InitScripts(settings);
        folder("scripts", FOLDER);
        ownersScript("rc.init", scripts.rcInit());
        ownersScript("runlevel", scripts.runlevel());
        ownersScript("rc.shutdown", scripts.rcShutdown());
        ownersScript("rc.shutdown.final", scripts.rcShutdownFinal());
    }

    /// As the skeleton has it, if it does.
    private void ownersScript(String name, String otherwise) throws IOException {
        Optional<Path> given =
                settings.skeleton().map(folder -> folder.resolve(name)).filter(Files::exists);
        write(
                "scripts/" + name,
                given.isPresent() ? Files.readAllBytes(given.get()) : otherwise.getBytes(StandardCharsets.UTF_8),
                PROGRAM);
    }

    private void writeRunImage() throws IOException {
        InitScripts scripts = new InitScripts(settings);
        folder("run-image", FOLDER);
        folder("run-image/uncaught-logs", LOG_FOLDER);
        if (!settings.logUser().equals("root")) {
            Path logs = directory.resolve("run-image/uncaught-logs");
            Files.setOwner(
                    logs,
                    logs.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName(settings.logUser()));
        }
        folder("run-image/service", FOLDER);
        folder("run-image/service/.s6-svscan", FOLDER);
        if (settings.hasLogger()) {
            folder("run-image/service/s6-svscan-log", FOLDER);
            script("run-image/service/s6-svscan-log/run", scripts.catchAllLogger());
            file("run-image/service/s6-svscan-log/notification-fd", "3\n");
        }
        if (settings.earlyGetty().isPresent()) {
            folder("run-image/service/early-getty", FOLDER);
            script(
                    "run-image/service/early-getty/run",
                    scripts.earlyGetty(settings.earlyGetty().get()));
            file("run-image/service/early-getty/down-signal", "HUP\n");
            file("run-image/service/early-getty/timeout-kill", "2000\n");
        }
    }

    /// Modes are set whatever the umask is: a logger of another user must find its way.
    private void folder(String name, String mode) throws IOException {
        Path folder = Files.createDirectory(directory.resolve(name));
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString(mode));
    }

    private void script(String name, String text) throws IOException {
        write(name, text.getBytes(StandardCharsets.UTF_8), PROGRAM);
    }

    private void file(String name, String text) throws IOException {
        write(name, text.getBytes(StandardCharsets.UTF_8), "rw-r--r--");
    }

    private void write(String name, byte[] bytes, String mode) throws IOException {
        Path file = Files.write(directory.resolve(name), bytes);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
    }
}
