package dev.reeve.bridge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The first process of a PID namespace is not the first of a machine: what others have, too, stays as it is, whatever
/// this one may do. The others are a mount namespace with a file system in it, both made here.
@Timeout(60)
class NamespaceKernelTest {
    private static final String OTHERS = """
            set -e
            shared=$1 may=$2 java=$3 classes=$4 program=$5
            mount -t tmpfs shared "$shared"
            unshare --pid --mount --fork setpriv --bounding-set="$may" "$java" \\
                --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow \\
                -cp "$classes" "$program" "$shared"
            touch "$shared/others" && echo 'the others write'
            """;

    /// Runs in the namespace.
    static final class Inside {
        public static void main(String[] arguments) throws ErrnoException {
            LinuxMachine machine = new LinuxMachine();
            machine.makeReadOnly(arguments[0]);
            // A machine of its own would say that nothing is swapped to there (EINVAL), or refuse (EPERM).
            machine.stopSwapping("/dev/null");
            System.out.println("first: " + machine.isOurs() + ", writes: " + writes(Path.of(arguments[0])));
        }

        private static boolean writes(Path directory) {
            try {
                Files.createFile(directory.resolve("own"));
                return true;
            } catch (IOException e) {
                return false;
            }
        }
    }

    @TempDir
    private Path shared;

    /// EINVAL is what reboot(2) says to the one, EPERM to the other.
    @ParameterizedTest
    @ValueSource(strings = {"+sys_boot", "-sys_boot"})
    void aNamespaceLeavesToOthersWhatTheyHave(String mayEndTheMachine) throws Exception {
        assumeTrue(System.getProperty("user.name").equals("root"), "a namespace needs root: run the tests as root");
        Process others = new ProcessBuilder(
                        "unshare",
                        "--mount",
                        "sh",
                        "-c",
                        OTHERS,
                        "others",
                        shared.toString(),
                        mayEndTheMachine,
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        System.getProperty("java.class.path"),
                        Inside.class.getName())
                .redirectErrorStream(true)
                .start();
        String said = new String(others.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, others.waitFor(), said);
        assertEquals("first: true, writes: false\nthe others write\n", said);
    }

    @Test
    void onlyWhoDecidesAboutCtrlAltDelHasAMachine() {
        assertFalse(LinuxMachine.isInNamespace(0));
        assertTrue(LinuxMachine.isInNamespace(-Errno.EINVAL));
        assertTrue(LinuxMachine.isInNamespace(-Errno.EPERM));
    }
}
