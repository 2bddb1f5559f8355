package dev.reeve.daemon.service;

/// What there is of a service besides its state: by it the state is put right after an error of our own.
public sealed interface Evidence {

    /// No process, and none on its way.
    record Nothing() implements Evidence {}

    /// An errand is out to execute it.
    record BeingSpawned(Program program) implements Evidence {}

    /// The process lives, or its end was not told yet.
    record Living(Program program, Pid pid) implements Evidence {}
}
