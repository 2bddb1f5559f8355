package dev.reeve.daemon.process;

import dev.reeve.bridge.SpawnOrder.PassedFd;
import dev.reeve.daemon.service.ServiceName;
import java.util.List;

/// A service's directory: which it is, its descriptor, which stays that directory's whatever becomes of the path,
/// the path by which it was found last, and the end of a [LogPipe] that its programs get, if there is one.
record ServiceDirectory(ServiceName name, DirectoryIdentity identity, int fd, String path, List<PassedFd> logEnd) {

    ServiceDirectory with(List<PassedFd> end) {
        return new ServiceDirectory(name, identity, fd, path, end);
    }

    ServiceDirectory renamed(ServiceName newName, String newPath) {
        return new ServiceDirectory(newName, identity, fd, newPath, logEnd);
    }
}
