package dev.reeve.bridge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class SignalFdKernelTest {
    private static final int SIGHUP = 1;
    private static final int SIGUSR1 = 10;
    private static final int SIGUSR2 = 12;
    private static final int SIGCHLD = 17;

    private final LinuxKernel kernel = new LinuxKernel();
    private final Told told = new Told();

    private void sendOurselves(int signal) {
        assertEquals(0, LibcProcesses.kill(kernel.pid(), signal));
    }

    @Test
    void theSignalsOfTheDaemonAreBlocked() throws Exception {
        Set<Integer> blocked = kernel.blockedSignals();
        assertTrue(
                blocked.containsAll(Set.of(SIGHUP, SIGUSR1, SIGUSR2, SIGCHLD, 15, 37, 38, 39, 40)), blocked::toString);
    }

    @Test
    void aSignalArrivesWithItsSender() throws Exception {
        try (RunningLoop running = new RunningLoop()) {
            running.watch(new SignalFd(kernel, Set.of(SIGUSR1, SIGUSR2, 40), told));
            sendOurselves(SIGUSR2);
            sendOurselves(40);
            running.runUntil(() -> told.lines.size() >= 2);
            String from = " from " + kernel.pid();
            assertEquals(List.of("signal 12" + from, "signal 40" + from), told.lines);
        }
    }

    @Test
    void aChildThatEndsIsASignalFromIt() throws Exception {
        try (Programs programs = new Programs(kernel, "/");
                RunningLoop running = new RunningLoop()) {
            SignalFd signals = new SignalFd(kernel, Set.of(SIGCHLD), told);
            running.watch(signals);
            // What the children of other tests left pending is not meant.
            running.runWhatIsReady();
            told.lines.clear();
            int pid = programs.startShell("exit 0");
            running.runUntil(() -> told.lines.contains("signal 17 from " + pid));
            assertEquals(new Kernel.ChildEnd(pid, false, 0), kernel.reapPid(pid));
        }
    }

    @Test
    void aListenerThatClosesItIsToldNoMore() throws Exception {
        try (RunningLoop running = new RunningLoop()) {
            List<SignalFd> own = new ArrayList<>();
            SignalFd signals = new SignalFd(kernel, Set.of(SIGHUP, SIGUSR1), new SignalFd.Listener() {
                @Override
                public void onSignal(Kernel.ArrivedSignal signal) {
                    told.onSignal(signal);
                    own.getFirst().close();
                }

                @Override
                public void onFailed(ErrnoException cause) {
                    told.onFailed(cause);
                }
            });
            own.add(signals);
            running.watch(signals);
            sendOurselves(SIGHUP);
            sendOurselves(SIGUSR1);
            running.runWhatIsReady();
            assertEquals(1, told.lines.size());
            assertEquals(List.of(), told.failures);
            SignalFd rest = new SignalFd(kernel, Set.of(SIGHUP, SIGUSR1), told);
            rest.onReadable();
            assertEquals(2, told.lines.size());
            rest.close();
        }
    }

    @Test
    void oneThatCannotBeReadIsClosedAndSaysSo() throws Exception {
        SignalFd signals = new SignalFd(FailingKernel.at("readSignalfd", Errno.EIO), Set.of(SIGUSR1), told);
        signals.onReadable();
        assertTrue(signals.isClosed());
        assertEquals(Errno.EIO, told.errno());
    }
}
