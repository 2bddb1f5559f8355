package dev.reeve.dist;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/// The machine of the article "Building a skarnet.org s6 Init System": a oneshot, a longrun and a getty on the serial
/// console, where root logs in and switches it off; under one init after the other.
class BootTimesScenarioTest {
    @Test
    void aMachineBootsToALoginAndSwitchesOff() throws IOException {
        LinuxKernel kernel = LinuxKernel.newestOrSkip();
        List<BootTimes> all = new ArrayList<>();
        all.add(boot("reeve", kernel, Machines.reeve(), BootTimesScenarioTest::lookAtReeve));
        all.add(boot("busybox", kernel, Machines.busybox(), _ -> {}));
        all.add(boot("s6-svscan", kernel, Machines.s6Svscan(), _ -> {}));
        all.add(boot("systemd", kernel, Machines.systemd(), _ -> {}));
        System.out.print(BootTimes.table(all));
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

    private static BootTimes boot(
            String init, LinuxKernel kernel, MachineTree root, Consumer<VirtualMachine> atThePrompt)
            throws IOException {
        try (VirtualMachine machine = VirtualMachine.inMemory(init, kernel, root, "")) {
            long handOver = machine.awaitConsole("Run /sbin/init as init process");
            long longrun = machine.awaitAnywhere("longrun: runs");
            long login = machine.awaitAnywhere("login: ");
            machine.login();
            atThePrompt.accept(machine);
            long poweroff = System.nanoTime();
            machine.type("poweroff");
            return new BootTimes(init, handOver, longrun, login, poweroff, machine.awaitPowerDown());
        }
    }
}
