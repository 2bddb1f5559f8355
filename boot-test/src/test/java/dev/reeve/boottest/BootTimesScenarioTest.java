package dev.reeve.boottest;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The same small system, under one init after the other.
class BootTimesScenarioTest {
    @Test
    void aMachineBootsToALoginAndEnds() throws IOException {
        LinuxKernel kernel = LinuxKernel.newestOrSkip();
        List<BootTimes> all = new ArrayList<>();
        all.add(bootTimes("reeve", kernel, Machines.reeve()));
        all.add(bootTimes("busybox", kernel, Machines.busybox()));
        all.add(bootTimes("s6-svscan", kernel, Machines.s6Svscan()));
        System.out.print(BootTimes.table(all));
    }

    private BootTimes bootTimes(String init, LinuxKernel kernel, MachineTree root) throws IOException {
        try (VirtualMachine machine = VirtualMachine.inMemory(init, kernel, root, "")) {
            long handOver = machine.awaitConsole("Run /sbin/init as init process");
            long longrun = machine.awaitAnywhere("longrun: runs");
            long login = machine.awaitAnywhere("login: ");
            machine.type("root");
            machine.awaitConsole("# ");
            long poweroff = System.nanoTime();
            machine.type("poweroff");
            return new BootTimes(init, handOver, longrun, login, poweroff, machine.awaitPowerDown());
        }
    }
}
