package dev.reeve.daemon.control;

/// Who the daemon says it is.
public record DaemonIdentity(String version, int pid) {}
