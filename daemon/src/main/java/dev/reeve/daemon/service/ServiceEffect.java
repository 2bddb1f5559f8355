package dev.reeve.daemon.service;

/// What is to be done to the machine on behalf of a service. Effects are orders; what comes of them returns as a
/// [ServiceEvent].
public sealed interface ServiceEffect {

    /// Execute `run`.
    record Spawn() implements ServiceEffect {}

    /// Execute `finish`, if there is one, and tell it of the run that ended. Where there is none, execute `run` at
    /// once if `orRun`: that is what would be ordered then, and someone waits for it.
    record SpawnFinish(Pid run, ExitStatus exit, boolean orRun) implements ServiceEffect {}

    /// Read `down-signal`, `timeout-kill` and `flag-timeout-killpg`.
    record ReadStopSettings() implements ServiceEffect {}

    /// Read `reload-signal`, on behalf of this process: another that has taken its place has read its configuration.
    record ReadReloadSignal(Pid pid) implements ServiceEffect {}

    /// Make the file `down`, or remove it: with it, the service is not started when it is found.
    record KeepDown(boolean isKept) implements ServiceEffect {}

    /// Send the process this signal.
    record SendSignal(Pid pid, Signal signal) implements ServiceEffect {}

    /// Send the process that was executed as `run`, and every other one of its process group, this signal.
    record SignalGroup(Pid leader, Signal signal) implements ServiceEffect {}

    /// Send the process this signal, and SIGCONT, so that a stopped one gets it.
    record Terminate(Pid pid, Signal signal) implements ServiceEffect {}

    /// Send the process SIGKILL.
    record Kill(Pid pid) implements ServiceEffect {}

    /// Send SIGKILL to the main process, and to every one of the process group of what was executed as `run`.
    record KillGroup(Pid leader) implements ServiceEffect {}
}
