package dev.reeve.daemon.service;

import java.time.Duration;
import java.util.Optional;

/// What can happen to a service. Events are past facts.
public sealed interface ServiceEvent {

    /// An event that is about a signal to the process of `run`, and changes no state by itself.
    sealed interface Signalling extends ServiceEvent {}

    /// What the process of `run` says of itself, as sd_notify(3) has it.
    sealed interface Notified extends ServiceEvent {}

    /// Someone wants it to run, and to be kept running.
    record StartRequested() implements ServiceEvent {}

    /// Someone wants it to run until it ends by itself, and not to be started again then.
    record OnceRequested() implements ServiceEvent {}

    /// Someone wants it not to be started again when it ends; what runs is let run.
    record NotAgainRequested() implements ServiceEvent {}

    /// Someone wants it to end, and to stay down.
    record StopRequested() implements ServiceEvent {}

    /// Someone wants its process to end and another to take its place.
    record RestartRequested() implements ServiceEvent {}

    /// Someone wants its process to get this signal.
    record SignalRequested(Signal signal) implements Signalling {}

    /// Someone wants every process of its process group to get this signal.
    record GroupSignalRequested(Signal signal) implements Signalling {}

    /// Someone wants its process to read its configuration again.
    record ReloadRequested() implements Signalling {}

    /// `run` was executed. Answers [ServiceEffect.Spawn].
    record Spawned(Pid pid, RunSettings settings) implements ServiceEvent {}

    /// `run` could not be executed, and why. Answers [ServiceEffect.Spawn].
    record SpawnFailed(String problem) implements ServiceEvent {}

    /// The process said that it is ready.
    record BecameReady() implements ServiceEvent {}

    /// How it is, in its own words.
    record StatusTold(String status) implements Notified {}

    /// It reads its configuration again, and is ready when it has ([BecameReady]).
    record ReloadBegan() implements Notified {}

    /// It ends by itself.
    record StopBegan() implements Notified {}

    /// It is alive.
    record HeartBeat() implements Notified {}

    /// It wants to be watched: it is not silent for so long from now on (0: for as long as it likes).
    record WatchdogSet(Duration silenceMax) implements Notified {}

    /// It has found out that something is wrong with it.
    record FailureTold() implements Notified {}

    /// Another process of it is its main process from now on: that of the same life which signals are meant for, and
    /// whose end is the end of that life.
    record MainProcessTold(Pid pid) implements Notified {}

    /// It needs so much time from now on for what is under way.
    record MoreTimeAsked(Duration time) implements Notified {}

    /// The process of `run` ended and was reaped, or the main process that it has named.
    record ProcessEnded(ExitStatus exit) implements ServiceEvent {}

    /// What the files say of stopping. Answers [ServiceEffect.ReadStopSettings].
    record StopSettingsRead(StopSettings settings) implements ServiceEvent {}

    /// By which signal this process is told to read its configuration again. Answers
    /// [ServiceEffect.ReadReloadSignal].
    record ReloadSignalRead(Pid pid, Signal signal) implements Signalling {}

    /// `finish` was executed, and may run for this long (without limit, if empty). Answers [ServiceEffect.SpawnFinish].
    record FinishSpawned(Pid pid, Optional<Duration> timeout) implements ServiceEvent {}

    /// There is no `finish`, or it could not be executed. Answers [ServiceEffect.SpawnFinish]. Where that ordered `run`
    /// instead, it is being executed already if `runFollows`, which [Spawned] or [SpawnFailed] will tell.
    record FinishSkipped(boolean runFollows) implements ServiceEvent {}

    /// The process of `finish` ended and was reaped.
    record FinishEnded(ExitStatus exit) implements ServiceEvent {}

    /// The moment that a [ServiceState.Timed] state waited for has come.
    record DeadlinePassed() implements ServiceEvent {}
}
