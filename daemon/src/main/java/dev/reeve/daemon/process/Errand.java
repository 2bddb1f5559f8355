package dev.reeve.daemon.process;

/// Work that may block, for as long as a disk or an exec takes: a spawner thread does it, and it answers what is to
/// be done on the loop with what it brought. It holds no state that others see meanwhile.
public interface Errand {
    /// What an errand answers that nobody waits for: the loop is not woken for it.
    Runnable NOTHING_TO_TELL = () -> {};

    /// Off the loop. What an errand expects to go wrong it brings home as a result like any other.
    Runnable run();

    /// On the loop, instead of what [#run] would have answered, when that threw.
    void failed(Throwable cause);
}
