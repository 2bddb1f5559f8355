package dev.reeve.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.reeve.daemon.scenario.RunningDaemon;
import dev.reeve.daemon.scenario.ServiceDirectories;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Every example under a daemon of an ordinary user's. Where the tests run as one, the other scenarios show that.
class OrdinaryUserScenarioTest {
    private static final List<String> AS_NOBODY =
            List.of("setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups", "--inh-caps=-all");

    @TempDir
    Path directory;

    @Test
    void theyAllBecomeReadyAsThatUserAndLeaveNoProcess() throws IOException {
        assumeTrue(Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0), "only root can be someone else");
        List<String> examples = Example.all().stream()
                .filter(Example::isInstalled)
                .map(Example::name)
                .toList();
        ServiceDirectories services = ServiceDirectories.in(directory);
        examples.forEach(name -> new Example(name).copyInto(services.directory()));
        Command.run("chown", "-R", "nobody:", directory.toString()).endsWith(0);
        assumeTrue(
                Command.run(words(AS_NOBODY, "test", "-w", directory.toString()))
                                .exitCode()
                        == 0,
                "a directory above the build's is closed to user nobody");
        ServiceProcesses processes = new ServiceProcesses(services.directory().toRealPath());

        try (RunningDaemon daemon = RunningDaemon.on(services, AS_NOBODY, null)) {
            ReeveProgram reeve = ReeveProgram.of(daemon);
            for (String name : examples) {
                int pid = daemon.awaitReady(name).pid();
                processes.withSession(pid);
                assertEquals("nobody", owner(pid), name);
            }

            reeve.run("stop", "--all", "--wait", "--timeout", "60s").endsWith(0);

            processes.awaitNone();
        }
    }

    private static String owner(int pid) throws IOException {
        return Files.getOwner(Path.of("/proc", Integer.toString(pid))).getName();
    }

    private static String[] words(List<String> prefix, String... words) {
        return Stream.concat(prefix.stream(), Stream.of(words)).toArray(String[]::new);
    }
}
