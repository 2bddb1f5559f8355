package dev.reeve.daemon.process;

import dev.reeve.daemon.service.ServiceName;

/// A service's directory: its descriptor, which is its identity whatever becomes of the path, and the path by which
/// it was found.
record ServiceDirectory(ServiceName name, int fd, String path) {}
