package dev.reeve.daemon.process;

import dev.reeve.bridge.Kernel.FileStatus;
import dev.reeve.daemon.config.ListenSettings;
import java.util.Optional;

/// A socket that is open for a service: what it was opened for, and which file it has, if it has one.
record OpenSocket(ListenSettings settings, int fd, Optional<FileStatus> file) {

    OpenSocket with(ListenSettings others) {
        return new OpenSocket(others, fd, file);
    }

    /// The name may be another: the socket is what people know by its address.
    boolean serves(ListenSettings wanted) {
        return settings.type() == wanted.type() && settings.address().equals(wanted.address());
    }
}
