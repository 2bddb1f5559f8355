package dev.reeve.cli;

/// What `reeve` ends with: part of its interface.
final class ExitCode {

    /// It is done.
    static final int DONE = 0;

    /// A service failed, or the daemon refused.
    static final int FAILED = 1;

    /// Wrong usage; nothing was asked.
    static final int USAGE = 2;

    /// One of the names is no service.
    static final int UNKNOWN_SERVICE = 3;

    /// The daemon cannot be reached, or went away.
    static final int UNREACHABLE = 4;

    /// The time given with --timeout is up.
    static final int TIMED_OUT = 99;

    private ExitCode() {}
}
