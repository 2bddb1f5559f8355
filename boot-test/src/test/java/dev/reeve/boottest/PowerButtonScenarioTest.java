package dev.reeve.boottest;

import java.io.IOException;
import org.junit.jupiter.api.Test;

/// A virtual machine that is told to shut down sees its power button pressed. Its device comes when the modules for it
/// are loaded, long after the machine has booted.
class PowerButtonScenarioTest {

    @Test
    void endsTheMachineInOrder() throws IOException {
        LinuxKernel kernel = LinuxKernel.newestOrSkip();
        MachineTree root = Machines.reeve()
                .copy(kernel.module("button"), "lib/button.ko")
                .copy(kernel.module("evdev"), "lib/evdev.ko");
        try (VirtualMachine machine = VirtualMachine.inMemory("power-button", kernel, root, "")) {
            machine.awaitAnywhere("login: ");
            machine.type("root");
            machine.awaitConsole("# ");
            machine.type("insmod /lib/button.ko && insmod /lib/evdev.ko");
            machine.type("log=/run/uncaught-logs/current");
            machine.type("until grep -q 'power button is heard' $log; do sleep 1; done; echo now it is heard");
            machine.awaitConsole("\nnow it is heard");
            machine.monitor("system_powerdown");
            machine.awaitPowerDown();
        }
    }
}
