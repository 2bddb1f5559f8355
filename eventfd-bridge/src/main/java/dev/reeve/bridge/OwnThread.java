package dev.reeve.bridge;

import org.jspecify.annotations.Nullable;

/// Does one thing on a thread made for it, which may change what belongs to a thread (umask, working directory,
/// niceness): that ends with the thread.
final class OwnThread<T> {
    private static final long STACK_BYTES = 256 * 1024;

    private final Task<T> task;
    private @Nullable T result;
    private @Nullable ErrnoException failure;
    private @Nullable Throwable mistake;

    private OwnThread(Task<T> task) {
        this.task = task;
    }

    interface Task<T> {
        T run() throws ErrnoException;
    }

    /// Waits for the task, and answers or throws what it does. EAGAIN where no thread can be had.
    static <T> T call(String name, Task<T> task) throws ErrnoException {
        OwnThread<T> call = new OwnThread<>(task);
        Thread thread = new Thread(null, call::run, name, STACK_BYTES);
        thread.setDaemon(true);
        try {
            thread.start();
        } catch (OutOfMemoryError error) {
            throw new ErrnoException("make a thread (" + error.getMessage() + ")", Errno.EAGAIN);
        }
        joinUninterruptibly(thread);
        return call.outcome(name);
    }

    private T outcome(String name) throws ErrnoException {
        if (failure != null) {
            throw failure;
        }
        if (result == null) {
            throw new IllegalStateException(name, mistake);
        }
        return result;
    }

    private void run() {
        try {
            result = task.run();
        } catch (ErrnoException e) {
            failure = e;
        } catch (Throwable e) {
            mistake = e;
        }
    }

    private static void joinUninterruptibly(Thread thread) {
        boolean interrupted = false;
        while (true) {
            try {
                thread.join();
                break;
            } catch (InterruptedException _) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
