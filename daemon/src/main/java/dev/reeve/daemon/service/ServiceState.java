package dev.reeve.daemon.service;

import java.util.Optional;

/// Where one service is in its life.
///
/// ```
///            start                     spawned                 ready
///   Down ------------->  Spawning -------------->  Starting ----------> Up
///    ^                    ^     \                                      /  \
///    |                    |      \ spawning failed        asked to end/    \ ended by itself
///    |           deadline |       v                                  v      \
///    |                    +- BackingOff                     AskedToStop      \
///    |                    |       ^                                  |        v
///    |                    |       | too soon             signal sent |   SpawningFinish -> Finishing
///    |                    |       |                                  v        ^                |
///    |                    +-------+---- wanted up --+            Stopping ----+   too long     v
///    |                                              |                |    ended   KillingFinish
///    +----------------------------- wanted down ----+       too long v                  |
///                                                   ^            Killing                |
///                        Failed <-- finish said 125 +--------------- finish ended ------+
/// ```
///
/// A state that waits also says until when: the deadline is part of the state, so leaving the state cancels it. What
/// was asked of a service that is on its way somewhere is part of the state too ([Want]). Nothing is read from the disk
/// by deciding: what the service's files say arrives with the events, read off the loop at the moment
/// when s6 reads it.
///
/// Facts may come late (a signal crosses an end, a file is read slowly), so [ServiceMachine] answers every event in
/// every state.
public sealed interface ServiceState {

    /// What the service keeps from one process to the next.
    History history();

    /// How people see this state.
    Phase phase();

    /// Whether the service is to run once it has settled.
    Want want();

    /// Whether nothing of the service runs, and nothing will unless someone asks for it.
    default boolean isAtRest() {
        return this instanceof Resting && want() == Want.DOWN;
    }

    /// The process that belongs to the state, that of `run` or of `finish`.
    Optional<Pid> pid();

    /// A state that [ServiceEvent.DeadlinePassed] ends or repeats, if nothing ends it sooner. [Moment#NEVER]: it waits
    /// without limit.
    sealed interface Timed extends ServiceState {
        Moment deadline();
    }

    /// A state in which the process of `run` lives.
    sealed interface Running extends ServiceState {
        Run run();

        /// The same state, but for what is known of the process.
        Running with(Run run);

        @Override
        default Optional<Pid> pid() {
            return Optional.of(run().pid());
        }
    }

    /// A state in which nothing of the service runs or is about to.
    sealed interface Resting extends ServiceState {
        @Override
        default Optional<Pid> pid() {
            return Optional.empty();
        }
    }

    /// No process, and none wanted.
    record Down(History history) implements Resting {
        @Override
        public Phase phase() {
            return Phase.DOWN;
        }

        @Override
        public Want want() {
            return Want.DOWN;
        }
    }

    /// `run` is being spawned. Left when the outcome is known, however long the disk takes.
    record Spawning(Want want, History history) implements ServiceState {
        @Override
        public Phase phase() {
            return Phase.STARTING;
        }

        @Override
        public Optional<Pid> pid() {
            return Optional.empty();
        }
    }

    /// The process runs but has not said yet that it is ready. It is wanted [Want#UP] or [Want#ONCE].
    record Starting(Run run, Want want, History history) implements Running {
        public Starting(Run run, History history) {
            this(run, Want.UP, history);
        }

        @Override
        public Phase phase() {
            return run.isEnding() ? Phase.STOPPING : Phase.STARTING;
        }

        @Override
        public Starting with(Run other) {
            return new Starting(other, want, history);
        }
    }

    /// The process runs and is ready, or is one that does not say so. It is wanted [Want#UP] or [Want#ONCE]. At the
    /// deadline it has been silent for too long.
    record Up(Run run, Want want, History history) implements Running, Timed {
        public Up(Run run, History history) {
            this(run, Want.UP, history);
        }

        @Override
        public Phase phase() {
            return run.isEnding() ? Phase.STOPPING : Phase.UP;
        }

        @Override
        public Moment deadline() {
            return run.silentAt();
        }

        @Override
        public Up with(Run other) {
            return new Up(other, want, history);
        }
    }

    /// The process was sent SIGABRT, for this reason. At the deadline SIGKILL follows, which is repeated. It is wanted
    /// [Want#UP] or [Want#ONCE].
    record Aborting(Run run, String reason, Want want, Moment deadline, History history) implements Running, Timed {
        @Override
        public Phase phase() {
            return Phase.STOPPING;
        }

        @Override
        public Aborting with(Run other) {
            return new Aborting(other, reason, want, deadline, history);
        }

        Aborting wanted(Want other) {
            return new Aborting(run, reason, other, deadline, history);
        }

        Aborting until(Moment other) {
            return new Aborting(run, reason, want, other, history);
        }
    }

    /// The process is to end, and the files that say how are being read. At the deadline what they said at
    /// the start must do.
    record AskedToStop(Run run, Want want, Moment deadline, History history) implements Running, Timed {
        @Override
        public Phase phase() {
            return Phase.STOPPING;
        }

        @Override
        public AskedToStop with(Run other) {
            return new AskedToStop(other, want, deadline, history);
        }

        AskedToStop wanted(Want other) {
            return new AskedToStop(run, other, deadline, history);
        }
    }

    /// The process was sent its down signal. At the deadline SIGKILL follows.
    record Stopping(Run run, Want want, Moment deadline, History history) implements Running, Timed {
        @Override
        public Phase phase() {
            return Phase.STOPPING;
        }

        @Override
        public Stopping with(Run other) {
            return new Stopping(other, want, deadline, history);
        }

        Stopping wanted(Want other) {
            return new Stopping(run, other, deadline, history);
        }
    }

    /// The process was sent SIGKILL, which is repeated at the deadline: one in uninterruptible sleep may take its time.
    record Killing(Run run, Want want, Moment deadline, History history) implements Running, Timed {
        @Override
        public Phase phase() {
            return Phase.STOPPING;
        }

        @Override
        public Killing with(Run other) {
            return new Killing(other, want, deadline, history);
        }

        Killing wanted(Want other) {
            return new Killing(run, other, deadline, history);
        }
    }

    /// `run` has ended; `finish`, if there is one, is being spawned.
    record SpawningFinish(Want want, History history) implements ServiceState {
        @Override
        public Phase phase() {
            return Phase.FINISHING;
        }

        @Override
        public Optional<Pid> pid() {
            return Optional.empty();
        }
    }

    /// `finish` runs. At the deadline SIGKILL follows.
    record Finishing(Pid finish, Want want, Moment deadline, History history) implements Timed {
        @Override
        public Phase phase() {
            return Phase.FINISHING;
        }

        @Override
        public Optional<Pid> pid() {
            return Optional.of(finish);
        }
    }

    /// `finish` was sent SIGKILL, which is repeated at the deadline.
    record KillingFinish(Pid finish, Want want, Moment deadline, History history) implements Timed {
        @Override
        public Phase phase() {
            return Phase.FINISHING;
        }

        @Override
        public Optional<Pid> pid() {
            return Optional.of(finish);
        }
    }

    /// No process; one is spawned at the deadline. `problem` says why spawning failed, if it did.
    record BackingOff(Optional<String> problem, Moment deadline, History history) implements Resting, Timed {
        @Override
        public Phase phase() {
            return Phase.BACKING_OFF;
        }

        @Override
        public Want want() {
            return Want.UP;
        }
    }

    /// Given up, and why. Only someone's asking starts it again.
    record Failed(String reason, History history) implements Resting {
        @Override
        public Phase phase() {
            return Phase.FAILED;
        }

        @Override
        public Want want() {
            return Want.DOWN;
        }
    }
}
