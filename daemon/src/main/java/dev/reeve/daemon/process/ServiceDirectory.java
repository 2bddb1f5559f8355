package dev.reeve.daemon.process;

import dev.reeve.bridge.SpawnOrder.PassedFd;
import dev.reeve.daemon.service.ServiceName;
import java.util.List;

/// A service's directory: its descriptor, which is its identity whatever becomes of the path, the path by which it was
/// found, and the end of a [LogPipe] that its programs get, if there is one.
record ServiceDirectory(ServiceName name, int fd, String path, List<PassedFd> logEnd) {

    ServiceDirectory with(List<PassedFd> end) {
        return new ServiceDirectory(name, fd, path, end);
    }
}
