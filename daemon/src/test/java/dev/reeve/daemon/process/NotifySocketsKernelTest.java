package dev.reeve.daemon.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.reeve.bridge.ErrnoException;
import dev.reeve.bridge.Kernel;
import dev.reeve.bridge.LinuxKernel;
import dev.reeve.daemon.config.NotifyAccess;
import dev.reeve.daemon.log.Log;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Where the sockets of services are, and whose.
class NotifySocketsKernelTest {
    private static final int ANOTHER_USER = 65_534;

    @TempDir
    Path run;

    private final Kernel kernel = new LinuxKernel();
    private final List<Integer> open = new ArrayList<>();
    private final List<String> opened = new ArrayList<>();
    private DescriptorLimit limit;
    private boolean passable = true;

    @BeforeEach
    void aLimit() throws ErrnoException {
        limit = new DescriptorLimit(kernel, new SilentLog());
    }

    @AfterEach
    void closeThem() {
        open.forEach(kernel::close);
    }

    @Test
    void eachHasAFileOfItsNumberAndTheNextRunTakesItsPlace() throws CannotLaunch, IOException {
        NotifySockets sockets = sockets(run);
        NotifySocket first = bind(sockets, 7, kernel.effectiveUser());
        assertEquals(run.resolve("notify/7").toString(), first.path());
        NotifySocket second = bind(sockets, 7, kernel.effectiveUser());
        assertEquals(first.path(), second.path());
        assertEquals(List.of("7"), files());
    }

    @Test
    void whatADaemonBeforeLeftBehindIsRemoved() throws CannotLaunch, IOException {
        Files.createDirectory(run.resolve("notify"));
        Files.createFile(run.resolve("notify/99"));
        bind(sockets(run), 1, kernel.effectiveUser());
        assertEquals(List.of("1"), files());
    }

    @Test
    void aSocketIsRemovedAndOnceMoreIsNoError() throws Exception {
        NotifySockets sockets = sockets(run);
        bind(sockets, 1, kernel.effectiveUser());
        sockets.remove(1);
        sockets.remove(1);
        assertEquals(List.of(), files());
    }

    @Test
    void oneOfAnotherUserIsThatUsersAlone() throws CannotLaunch, IOException {
        assumeTrue(kernel.effectiveUser() == 0, "only root runs services as others");
        Path path = Path.of(bind(sockets(run), 1, ANOTHER_USER).path());
        assertEquals(ANOTHER_USER, Files.getAttribute(path, "unix:uid"));
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(path)));
    }

    @Test
    void whatRootRunsMayBecomeAnybody() throws CannotLaunch, IOException {
        assumeTrue(kernel.effectiveUser() == 0, "only root's services become others");
        Path path = Path.of(bind(sockets(run), 1, 0).path());
        assertEquals("rw-rw-rw-", PosixFilePermissions.toString(Files.getPosixFilePermissions(path)));
        assertEquals("rwx--x--x", PosixFilePermissions.toString(Files.getPosixFilePermissions(run.resolve("notify"))));
        assertEquals(List.of("opened"), opened);
    }

    @Test
    void whereOthersDoNotGetToTheSocketIsAbstractAndAnotherEachTime() throws CannotLaunch, IOException {
        assumeTrue(kernel.effectiveUser() == 0, "only root's services become others");
        passable = false;
        NotifySockets sockets = sockets(run);
        NotifySocket first = bind(sockets, 1, 0);
        NotifySocket second = bind(sockets, 1, 0);
        assertTrue(first.path().startsWith("@" + run + "/notify/1."), first.path());
        assertFalse(first.path().equals(second.path()), first.path());
        assertEquals(List.of(), files());
    }

    @Test
    void aPathThatIsTooLongIsToldWithWhatToDo() throws IOException {
        Path deep = Files.createDirectories(run.resolve("x".repeat(107)));
        CannotLaunch problem = assertThrows(CannotLaunch.class, () -> bind(sockets(deep), 1, 0));
        assertTrue(problem.getMessage().contains("start reeved with a shorter one (--run)"), problem.getMessage());
    }

    @Test
    void aRunDirectoryThatIsGoneIsTold() {
        CannotLaunch problem = assertThrows(CannotLaunch.class, () -> bind(sockets(run.resolve("gone")), 1, 0));
        assertTrue(problem.getMessage().startsWith("notify-socket: its socket cannot be made: "), problem.getMessage());
    }

    private NotifySockets sockets(Path directory) {
        return new NotifySockets(kernel, directory.toString(), () -> {
            opened.add("opened");
            return passable;
        });
    }

    private NotifySocket bind(NotifySockets sockets, long number, int user) throws CannotLaunch {
        NotifySocket socket = sockets.bind(number, user, NotifyAccess.ALL, limit);
        open.add(socket.fd());
        return socket;
    }

    private List<String> files() throws IOException {
        try (var files = Files.list(run.resolve("notify"))) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }

    private static final class SilentLog implements Log {
        @Override
        public void info(String message) {
            // Nobody reads it.
        }

        @Override
        public void audit(String message) {
            // Nobody reads it.
        }

        @Override
        public void warning(String message) {
            throw new AssertionError(message);
        }

        @Override
        public void bug(String message, Throwable cause) {
            throw new AssertionError(message, cause);
        }
    }
}
