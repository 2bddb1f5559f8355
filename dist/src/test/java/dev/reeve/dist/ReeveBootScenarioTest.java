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
    void withoutS6LogTheDaemonKeepsTheLogAndTheLinksInSbinDoAsTheirNamesSay() throws IOException {
        LinuxKernel kernel = LinuxKernel.newestOrSkip();
        MachineTree root = Machines.reeveWithoutS6Log();
        try (VirtualMachine machine = VirtualMachine.inMemory("without-s6-log", kernel, root, "")) {
            machine.awaitAnywhere("oneshot: done");
            machine.login();
            machine.type("reeve log s6-svscan-log");
            machine.awaitConsole("rc.init is done");
            machine.type("telinit 3");
            machine.awaitConsole("oneshot: done");
            machine.type("shutdown -h +30 && shutdown -c && echo called o''ff");
            machine.awaitConsole("called off");
            machine.type("halt");
            machine.awaitConsole("reboot: System halted");
        }
    }

    /// -Dreeve.machine.orphans=10000 -Dreeve.machine.restarts=10000 -Dreeve.machine.patience=900 is the whole of it.
    @Test
    void twoHundredServicesLeaveNothingBehindAndTheDiskIsLeftCleanByCtrlAltDel() throws IOException {
        int orphans = Integer.getInteger("reeve.machine.orphans", 1_000);
        int restarts = Integer.getInteger("reeve.machine.restarts", 600);
        LinuxKernel kernel = LinuxKernel.newestOrSkip();
        Path directory = VirtualMachine.emptyDirectory("on-disk");
        Path disk = Ext4.write(Machines.churn(SERVICES), directory);
        try (VirtualMachine machine = VirtualMachine.onDisk(kernel, directory, disk, "", List.of())) {
            machine.awaitAnywhere("oneshot: done");
            machine.login();
            machine.type("grep /dev/root /proc/mounts; orphan " + orphans);
            machine.awaitConsole("ext4 ro,");
            machine.awaitConsole(orphans + " orphans, no zombie");
            machine.type("restart-all " + restarts / SERVICES);
            machine.awaitConsole(" KiB");
            System.out.printf("a real kernel: %,d orphans and no zombie; %s%n", orphans, machine.lineWith(" KiB"));
            machine.type("mount -o remount,rw / && echo >/written && echo wri''tten");
            machine.awaitConsole("written");
            machine.monitor("sendkey ctrl-alt-delete");
            machine.awaitRestart();
        }
        // It was no namespace, where only the mount would have become read-only: ext4 has written its journal out.
        assertEquals("clean", Ext4.state(disk));
    }
}
