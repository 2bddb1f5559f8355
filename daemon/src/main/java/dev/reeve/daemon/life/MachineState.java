package dev.reeve.daemon.life;

import dev.reeve.daemon.service.Moment;

/// Where the machine is in its life.
///
/// ```
///   AwaitingServices --> Initializing --> Up
///          |                  |            |   someone wants an end
///          +------------------+------------+----------> ShuttingDown --> StoppingServices --> Over
/// ```
///
/// A state that waits also says until when. Whoever wants another end than the one that is under way changes what comes
/// after it, and nothing else.
sealed interface MachineState {

    /// Until when it waits; [Moment#NEVER]: without limit.
    default Moment deadline() {
        return Moment.NEVER;
    }

    /// The catch-all logger does not read yet, or the services are not known yet.
    record AwaitingServices() implements MachineState {}

    /// `rc.init` runs.
    record Initializing() implements MachineState {}

    /// `rc.init` has ended, well or not.
    record Up() implements MachineState {}

    /// A state in which the machine is on its way to an end.
    sealed interface Ending extends MachineState {
        EndOrder order();

        /// The same, with something else after it.
        Ending with(EndOrder other);
    }

    /// `rc.shutdown` runs.
    record ShuttingDown(EndOrder order, Moment deadline) implements Ending {
        @Override
        public ShuttingDown with(EndOrder other) {
            return new ShuttingDown(other, deadline);
        }
    }

    /// Every service was told to end.
    record StoppingServices(EndOrder order, Moment since, Moment deadline) implements Ending {
        @Override
        public StoppingServices with(EndOrder other) {
            return new StoppingServices(other, since, deadline);
        }
    }

    /// The services have had their time: what is left is not the loop's any more.
    record Over(EndOrder order) implements Ending {
        @Override
        public Over with(EndOrder other) {
            return new Over(other);
        }
    }
}
