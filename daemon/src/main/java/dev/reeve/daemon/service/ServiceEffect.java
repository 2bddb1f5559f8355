package dev.reeve.daemon.service;

/// What is to be done to the machine on behalf of a service. Effects are orders; what comes of them returns as a
/// [ServiceEvent].
public sealed interface ServiceEffect {

    /// Execute `run`.
    record Spawn() implements ServiceEffect {}

    /// Execute `finish`, if there is one, and tell it of the run that ended.
    record SpawnFinish(Pid run, ExitStatus exit) implements ServiceEffect {}

    /// Read `down-signal` and `timeout-kill`.
    record ReadStopSettings() implements ServiceEffect {}

    /// Send the process this signal, and SIGCONT, so that a stopped one gets it.
    record Terminate(Pid pid, Signal signal) implements ServiceEffect {}

    /// Send the process SIGKILL.
    record Kill(Pid pid) implements ServiceEffect {}
}
