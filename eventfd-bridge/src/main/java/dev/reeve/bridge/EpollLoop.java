package dev.reeve.bridge;

import io.netty.channel.DefaultSelectStrategyFactory;
import io.netty.channel.IoEvent;
import io.netty.channel.IoEventLoop;
import io.netty.channel.IoRegistration;
import io.netty.channel.ManualIoEventLoop;
import io.netty.channel.epoll.EpollIoHandle;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollIoOps;
import io.netty.channel.unix.Errors.NativeIoException;
import io.netty.channel.unix.FileDescriptor;
import io.netty.util.concurrent.Future;
import io.netty.util.internal.logging.InternalLoggerFactory;
import io.netty.util.internal.logging.JdkLoggerFactory;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.logging.Level;
import java.util.logging.Logger;

/// One epoll(7) instance, by way of Netty, for the thread that made it: that thread alone calls what is here.
///
/// Level triggered: a handle that left something unread is called again. Netty's own channels may live on the same
/// loop ([#netty]).
public final class EpollLoop implements EventLoop, AutoCloseable {
    /// Told of a mistake in the program: `bug` came out of the handle's [KernelFd#onReadable], or out of its
    /// listener. The handle stays as it is, and is called again while it is readable; to close it is for whoever is
    /// told.
    @FunctionalInterface
    public interface BugListener {
        void onBug(KernelFd handle, Throwable bug);
    }

    /// So much of what is ready is handled in one [#await]: where a thousand children end at once, whatever else the
    /// thread has to do waits for no more of them. The next call goes on where this one has stopped.
    private static final int EVENTS_AT_ONCE = 16;

    /// Held, because a logger that nobody holds forgets its level.
    private static final Logger NETWORK_INTERFACES = LibraryLogging.logger("io.netty.util.NetUtilInitializations");

    static {
        // Otherwise Netty looks for others first.
        InternalLoggerFactory.setDefaultFactory(JdkLoggerFactory.INSTANCE);
        // Netty looks for them, and complains at length where there are none yet: on a machine that boots.
        NETWORK_INTERFACES.setLevel(Level.OFF);
    }

    private final ManualIoEventLoop netty;
    private final BugListener bugListener;

    /// A loop of the calling thread.
    public EpollLoop(BugListener bugListener) {
        this.bugListener = bugListener;
        netty = new ManualIoEventLoop(
                Thread.currentThread(),
                EpollIoHandler.newFactory(EVENTS_AT_ONCE, DefaultSelectStrategyFactory.INSTANCE));
    }

    /// The loop as Netty sees it, to register channels on. Its tasks and timers run in [#await], too.
    public IoEventLoop netty() {
        return netty;
    }

    @Override
    public void watch(KernelFd handle) throws ErrnoException {
        watch(handle, EpollIoOps.EPOLLIN);
    }

    /// epoll_ctl(2) tells of EPOLLHUP whatever it is asked for, and answers EPERM for a file.
    @Override
    public boolean watchEnd(KernelFd handle) throws ErrnoException {
        try {
            watch(handle, EpollIoOps.EPOLLERR);
            return true;
        } catch (ErrnoException e) {
            if (e.errno() == Errno.EPERM) {
                return false;
            }
            throw e;
        }
    }

    private void watch(KernelFd handle, EpollIoOps events) throws ErrnoException {
        requireOwnThread();
        if (handle.isClosed()) {
            throw new IllegalStateException("watched after its end: " + handle);
        }
        Future<IoRegistration> registered = netty.register(new Watch(handle));
        if (!registered.isSuccess()) {
            throw new IllegalStateException("cannot watch " + handle, registered.cause());
        }
        IoRegistration registration = registered.getNow();
        try {
            registration.submit(events);
        } catch (UncheckedIOException failure) {
            registration.cancel();
            throw asErrno(handle, failure);
        }
        handle.registered(registration::cancel);
    }

    private static ErrnoException asErrno(KernelFd handle, UncheckedIOException failure) {
        if (failure.getCause() instanceof NativeIoException cause) {
            return new ErrnoException("epoll_ctl for descriptor " + handle.fd(), Math.abs(cause.expectedErr()));
        }
        throw failure;
    }

    @Override
    public void await(long nanos) {
        if (nanos <= 0) {
            netty.runNow();
            return;
        }
        // Netty takes 0 for ever.
        netty.run(nanos == Long.MAX_VALUE ? 0 : nanos);
    }

    @Override
    public void pause(Duration time) {
        LockSupport.parkNanos(time.toNanos());
    }

    /// Ends the loop, and closes every handle and channel that it still watches.
    @Override
    public void close() {
        requireOwnThread();
        Future<?> terminated = netty.shutdownGracefully(0, 0, TimeUnit.NANOSECONDS);
        while (!terminated.isDone()) {
            netty.runNow();
        }
    }

    private void requireOwnThread() {
        if (!netty.inEventLoop()) {
            throw new IllegalStateException("called on a thread other than the loop's");
        }
    }

    /// A handle as Netty sees it.
    private final class Watch implements EpollIoHandle {
        private final KernelFd handle;
        private final FileDescriptor descriptor;

        Watch(KernelFd handle) {
            this.handle = handle;
            descriptor = new FileDescriptor(handle.fd());
        }

        @Override
        public FileDescriptor fd() {
            return descriptor;
        }

        /// Nothing may escape from here: Netty would sleep for a second, and the rest of what was ready would wait
        /// with it.
        @Override
        public void handle(IoRegistration registration, IoEvent event) {
            if (handle.isClosed()) {
                return;
            }
            try {
                handle.onReadable();
            } catch (Throwable bug) {
                tell(bug);
            }
        }

        private void tell(Throwable bug) {
            try {
                bugListener.onBug(handle, bug);
            } catch (Throwable cannotBeTold) {
                bug.addSuppressed(cannotBeTold);
            }
        }

        @Override
        public void close() {
            handle.close();
        }
    }
}
