package dev.reeve.dist;

import java.io.IOException;
import org.junit.jupiter.api.Test;

/// Machines that reeve boots where something is not as it should be. (Where all is well: [BootTimesScenarioTest].)
class ReeveBootScenarioTest {
    private static final int SERVICES = 200;

    @Test
    void aLoginExistsWhateverHangsAndThePowerButtonSwitchesOff() throws IOException {
        LinuxKernel kernel = LinuxKernel.newestOrSkip();
        MachineTree root = Machines.hanging(kernel);
        try (VirtualMachine machine = VirtualMachine.inMemory("hanging", kernel, root, "")) {
            machine.awaitAnywhere("rc.init: hangs");
            machine.awaitAnywhere("stubborn: runs");
            machine.login();
            machine.type("old=$(pidof s6-log); kill -KILL $old");
            machine.type("until new=$(pidof s6-log) && [ $new != $old ]; do sleep 0.1; done; echo another re''ads");
            machine.awaitConsole("another reads");
            machine.monitor("system_powerdown");
            machine.awaitPowerDown();
        }
    }

    @Test
    void aReadOnlyRootBootsTwoHundredServicesAndCtrlAltDelRestarts() throws IOException {
        LinuxKernel kernel = LinuxKernel.newestOrSkip();
        MachineTree root = Machines.reeve();
        for (int number = 1; number <= SERVICES; number++) {
            root.script("etc/reeve-init/run-image/service/s" + number + "/run", "#!/bin/sh\nexec sleep 100000\n");
        }
        try (VirtualMachine machine = VirtualMachine.onDisk("on-disk", kernel, root, "")) {
            machine.awaitAnywhere("oneshot: done");
            machine.login();
            machine.type("grep /dev/root /proc/mounts; until [ $(pidof sleep | wc -w) -gt " + SERVICES
                    + " ]; do sleep 0.2; done; echo all ru''n");
            machine.awaitConsole("ext4 ro,");
            machine.awaitConsole("all run");
            machine.monitor("sendkey ctrl-alt-delete");
            machine.awaitRestart();
        }
    }
}
