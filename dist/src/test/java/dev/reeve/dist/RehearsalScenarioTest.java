package dev.reeve.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `reeve init-maker --link` boots the directory that it has written before a kernel has to.
class RehearsalScenarioTest {
    @TempDir
    Path work;

    private Path sbin;

    @BeforeEach
    void needsRoot() throws IOException {
        assumeTrue(System.getProperty("user.name").equals("root"), "a PID namespace needs root: run the tests as root");
        sbin = Files.createDirectory(work.resolve("sbin"));
    }

    @Test
    void whatBootsIsLinked() throws IOException {
        String said = Command.output(initMaker(Distribution.directory()));
        assertTrue(said.contains("the rehearsal went well"), said);
        assertEquals(work.resolve("etc/bin/init"), Files.readSymbolicLink(sbin.resolve("init")));
        assertTrue(Files.isExecutable(sbin.resolve("init")));
        assertFalse(Files.exists(work.resolve("etc/reached")), "the rehearsal has its own copy");
        String again = Command.output(initMaker(Distribution.directory()));
        assertTrue(again.contains("etc is there already, and stays as it is"), again);
        assertTrue(again.contains("the rehearsal went well"), again);
    }

    @Test
    void aContainersBootLineIsRehearsedToo() throws IOException {
        Path skeleton = Files.createDirectory(work.resolve("skel"));
        Files.writeString(skeleton.resolve("runlevel"), "#!/bin/sh\necho mine\n");
        String said = Command.output(
                Distribution.directory().resolve("bin/reeve").toString(),
                "init-maker",
                "-C",
                "-B",
                "-W",
                "3",
                "-q",
                "500",
                "-f",
                skeleton.toString(),
                "-S",
                "--rehearse",
                work.resolve("container").toString());
        assertTrue(said.contains("-S: the disks are synced at the end in any case"), said);
        assertTrue(said.contains("the rehearsal went well"), said);
        assertEquals("#!/bin/sh\necho mine\n", Files.readString(work.resolve("container/scripts/runlevel")));
    }

    @Test
    void whatDoesNotBootIsNotLinked() throws IOException {
        Path broken = work.resolve("broken");
        Command.output("cp", "-a", Distribution.directory().toString(), broken.toString());
        Files.delete(broken.resolve("bin/lib/reeved.jvm-options"));
        String said = assertThrows(UncheckedIOException.class, () -> Command.output(initMaker(broken)))
                .toString();
        assertTrue(said.contains("the rehearsal failed, and nothing is linked: rc.init was not reached"), said);
        assertTrue(said.contains("reeved.jvm-options"), said);
        assertFalse(Files.exists(sbin.resolve("init")));
    }

    private String[] initMaker(Path reeve) {
        return new String[] {
            reeve.resolve("bin/reeve").toString(),
            "init-maker",
            "-d",
            "/dev",
            "--link",
            sbin.toString(),
            work.resolve("etc").toString()
        };
    }
}
