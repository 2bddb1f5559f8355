package dev.reeve.daemon.service;

/// How a process ended.
public sealed interface ExitStatus {

    /// It exited, with a code from 0 to 255.
    record Exited(int code) implements ExitStatus {
        @Override
        public String toString() {
            return "exit code " + code;
        }
    }

    /// A signal ended it.
    record Killed(Signal signal) implements ExitStatus {
        @Override
        public String toString() {
            return signal.toString();
        }
    }
}
