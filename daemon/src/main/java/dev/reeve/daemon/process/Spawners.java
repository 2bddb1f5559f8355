package dev.reeve.daemon.process;

import dev.reeve.daemon.service.Moment;

/// Runs errands off the loop and brings their results home to it. Every method is called on the loop's thread,
/// but for [#mention].
public interface Spawners {

    /// Has the errand run soon; its result is delivered on the loop's thread.
    void submit(Errand errand, Moment now);

    /// Has the errand run soon after that moment, beside those that are submitted otherwise, which never wait for
    /// it. At the end of the daemon what is not due yet is not run.
    void submitAside(Moment due, Errand errand, Moment now);

    /// Called by an errand, off the loop: has this done on the loop's thread. The loop is not woken for it, but hears
    /// it when it is awake next, which may be after the errand has come home.
    void mention(Runnable fact);

    /// When [#check] is next due.
    Moment nextCheck();

    /// Takes what has come home though the loop has not heard of it yet, submits what has become due, and looks whether
    /// an errand has waited too long.
    void check(Moment now);
}
