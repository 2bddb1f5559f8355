package dev.reeve.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
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
    void aReadOnlyRootBootsTwoHundredServicesAndIsLeftCleanByCtrlAltDel() throws IOException {
        LinuxKernel kernel = LinuxKernel.newestOrSkip();
        MachineTree root = Machines.reeve();
        for (int number = 1; number <= SERVICES; number++) {
            root.script(Machines.SERVICES + "/s" + number + "/run", "#!/bin/sh\nexec sleep 100000\n");
        }
        Path directory = VirtualMachine.emptyDirectory("on-disk");
        Path disk = Ext4.write(root, directory);
        try (VirtualMachine machine = VirtualMachine.onDisk(kernel, directory, disk, "", List.of())) {
            machine.awaitAnywhere("oneshot: done");
            machine.login();
            machine.type("grep /dev/root /proc/mounts; until [ $(pidof sleep | wc -w) -gt " + SERVICES
                    + " ]; do sleep 0.2; done; echo all ru''n");
            machine.awaitConsole("ext4 ro,");
            machine.awaitConsole("all run");
            machine.type("mount -o remount,rw / && echo >/written && echo wri''tten");
            machine.awaitConsole("written");
            machine.monitor("sendkey ctrl-alt-delete");
            machine.awaitRestart();
        }
        // It was no namespace, where only the mount would have become read-only: ext4 has written its journal out.
        assertEquals("clean", Ext4.state(disk));
    }
}
