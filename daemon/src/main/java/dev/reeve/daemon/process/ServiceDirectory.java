package dev.reeve.daemon.process;

import dev.reeve.bridge.SpawnOrder.PassedFd;
import dev.reeve.daemon.service.ServiceName;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// A service's directory: which it is, its descriptor, which stays that directory's whatever becomes of the path,
/// the path by which it was found last, and what its programs have in place of the daemon's standard input,
/// output and error: the end of a [LogPipe], or the console. `command`, if there is one, is executed in the place of
/// its `run`.
record ServiceDirectory(
        ServiceName name,
        DirectoryIdentity identity,
        int fd,
        String path,
        List<PassedFd> logEnd,
        Optional<CommandService> command) {

    ServiceDirectory with(List<PassedFd> end) {
        return new ServiceDirectory(
                name,
                identity,
                fd,
                path,
                Stream.concat(logEnd.stream(), end.stream()).toList(),
                command);
    }

    ServiceDirectory executing(Optional<CommandService> other) {
        return new ServiceDirectory(name, identity, fd, path, logEnd, other);
    }

    ServiceDirectory renamed(ServiceName newName, String newPath) {
        return new ServiceDirectory(newName, identity, fd, newPath, logEnd, command);
    }
}
