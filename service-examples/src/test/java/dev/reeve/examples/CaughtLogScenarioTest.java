package dev.reeve.examples;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.reeve.daemon.scenario.BootedMachine;
import dev.reeve.daemon.scenario.RunningDaemon;
import dev.reeve.daemon.scenario.ServiceDirectories;
import dev.reeve.protocol.ServiceStatus;
import java.nio.file.Files;
import java.nio.file.Path;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `reeve log` on a machine that reeve has booted, of services that have no logger.
class CaughtLogScenarioTest {
    private static final String HELLO = "echo hello from web; exec sleep 1000";

    @TempDir
    Path directory;

    @Test
    void whatTheCatchAllLoggerHasReadIsFound() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/s6-log")), "s6-log is not installed: bin/test installs it");
        ServiceDirectories services = BootedMachine.services(directory).service("web", HELLO);
        services.service("s6-svscan-log", "exec >/dev/null <fifo; exec s6-log -bp -- t /run/uncaught-logs");
        demandThatItIsFound();
    }

    @Test
    void whatTheDaemonHasReadIsFound() throws Exception {
        BootedMachine.services(directory).service("web", HELLO);
        demandThatItIsFound();
    }

    private void demandThatItIsFound() throws Exception {
        try (BootedMachine machine = BootedMachine.boot(directory)) {
            machine.await("web", ServiceStatus::ready);
            for (String name : new String[] {"web", "s6-svscan-log", "rc.init"}) {
                Awaitility.await("reeve log " + name)
                        .atMost(RunningDaemon.PATIENCE)
                        .until(() -> log(machine, name).contains(" hello from web"));
                String log = log(machine, name);
                assertTrue(log.contains(" rc.init was here"), log);
            }
        }
    }

    private static String log(BootedMachine machine, String name) {
        String reeve = Example.HOME.resolve("bin/reeve").toString();
        return machine.output(reeve, "--socket", BootedMachine.SOCKET, "log", "-n", "100", name);
    }
}
