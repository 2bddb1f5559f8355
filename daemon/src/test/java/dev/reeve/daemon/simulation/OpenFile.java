package dev.reeve.daemon.simulation;

import dev.reeve.bridge.SocketOrder;
import java.util.ArrayDeque;
import java.util.Optional;

/// What a descriptor of the daemon refers to.
sealed interface OpenFile {

    default boolean isReadable() {
        throw new AssertionError("the loop watches " + this);
    }

    /// The directory of a service; if empty, the scan directory.
    record Directory(Optional<SimulatedDirectory> service) implements OpenFile {}

    record PipeReader(SimulatedPipe pipe) implements OpenFile {
        @Override
        public boolean isReadable() {
            return pipe.isReadable();
        }
    }

    record PipeWriter(SimulatedPipe pipe) implements OpenFile {}

    /// A socket at this address.
    record Listener(SocketOrder.Address address) implements OpenFile {}

    /// A socket to which services send notifications, and what was sent and not received yet.
    record NotifySocket(ArrayDeque<SentDatagram> queue) implements OpenFile {
        @Override
        public boolean isReadable() {
            return !queue.isEmpty();
        }
    }

    /// What a process has sent, and with how many descriptors.
    record SentDatagram(int pid, String text, int descriptors) {}

    /// A locked file.
    record Lock() implements OpenFile {}

    /// A pidfd.
    record ChildHandle(SimulatedProcess process) implements OpenFile {
        @Override
        public boolean isReadable() {
            return !process.isAlive();
        }
    }

    /// An eventfd.
    final class EventCounter implements OpenFile {
        boolean signalled;

        @Override
        public boolean isReadable() {
            return signalled;
        }
    }

    /// A signalfd, for SIGCHLD. Pending signals of one number merge: only the first one's pid is told.
    final class SignalQueue implements OpenFile {
        private int pendingPid;

        void raise(int pid) {
            if (pendingPid == 0) {
                pendingPid = pid;
            }
        }

        /// The pid of the pending signal, 0 if there is none.
        int take() {
            int pid = pendingPid;
            pendingPid = 0;
            return pid;
        }

        @Override
        public boolean isReadable() {
            return pendingPid != 0;
        }
    }
}
