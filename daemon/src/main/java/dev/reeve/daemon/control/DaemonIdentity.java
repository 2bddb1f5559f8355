package dev.reeve.daemon.control;

import java.util.Optional;

/// Who the daemon says it is, and the absolute path of the scan directory, if it has one.
public record DaemonIdentity(String version, int pid, Optional<String> scanDirectory) {}
