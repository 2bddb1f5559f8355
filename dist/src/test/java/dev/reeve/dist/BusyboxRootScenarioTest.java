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
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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

    @TempDir
    Path root;

    @BeforeEach
    void make() throws IOException {
        assumeTrue(System.getProperty("user.name").equals("root"), "a chroot needs root: run the tests as root");
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

    private String inside(String script) {
        return Command.output(
                "unshare",
                "--mount",
                "--pid",
                "--fork",
                "--kill-child",
                "env",
                "-i",
                "PATH=/bin:/sbin:/usr/bin:/usr/sbin",
                "LOCPATH=",
                "LD_PRELOAD=",
                "chroot",
                root.toString(),
                "/bin/sh",
                "-c",
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
