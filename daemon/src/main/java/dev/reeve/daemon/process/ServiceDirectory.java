package dev.reeve.daemon.process;

import dev.reeve.bridge.SpawnOrder.PassedFd;
import dev.reeve.daemon.service.ServiceName;
import java.util.List;
import java.util.stream.Stream;

/// A service's directory: which it is, its descriptor, which stays that directory's whatever becomes of the path,
/// the path by which it was found last, and what its programs have in place of the daemon's standard input,
/// output and error: the end of a [LogPipe], or the console.
record ServiceDirectory(ServiceName name, DirectoryIdentity identity, int fd, String path, List<PassedFd> logEnd) {

    ServiceDirectory with(List<PassedFd> end) {
        return new ServiceDirectory(
                name,
                identity,
                fd,
                path,
                Stream.concat(logEnd.stream(), end.stream()).toList());
    }

    ServiceDirectory renamed(ServiceName newName, String newPath) {
        return new ServiceDirectory(newName, identity, fd, newPath, logEnd);
    }
}
