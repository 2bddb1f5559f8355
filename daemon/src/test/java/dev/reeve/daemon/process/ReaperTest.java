package dev.reeve.daemon.process;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.reeve.bridge.Kernel;
import dev.reeve.bridge.PidFd;
import dev.reeve.daemon.log.Log;
import dev.reeve.daemon.service.Moment;
import java.lang.reflect.Proxy;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ReaperTest {
    private static final Moment NOW = new Moment(Duration.ofHours(1).toNanos());
    private static final Moment LATER = NOW.plus(Duration.ofSeconds(1));
    private static final int CHILD = 4711;
    private static final int STRANGER = 4712;

    private int searches;

    /// Nobody has ended.
    private final Kernel kernel = mock(Kernel.class, method -> {
        if (method.equals("findEndedChild")) {
            searches++;
        }
        return null;
    });

    private final Reaper reaper = new Reaper(kernel, mock(Log.class, _ -> null));

    @Test
    void signalOfAStrangerHasOthersSearchedForAtOnce() {
        reaper.childSignalled(STRANGER, NOW);

        assertEquals(NOW, reaper.nextCheck());
    }

    @Test
    void signalOfALivingChildOfOursAsksForASearchWithinASecond() {
        ours();

        reaper.childSignalled(CHILD, NOW);

        assertEquals(LATER, reaper.nextCheck());
    }

    @Test
    void signalThatIsHeardAfterTheChildWasReapedIsNoStrangers() {
        ours();
        reaper.reaped(CHILD);

        reaper.childSignalled(CHILD, NOW);

        assertEquals(LATER, reaper.nextCheck());
    }

    @Test
    void whatHasBeenReapedIsForgottenWithTheNextSearch() {
        ours();
        reaper.reaped(CHILD);
        reaper.childSignalled(CHILD, NOW);
        reaper.check(LATER);
        assertEquals(1, searches);

        reaper.childSignalled(CHILD, LATER);

        assertEquals(LATER, reaper.nextCheck());
    }

    private void ours() {
        reaper.add(CHILD, new PidFd(kernel, 3, mock(PidFd.Listener.class, _ -> null)));
    }

    private interface Answers {
        @Nullable
        Object to(String method);
    }

    private static <T> T mock(Class<T> type, Answers answers) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (_, method, _) -> answers.to(method.getName())));
    }
}
