package dev.reeve.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.reeve.protocol.ServicePhase;
import dev.reeve.protocol.ServiceStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TreeTest {
    private static final int DAEMON = 10;

    @TempDir
    Path proc;

    @Test
    void processesStandBelowTheirServiceAndALoggerToo() throws IOException {
        process(DAEMON, 1, "java", "java\0reeved\0");
        process(20, DAEMON, "nginx", "nginx: master\0");
        process(21, 20, "nginx", "nginx: worker\0");
        process(22, 20, "a) (b", "");
        process(30, DAEMON, "s6-log", "s6-log\0-b\0");
        Files.createDirectory(proc.resolve("99"));

        assertEquals(
                List.of(
                        "├─ db: down",
                        "└─ web: up, ready",
                        "   ├─ 20 nginx: master",
                        "   │  ├─ 21 nginx: worker",
                        "   │  └─ 22 [a) (b]",
                        "   └─ web/log: up, ready",
                        "      └─ 30 s6-log -b"),
                lines(up("web", 20), up("web/log", 30), down("db")));
    }

    @Test
    void processesOfAnotherPidNamespaceAreNotTakenForTheDaemons() throws IOException {
        process(20, 1, "cron", "cron\0");

        assertEquals(List.of("└─ web: up, ready", "   └─ 20"), lines(up("web", 20)));
    }

    @Test
    void aLoggerWithoutItsServiceStandsAlone() {
        assertEquals(List.of("└─ web/log: down"), lines(down("web/log")));
    }

    private List<String> lines(ServiceStatus... services) {
        return new ServiceTree(ProcessTable.read(proc), DAEMON).lines(List.of(services));
    }

    private void process(int pid, int parent, String name, String commandLine) throws IOException {
        Path folder = Files.createDirectory(proc.resolve(Integer.toString(pid)));
        Files.writeString(folder.resolve("stat"), pid + " (" + name + ") S " + parent + " 1 1 0\n");
        Files.writeString(folder.resolve("cmdline"), commandLine);
    }

    private static ServiceStatus up(String name, int pid) {
        return CommandTest.service(name, ServicePhase.UP, pid);
    }

    private static ServiceStatus down(String name) {
        return CommandTest.service(name, ServicePhase.DOWN, null);
    }
}
