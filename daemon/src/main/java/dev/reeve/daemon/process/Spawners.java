package dev.reeve.daemon.process;

import dev.reeve.daemon.service.Moment;

/// Runs errands off the loop and brings their results home to it. Every method is called on the loop's thread.
public interface Spawners {

    /// Has the errand run soon; its result is delivered on the loop's thread.
    void submit(Errand errand, Moment now);

    /// Has the errand run soon after that moment, beside those that are submitted otherwise, which never wait for
    /// it. At the end of the daemon what is not due yet is not run.
    void submitAside(Moment due, Errand errand, Moment now);

    /// When [#check] is next due.
    Moment nextCheck();

    /// Submits what has become due, and looks whether an errand has waited too long.
    void check(Moment now);
}
