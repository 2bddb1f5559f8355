package dev.reeve.dist;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/// The machine of the article "Building a skarnet.org s6 Init System": a oneshot, a longrun and a getty on the serial
/// console, where root logs in and switches it off; under one init after the other.
class BootTimesScenarioTest {
    private static final List<BootTimes> ALL = new ArrayList<>();

    @AfterAll
    static void show() {
        if (!ALL.isEmpty()) {
            System.out.print(BootTimes.table(ALL));
        }
    }

    @Test
    void underReeve() throws IOException {
        bootToALoginAndSwitchOff("reeve", Machines::reeve, BootTimesScenarioTest::lookAtReeve);
    }

    @Test
    void underBusybox() throws IOException {
        bootToALoginAndSwitchOff("busybox", Machines::busybox, _ -> {});
    }

    @Test
    void underS6Svscan() throws IOException {
        bootToALoginAndSwitchOff("s6-svscan", Machines::s6Svscan, _ -> {});
    }

    @Test
    void underSystemd() throws IOException {
        bootToALoginAndSwitchOff("systemd", Machines::systemd, _ -> {});
    }

    private static void lookAtReeve(VirtualMachine machine) {
        machine.awaitAnywhere("oneshot: done");
        machine.type("tr '\\0' ' ' </proc/1/cmdline");
        machine.awaitConsole("/opt/reeve/bin/../jre/bin/java");
        machine.awaitConsole("dev.reeve.daemon.ReeveInit");
        machine.type("reeve status longrun");
        machine.awaitConsole("RESTARTS");
        machine.awaitConsole("longrun  ");
        machine.awaitConsole("up");
        machine.type("cat /run/uncaught-logs/current");
        machine.awaitConsole("rc.init is done");
    }

    private static void bootToALoginAndSwitchOff(
            String init, Supplier<MachineTree> root, Consumer<VirtualMachine> atThePrompt) throws IOException {
        LinuxKernel kernel = LinuxKernel.newestOrSkip();
        try (VirtualMachine machine = VirtualMachine.inMemory(init, kernel, root.get(), "")) {
            long handOver = machine.awaitConsole("Run /sbin/init as init process");
            long longrun = machine.awaitAnywhere("longrun: runs");
            long login = machine.awaitAnywhere("login: ");
            machine.login();
            atThePrompt.accept(machine);
            long poweroff = System.nanoTime();
            machine.type("poweroff");
            ALL.add(new BootTimes(init, handOver, longrun, login, poweroff, machine.awaitPowerDown()));
        }
    }
}
