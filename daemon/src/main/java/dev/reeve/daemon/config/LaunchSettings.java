package dev.reeve.daemon.config;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/// What a service's `run` is executed with, beyond what every one is.
///
/// `environment` is read as an envdir is: a name without a value is to be unset. `notifySocket`
/// says whose notifications are listened to, if any are. `limits` are those of prlimit(1)
/// by their names there, each `SOFT:HARD` or one number for both.
public record LaunchSettings(
        OptionalInt lockFd,
        Optional<String> user,
        OptionalInt umask,
        OptionalInt niceness,
        OptionalInt oomScore,
        boolean ownPidNamespace,
        Optional<String> workingDirectory,
        Optional<NotifyAccess> notifySocket,
        Map<String, Optional<String>> environment,
        Map<String, String> limits) {}
