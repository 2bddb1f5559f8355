package dev.reeve.daemon.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reeve.bridge.Datagram.Sender;
import dev.reeve.bridge.Errno;
import dev.reeve.bridge.ErrnoException;
import dev.reeve.bridge.Kernel;
import dev.reeve.daemon.config.NotifyAccess;
import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Whose notifications are believed, docs/decisions/011-notifications.md.
class ServiceMembersTest {
    private static final int MAIN = 100;
    private static final int USER = 1_000;

    private final Map<Integer, Integer> sessions = new HashMap<>();
    private final Map<Integer, Integer> parents = new HashMap<>();
    private int asked;
    private final Kernel kernel = (Kernel) Proxy.newProxyInstance(
            Kernel.class.getClassLoader(), new Class<?>[] {Kernel.class}, (_, method, arguments) -> {
                asked++;
                Map<Integer, Integer> table = switch (method.getName()) {
                    case "sessionOf" -> sessions;
                    case "parentOf" -> parents;
                    default -> throw new AssertionError(method.getName());
                };
                @Nullable Integer answer = table.get((Integer) arguments[0]);
                if (answer == null) {
                    return table == sessions ? Kernel.NO_PROCESS : 0;
                }
                if (answer < 0) {
                    throw new ErrnoException(method.getName(), -answer);
                }
                return answer;
            });

    @Test
    void theProcessOfRunIsBelievedWithoutAsking() throws ErrnoException {
        assertTrue(includes(MAIN, 0, NotifyAccess.MAIN));
        assertTrue(includes(MAIN, 0, NotifyAccess.ALL));
        assertEquals(0, asked);
    }

    @Test
    void whoIsInItsSessionIsBelievedUnlessOnlyRunIs() throws ErrnoException {
        sessions.put(101, MAIN);
        assertTrue(includes(101, 0, NotifyAccess.ALL));
        assertFalse(includes(101, 0, NotifyAccess.MAIN));
    }

    @Test
    void whoDescendsFromItInAnotherSessionIsBelieved() throws ErrnoException {
        sessions.put(103, 102);
        parents.put(103, 102);
        parents.put(102, MAIN);
        assertTrue(includes(103, 0, NotifyAccess.ALL));
    }

    @Test
    void oneIsNamedAsItsMainProcessThatLivesAndBelongsToIt() throws ErrnoException {
        ServiceMembers members = new ServiceMembers(kernel);
        assertFalse(members.include(101, MAIN, MAIN));
        sessions.put(101, MAIN);
        sessions.put(103, 102);
        parents.put(103, MAIN);
        sessions.put(200, 200);
        parents.put(200, 1);
        assertTrue(members.include(101, MAIN, MAIN));
        assertTrue(members.include(103, MAIN, MAIN));
        assertFalse(members.include(200, MAIN, MAIN));
    }

    @Test
    void whereAnotherIsItsMainProcessWhoBelongsToThatOrToRunIsBelieved() throws ErrnoException {
        int another = 150;
        ServiceMembers members = new ServiceMembers(kernel);
        sessions.put(another, 149);
        sessions.put(151, 149);
        sessions.put(101, MAIN);
        sessions.put(102, 102);
        parents.put(102, MAIN);
        assertTrue(members.include(151, another, another));
        assertFalse(members.include(101, another, another));
        assertFalse(members.include(102, another, another));
        assertTrue(members.include(101, another, MAIN));
        assertTrue(members.include(102, another, MAIN));
    }

    @Test
    void aStrangerIsNotBelievedWhateverItsUser() throws ErrnoException {
        sessions.put(200, 200);
        parents.put(200, 1);
        assertFalse(includes(200, USER, NotifyAccess.ALL));
        assertFalse(includes(200, 0, NotifyAccess.ALL));
    }

    @Test
    void whoseSessionIsOutsideOfOurPidNamespaceIsAStrangerAndNotGone() throws ErrnoException {
        sessions.put(200, 0);
        parents.put(200, 1);
        assertFalse(includes(200, USER, NotifyAccess.ALL));
        int another = 150;
        sessions.put(another, 0);
        assertFalse(new ServiceMembers(kernel).include(200, another, another));
    }

    @Test
    void whoIsGoneAlreadyIsBelievedIfItActedAsTheServicesUser() throws ErrnoException {
        assertTrue(includes(300, USER, NotifyAccess.ALL));
        assertFalse(includes(300, USER + 1, NotifyAccess.ALL));
        assertFalse(includes(300, USER, NotifyAccess.MAIN));
    }

    @Test
    void whoCannotBeSeenIsNotBelieved() throws ErrnoException {
        assertFalse(includes(0, USER, NotifyAccess.ALL));
        assertEquals(0, asked);
    }

    @Test
    void aRingOfParentsIsNotFollowedForEver() throws ErrnoException {
        sessions.put(400, 400);
        parents.put(400, 401);
        parents.put(401, 400);
        assertFalse(includes(400, USER, NotifyAccess.ALL));
        assertTrue(asked < 50, () -> "asked " + asked + " times");
    }

    @Test
    void whatCannotBeAskedIsNotGuessed() {
        sessions.put(500, -Errno.EPERM);
        assertThrows(ErrnoException.class, () -> includes(500, USER, NotifyAccess.ALL));
    }

    private boolean includes(int pid, int user, NotifyAccess access) throws ErrnoException {
        return new ServiceMembers(kernel)
                .include(
                        new Sender(pid, user, user),
                        MAIN,
                        MAIN,
                        new NotifySocket(9, "/run/reeve/notify/1", USER, access));
    }
}
