package dev.reeve.protocol;

import java.util.List;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/// What the daemon answers to one [Request], under its id. Every request gets exactly one.
public sealed interface Reply extends DaemonMessage {

    long id();

    /// It will be done. What becomes of it is told to who watches.
    record Accepted(long id) implements Reply {}

    /// It will not be done, and nothing was changed: `reason` says why, in a sentence for people.
    record Refused(long id, Refusal refusal, String reason) implements Reply {}

    /// The services asked for, in the order of their names; `sequence` is the number of the last notice that
    /// they already take account of.
    record Services(long id, long sequence, List<ServiceStatus> services) implements Reply {}

    /// Why the services asked for are as they are, in the order of their names.
    record Explanations(long id, List<Explanation> explanations) implements Reply {}

    /// Figures of the daemon's inside, each with its name, which ends in its unit if it has one.
    record Figures(long id, SequencedMap<String, Long> figures) implements Reply {}

    /// The daemon's threads.
    record Threads(long id, List<ThreadTrace> threads) implements Reply {}

    /// What reading the scan directory has led to.
    record Scanned(long id, ScanResult scan) implements Reply {}

    /// The daemon's version, its pid, the protocol's version, and the absolute path of the scan directory, if
    /// there is one.
    record Version(
            long id,
            String version,
            int pid,
            int protocol,
            @Nullable String scanDirectory) implements Reply {}

    /// Why a request was refused, for programs.
    enum Refusal {
        /// The line is no request: not JSON, too long, an unknown operation, a field that is missing or of the
        /// wrong type.
        BAD_REQUEST,
        /// One of the names is no service of this daemon.
        UNKNOWN_SERVICE,
        /// One of the services has no process that could be signalled.
        NOT_RUNNING,
        /// The peer may look, but not ask for this.
        NOT_ALLOWED,
        /// This daemon was not set up for it, or cannot do it now.
        NOT_AVAILABLE,
        /// The daemon is ending.
        SHUTTING_DOWN,
        /// An error of the daemon's own, which its log tells.
        INTERNAL_ERROR,
    }
}
