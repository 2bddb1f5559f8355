package dev.reeve.bridge;

import java.time.Duration;

/// Waits on descriptors for the one thread that made it, and calls each handle that became readable.
public interface EventLoop {

    /// Calls the handle's [KernelFd#onReadable] on the loop's thread whenever its descriptor is readable, until the
    /// handle is closed. ENOSPC: fs.epoll.max_user_watches is reached.
    void watch(KernelFd handle) throws ErrnoException;

    /// Calls the handle's [KernelFd#onReadable] when its descriptor has hung up or failed, however much there is to
    /// read, until the handle is closed. Answers whether it can: a file does neither.
    boolean watchEnd(KernelFd handle) throws ErrnoException;

    /// Handles what is ready, and if nothing is, waits for it for at most `nanos` nanoseconds ([Long#MAX_VALUE]:
    /// for ever). Only the loop's thread calls this.
    void await(long nanos);

    /// Leaves everything alone for so long, so that the next [#await] finds much at once. May be shorter.
    void pause(Duration time);
}
