package dev.reeve.daemon.process;

import dev.reeve.daemon.config.NotifyAccess;

/// The socket by which a run of a service says how it is: our descriptor, the path by which the service finds it, the
/// user that `run` acts as, and whose words count.
record NotifySocket(int fd, String path, int user, NotifyAccess access) {}
