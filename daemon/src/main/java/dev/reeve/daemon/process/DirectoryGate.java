package dev.reeve.daemon.process;

import dev.reeve.daemon.service.ServiceName;

/// What a directory must pass before it becomes a service: it may be another supervisor's.
public interface DirectoryGate {

    /// Every directory passes.
    DirectoryGate OPEN = (_, _) -> DirectoryHold.NONE;

    /// Takes hold of the directory. May block, so only errands ask. The descriptor is the service's: a hold that
    /// wants to keep the directory opens it anew.
    DirectoryHold take(ServiceName name, int directoryFd) throws CannotHold;

    /// Why a directory is not taken up, in a sentence that says what to do.
    final class CannotHold extends Exception {
        private static final long serialVersionUID = 1;

        public CannotHold(String problem) {
            super(problem, null, false, false);
        }

        @Override
        public String getMessage() {
            return String.valueOf(super.getMessage());
        }
    }
}
