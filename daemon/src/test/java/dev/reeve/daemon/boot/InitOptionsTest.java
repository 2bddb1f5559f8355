package dev.reeve.daemon.boot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reeve.daemon.boot.InitOptions.RunMount;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InitOptionsTest {

    @Test
    void withoutAWordItBootsFromEtcReeveInit() {
        InitOptions options = parsed();

        assertEquals("/etc/reeve-init/scripts/rc.init", options.script("rc.init"));
        assertEquals("/usr/bin:/bin", options.path());
        assertEquals(022, options.umask());
        assertEquals(RunMount.NEW, options.runMount());
        assertEquals("default", options.runlevel());
        assertEquals(List.of(), options.complaints());
    }

    @Test
    void everyOptionOfS6LinuxInitIsRead() {
        InitOptions options = parsed(
                "-c/etc/s6-linux-init/current",
                "-p",
                "/bin",
                "-s",
                "/run/env",
                "-m077",
                "-d",
                "/dev",
                "-D",
                "2",
                "-nCB",
                "-W",
                "3",
                "--",
                "quiet");

        assertEquals("/etc/s6-linux-init/current", options.basedir());
        assertEquals("/bin", options.path());
        assertEquals(Optional.of("/run/env"), options.environmentStore());
        assertEquals(077, options.umask());
        assertEquals(Optional.of("/dev"), options.deviceDirectory());
        assertEquals("2", options.runlevel());
        assertEquals(RunMount.AGAIN, options.runMount());
        assertTrue(options.inContainer() && options.withoutCatchAll());
        assertEquals(OptionalInt.of(3), options.waitForEndOf());
        assertEquals(List.of("quiet"), options.kernelArguments());
        assertEquals(List.of(), options.complaints());
    }

    @Test
    void theFirstArgumentThatIsARunlevelIsIt() {
        InitOptions options = parsed("-D", "2", "splash", "4", "3");

        assertEquals("4", options.runlevel());
        assertEquals(List.of("splash", "4", "3"), options.kernelArguments());
    }

    @Test
    void whatIsAfterTwoDashesIsNoOption() {
        assertEquals(List.of("-n", "-x"), parsed("--", "-n", "-x").kernelArguments());
    }

    /// The kernel has put the first ones there, which mean nothing to it.
    @Test
    void optionsAreThoseAmongArgumentsTooUntilTwoDashes() {
        InitOptions options = parsed("single", "-c", "/base", "foo", "-n", "--", "-m", "077");

        assertEquals("/base", options.basedir());
        assertEquals(RunMount.AGAIN, options.runMount());
        assertEquals(022, options.umask());
        assertEquals(List.of("single", "foo", "-m", "077"), options.kernelArguments());
        assertEquals(List.of(), options.complaints());
    }

    /// A machine that does not boot for a letter on the kernel's command line is nobody's wish.
    @Test
    void whatIsNoOptionIsAnArgumentWithAComplaint() {
        InitOptions options = parsed("-b", "-c", "/base");

        assertEquals(List.of("-b"), options.kernelArguments());
        assertEquals("/base", options.basedir());
        assertEquals(List.of("-b is no option of reeve-init, and is taken for an argument"), options.complaints());
    }

    @ParameterizedTest
    @ValueSource(strings = {"-m9", "-m12345", "-mx", "-W2", "-Wx", "-v-", "-v99999999999", "-c", "-W99999999999"})
    void whatIsWrongIsAComplaintAndTheDefaultHolds(String word) {
        InitOptions options = parsed(word);

        assertEquals(1, options.complaints().size());
        assertEquals(parsed().basedir(), options.basedir());
        assertEquals(022, options.umask());
        assertEquals(OptionalInt.empty(), options.waitForEndOf());
    }

    @Test
    void pathsAreAbsoluteBecauseTheWorkingDirectoryIsTheRoot() {
        assertEquals("/base/scripts/x", parsed("-c", "base").script("x"));
    }

    private static InitOptions parsed(String... words) {
        return InitOptions.parse(List.of(words));
    }

    @Test
    void theGraceAtTheEndIsOnesOwn() {
        assertEquals(
                Optional.of(Duration.ofMillis(500)),
                InitOptions.parse(List.of("-q", "500")).grace());
        InitOptions wrong = InitOptions.parse(List.of("-q", "soon"));
        assertEquals(Optional.empty(), wrong.grace());
        assertEquals(List.of("-q needs a number after it, not soon, and is not heeded"), wrong.complaints());
    }

    @Test
    void aDirectoryOfS6LinuxInitsServesWhereThereIsNoneOfReeves() {
        assertEquals("/etc/s6-linux-init/current", basedirOf(List.of(), "/etc/s6-linux-init/current"));
        assertEquals("/etc/reeve-init", basedirOf(List.of(), "/etc/s6-linux-init/current", "/etc/reeve-init"));
        assertEquals("/etc/reeve-init", basedirOf(List.of()));
        assertEquals("/other", basedirOf(List.of("-c", "/other"), "/etc/s6-linux-init/current"));
    }

    private static String basedirOf(List<String> words, String... directories) {
        return InitOptions.parse(words, List.of(directories)::contains).basedir();
    }
}
