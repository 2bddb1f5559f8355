package dev.reeve.daemon.simulation;

import dev.reeve.bridge.Errno;
import dev.reeve.bridge.ErrnoException;
import dev.reeve.bridge.EventLoop;
import dev.reeve.bridge.KernelFd;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.LongConsumer;

/// A loop whose waiting is what lets virtual time go on. Handles are called in any order, as with epoll(7).
final class SimulatedLoop implements EventLoop {
    private static final int TURNS_AT_ONE_MOMENT_MAX = 10_000;

    private final VirtualTime time;
    private final SimulatedKernel kernel;
    private final Weather weather;
    private final Set<KernelFd> watched = new LinkedHashSet<>();
    private LongConsumer beforeSleep = _ -> {};
    private Consumer<Throwable> bugListener = SimulatedLoop::escape;
    private long lastNow;
    private int turnsAtOneMoment;
    private int pauses;

    SimulatedLoop(VirtualTime time, SimulatedKernel kernel, Weather weather) {
        this.time = time;
        this.kernel = kernel;
        this.weather = weather;
    }

    /// The look-out is called with the nanoseconds to sleep, whenever the daemon has taken everything into account and
    /// is about to.
    void beforeSleep(LongConsumer lookOut) {
        beforeSleep = lookOut;
    }

    /// Told what comes out of a handle, as with [dev.reeve.bridge.EpollLoop]; where there is none it goes on its way.
    void onBug(Consumer<Throwable> listener) {
        bugListener = listener;
    }

    @Override
    public void watch(KernelFd handle) throws ErrnoException {
        weather.mayFail("epoll_ctl", Errno.ENOSPC, Errno.ENOMEM);
        watched.add(handle);
        handle.registered(() -> watched.remove(handle));
    }

    /// Nothing that is kept ever hangs up here.
    @Override
    public boolean watchEnd(KernelFd handle) throws ErrnoException {
        weather.mayFail("epoll_ctl", Errno.ENOSPC, Errno.ENOMEM);
        return true;
    }

    @Override
    public void await(long nanos) {
        countTurns();
        if (ready().isEmpty()) {
            if (nanos > 0) {
                beforeSleep.accept(nanos);
            }
            time.advance(nanos == Long.MAX_VALUE ? nanos : time.now() + nanos);
        }
        List<KernelFd> ready = ready();
        Collections.shuffle(ready, new Random(weather.below(Integer.MAX_VALUE)));
        for (KernelFd handle : ready) {
            if (!handle.isClosed()) {
                call(handle);
            }
        }
    }

    @Override
    public void pause(Duration pause) {
        pauses++;
        time.advance(time.now() + pause.toNanos());
    }

    /// How often it was paused.
    int pauses() {
        return pauses;
    }

    private void call(KernelFd handle) {
        try {
            handle.onReadable();
        } catch (RuntimeException | Error e) {
            bugListener.accept(e);
        }
    }

    private List<KernelFd> ready() {
        List<KernelFd> ready = new ArrayList<>();
        for (KernelFd handle : watched) {
            if (kernel.isReadable(handle.fd())) {
                ready.add(handle);
            }
        }
        return ready;
    }

    static void escape(Throwable bug) {
        if (bug instanceof Error error) {
            throw error;
        }
        throw new AssertionError(bug);
    }

    private void countTurns() {
        turnsAtOneMoment = time.now() == lastNow ? turnsAtOneMoment + 1 : 0;
        lastNow = time.now();
        if (turnsAtOneMoment > TURNS_AT_ONE_MOMENT_MAX) {
            throw new AssertionError("the daemon turns and turns, and does not come to rest");
        }
    }
}
