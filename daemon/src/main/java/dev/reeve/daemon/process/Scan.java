package dev.reeve.daemon.process;

import dev.reeve.bridge.Kernel;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What the scan directory held when it was read: the names of each directory in it, those of them that were not
/// known yet, opened, the names of entries of which nothing could be learned, the names of those that are not ready
/// to be services, whether there were more than may be, and what is wrong with any.
record Scan(
        Map<DirectoryIdentity, List<String>> names,
        List<Discovery> discoveries,
        Set<String> unreadable,
        Set<String> unfinished,
        boolean tooMany,
        List<String> complaints) {

    /// A service that was found, its directory opened, and held as the [DirectoryGate] wants it.
    record FoundDirectory(ServiceDirectory directory, boolean startsDown, DirectoryHold hold) {
        FoundDirectory held(DirectoryHold taken) {
            return new FoundDirectory(directory, startsDown, taken);
        }

        FoundDirectory executing(Optional<CommandService> command) {
            return new FoundDirectory(directory.executing(command), startsDown, hold);
        }
    }

    /// A logger that was found, and the pipe to it.
    record FoundLogger(FoundDirectory found, LogPipe pipe) {
        FoundLogger held(DirectoryHold hold) {
            return new FoundLogger(found.held(hold), pipe);
        }
    }

    /// A service that was found, and its logger.
    record Discovery(FoundDirectory service, Optional<FoundLogger> logger) {
        /// Nobody wants it.
        void close(Kernel kernel) {
            service.hold().release();
            kernel.close(service.directory().fd());
            logger.ifPresent(found -> {
                found.found().hold().release();
                kernel.close(found.found().directory().fd());
                found.pipe().close();
            });
        }
    }
}
