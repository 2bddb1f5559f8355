package dev.reeve.daemon.boot;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;

/// The scripts by which a machine's owner says what it does when it boots and when it ends, as service directories,
/// so that whoever asks for the state of services sees them, too. Nobody starts them but the machine's life: they
/// are down at first, and never start again by themselves.
public final class ScriptServices {
    /// What is done once when everything may be started.
    public static final String BOOT = "rc.init";

    /// What is done first when the machine is to end.
    public static final String SHUTDOWN = "rc.shutdown";

    /// How long one that is to stop may take for it, after which it is killed.
    private static final String STOP_PATIENCE_MILLIS = "5000";

    private ScriptServices() {}

    /// Writes those whose script is there. One that is there already (its owner's own) is left as it is.
    static void write(InitOptions options, Path scanDirectory) throws IOException {
        List<String> words = new ArrayList<>(List.of(options.runlevel()));
        words.addAll(options.kernelArguments());
        write(options.script(BOOT), words, scanDirectory.resolve(BOOT));
        write(options.script(SHUTDOWN), List.of(), scanDirectory.resolve(SHUTDOWN));
    }

    private static void write(String script, List<String> words, Path service) throws IOException {
        if (!Files.exists(Path.of(script)) || Files.exists(service)) {
            return;
        }
        StringBuilder command = new StringBuilder("exec ").append(quoted(script));
        words.forEach(word -> command.append(' ').append(quoted(word)));
        Files.createDirectory(service);
        Files.writeString(service.resolve("down"), "");
        Files.writeString(service.resolve("restart"), "never\n");
        Files.writeString(service.resolve("timeout-kill"), STOP_PATIENCE_MILLIS + "\n");
        Path run = Files.writeString(service.resolve("run"), "#!/bin/sh\n" + command + "\n");
        Files.setPosixFilePermissions(run, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    /// As sh(1) takes it for one word whatever it holds.
    private static String quoted(String word) {
        return "'" + word.replace("'", "'\\''") + "'";
    }
}
