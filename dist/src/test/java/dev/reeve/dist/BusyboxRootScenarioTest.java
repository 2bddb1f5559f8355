package dev.reeve.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A machine that has no libc at all: one static busybox, and the distribution with its own.
class BusyboxRootScenarioTest {
    private static final String SUPERVISE = """
            mount -t proc proc /proc
            mknod /dev/null c 1 3
            /opt/reeve/bin/reeved --scan /scan --run /run/reeve 2>/said &
            until [ -S /run/reeve/control.sock ]; do kill -0 $! || cat /said; usleep 10000; done
            cat /proc/$!/comm
            cat /proc/$!/maps >/maps
            /opt/reeve/bin/reeve wait grüße || cat /said
            /opt/reeve/bin/reeve status
            /opt/reeve/bin/reeve shutdown
            wait $!
            echo "ended with $?"
            """;

    private static final String ENTER = """
            mount --bind "$1" "$1" && exec env -i "$2" LOCPATH= LD_PRELOAD= chroot "$1" /bin/sh -c "$3"
            """;

    private final Path root = Path.of(System.getProperty("reeve.home"), "dist/target/busybox-root");

    @BeforeEach
    void make() throws IOException {
        assumeTrue(System.getProperty("user.name").equals("root"), "a chroot needs root: run the tests as root");
        Command.output("rm", "-rf", root.toString());
        Files.createDirectory(root);
        Machines.withoutLibc()
                .script("scan/grüße/run", """
                        #!/bin/sh
                        cp /proc/$$/environ /environ
                        echo >&3
                        exec sleep 1000
                        """)
                .file("scan/grüße/notification-fd", "3\n")
                .writeTo(root);
        Command.output(
                "cp",
                "-a",
                Distribution.directory().toString(),
                root.resolve("opt/reeve").toString());
        assertEquals(Set.of(), librariesOutsideOfReeve());
    }

    @AfterEach
    void remove() {
        Command.output("rm", "-rf", root.toString());
    }

    @Test
    void aServiceIsSupervisedByTheDistributionsOwnLibc() throws IOException {
        List<String> said = inside(SUPERVISE).lines().toList();
        assertEquals("reeved", said.getFirst());
        assertTrue(said.stream().anyMatch(line -> line.matches("grüße +up +yes .*")), said::toString);
        assertEquals("ended with 0", said.getLast());
        String maps = Files.readString(root.resolve("maps"));
        assertTrue(maps.contains("/opt/reeve/lib/glibc/libc.so.6"));
        assertTrue(maps.contains("/daemon.aot"));
    }

    @Test
    void servicesSeeNothingOfThatLibc() throws IOException {
        inside(SUPERVISE);
        // The first two are those of the shell that the script runs in.
        assertEquals(
                Set.of("PWD=/", "SHLVL=1", "PATH=/bin:/sbin:/usr/bin:/usr/sbin", "LOCPATH=", "LD_PRELOAD="),
                Set.of(Files.readString(root.resolve("environ")).split("\0")));
    }

    @Test
    void aBootIsRehearsedThere() throws IOException {
        String said = inside("""
                mount -t proc proc /proc
                mknod /dev/null c 1 3
                exec /opt/reeve/bin/reeve init-maker -d /dev --link /sbin /etc/reeve-init
                """);
        assertTrue(said.contains("the rehearsal went well"), said);
        assertEquals(Path.of("/etc/reeve-init/bin/init"), Files.readSymbolicLink(root.resolve("sbin/init")));
    }

    /// In namespaces of its own, where the root is a mount, as it is on a machine.
    private String inside(String script) {
        return Command.output(
                "timeout",
                "--signal=KILL",
                "60",
                "unshare",
                "--mount",
                "--pid",
                "--fork",
                "--kill-child",
                "sh",
                "-c",
                ENTER,
                "sh",
                root.toString(),
                "PATH=/bin:/sbin:/usr/bin:/usr/sbin",
                script);
    }

    private Set<Path> librariesOutsideOfReeve() throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            return files.map(root::relativize)
                    .filter(file -> !file.startsWith("opt/reeve"))
                    .filter(file -> file.toString().contains(".so"))
                    .collect(Collectors.toSet());
        }
    }
}
