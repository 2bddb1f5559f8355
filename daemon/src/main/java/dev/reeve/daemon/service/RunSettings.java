package dev.reeve.daemon.service;

/// What a service's files said when its process was spawned. `stop` is for the case that those files cannot be read
/// when it is to be stopped.
public record RunSettings(boolean announcesReadiness, RestartPolicy restart, StopSettings stop) {
    public static final RunSettings DEFAULT = new RunSettings(false, RestartPolicy.DEFAULT, StopSettings.DEFAULT);
}
