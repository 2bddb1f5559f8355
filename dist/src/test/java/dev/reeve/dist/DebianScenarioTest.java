package dev.reeve.dist;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/// A Debian with udev, fsck, file systems, a network and sshd, whose init is reeve.
class DebianScenarioTest {
    @Test
    void itBootsToALoginWithANetworkAndEnds() throws IOException {
        LinuxKernel kernel = LinuxKernel.newestOrSkip();
        Path debian = DebianRoot.bootstrappedOrSkip();
        Path directory = VirtualMachine.emptyDirectory("debian");
        Path disk = Ext4.write(DebianRoot.of(debian, directory, kernel), directory.resolve("disk"), "1500M");
        List<String> network = List.of("-netdev", "user,id=net", "-device", "virtio-net-pci,netdev=net");
        try (VirtualMachine machine = VirtualMachine.onDisk(kernel, directory, disk, "net.ifnames=0", network)) {
            machine.awaitConsole("login: ");
            machine.type("root");
            machine.awaitConsole(":~# ");
            machine.type("until s6-svstat /run/service/sshd; do sleep 1; done 2>/dev/null");
            machine.type("s6-svwait -U -t 60000 /run/service/sshd; echo is re''ady");
            machine.awaitConsole("is ready");
            machine.type("head -c 7 </dev/tcp/10.0.2.15/22; grep ' / ' /proc/mounts; cat /run/uncaught-logs/current");
            machine.awaitConsole("SSH-2.0");
            machine.awaitConsole("/ ext4 rw,");
            machine.awaitConsole("clean, ");
            machine.awaitConsole("rc.init is done");
            machine.type("/opt/reeve/bin/reeve status");
            machine.awaitConsole("udevd");
            machine.type("init 6");
            machine.awaitRestart();
        }
    }
}
