package dev.reeve.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The .deb that `bin/deb` makes, in a Debian of its own.
class PackageScenarioTest {
    private static final Path HOME = Path.of(System.getProperty("reeve.home"));

    /// $1 is a Debian's root, which nothing of what is done here reaches; $2 a folder with the package, for what
    /// is to be seen.
    private static final String IN_A_DEBIAN = """
            set -e
            mount -t tmpfs tmpfs "$2"/layer
            mkdir "$2"/layer/changed "$2"/layer/work "$2"/layer/root
            mount -t overlay -o "lowerdir=$1,upperdir=$2/layer/changed,workdir=$2/layer/work" overlay "$2"/layer/root
            cd "$2"/layer/root
            mount -t proc proc proc
            mkdir mnt/out
            mount --bind "$2" mnt/out
            exec chroot . /bin/sh -e -c "$3"
            """;

    private static final String FILES = """
            files() {
                find / -xdev ! -path '/var/lib/dpkg/*' ! -path '/var/log/*' ! -path '/var/cache/*' \\
                    ! -path '/mnt/*' ! -path '/tmp/*' | sort
            }
            """;

    @TempDir
    static Path work;

    private static Path deb;

    @BeforeAll
    static void make() {
        deb = Path.of(Command.output(
                        "env",
                        "DPKG_DEB_COMPRESSOR_TYPE=gzip",
                        "DPKG_DEB_COMPRESSOR_LEVEL=1",
                        HOME.resolve("bin/deb").toString(),
                        "--dist",
                        Distribution.directory().toString(),
                        work.toString())
                .strip());
    }

    @Test
    void whatIsInstalledSupervisesAndWhatIsPurgedLeavesNothing() throws IOException {
        List<String> said = inADebian(FILES + """
                files >/mnt/out/before
                dpkg -i /mnt/out/*.deb
                dpkg --verify reeve
                test -r /usr/share/man/man8/reeve-init.8.gz
                mkdir -p /tmp/scan/ticker
                printf '#!/bin/sh\\nexec sleep 1000\\n' >/tmp/scan/ticker/run
                chmod 755 /tmp/scan/ticker/run
                reeved --scan /tmp/scan --run /tmp/run &
                until [ -S /tmp/run/control.sock ]; do kill -0 $!; sleep 0.1; done
                reeve --socket /tmp/run/control.sock wait ticker
                reeve --socket /tmp/run/control.sock status
                cp /proc/$!/maps /mnt/out/maps
                reeve --socket /tmp/run/control.sock shutdown
                wait $!
                dpkg -r reeve
                dpkg -P reeve
                files >/mnt/out/after
                """);
        assertTrue(said.stream().anyMatch(line -> line.matches("ticker +up .*")), said::toString);
        String maps = Files.readString(work.resolve("maps"));
        assertTrue(maps.contains("/usr/lib/reeve/lib/daemon/daemon.aot"));
        assertTrue(maps.matches("(?s).* /usr/lib/[^/]*/libc.so.6\\n.*"), maps);
        assertEquals(Files.readString(work.resolve("before")), Files.readString(work.resolve("after")));
    }

    @Test
    void debiansOwnCheckerHasNothingToSayAgainstIt() {
        assumeTrue(Command.find("lintian").isPresent(), "lintian is not installed: apt-get install lintian");
        String said = Command.output(
                "lintian", "--allow-root", "--tag-display-limit", "0", "--fail-on", "error,warning", deb.toString());
        assertEquals("", said);
    }

    @Test
    void everyLibraryHasItsLicenceNamed() throws IOException {
        String copyright = Files.readString(HOME.resolve("dist/debian/copyright"));
        try (Stream<Path> files = Files.walk(Distribution.directory().resolve("lib"))) {
            List<String> jars = files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".jar") && !name.startsWith("reeve-"))
                    .toList();
            assertTrue(jars.size() > 10, jars::toString);
            for (String jar : jars) {
                String project = jar.replaceFirst("-\\d.*", "");
                assertTrue(
                        copyright.contains("/" + project + "-*.jar")
                                || copyright.contains("/" + project.split("-")[0] + "-*.jar"),
                        jar);
            }
        }
    }

    private static List<String> inADebian(String script) throws IOException {
        Path debian = DebianRoot.bootstrappedOrSkip();
        Files.createDirectory(work.resolve("layer"));
        return Command.output(
                        "timeout",
                        "--signal=KILL",
                        "90",
                        "unshare",
                        "--mount",
                        "--pid",
                        "--fork",
                        "--kill-child",
                        "env",
                        "-i",
                        "PATH=/usr/sbin:/usr/bin:/sbin:/bin",
                        "DEBIAN_FRONTEND=noninteractive",
                        "sh",
                        "-c",
                        IN_A_DEBIAN,
                        "sh",
                        debian.toString(),
                        work.toString(),
                        script)
                .lines()
                .toList();
    }
}
