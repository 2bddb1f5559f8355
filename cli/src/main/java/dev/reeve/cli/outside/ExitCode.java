package dev.reeve.cli.outside;

/// What `reeve` ends with: part of its interface.
public final class ExitCode {

    /// It is done.
    public static final int DONE = 0;

    /// A service failed, or the daemon refused.
    public static final int FAILED = 1;

    /// Wrong usage; nothing was asked.
    public static final int USAGE = 2;

    /// One of the names is no service.
    public static final int UNKNOWN_SERVICE = 3;

    /// The daemon cannot be reached, or went away.
    public static final int UNREACHABLE = 4;

    /// The time given with --timeout is up.
    public static final int TIMED_OUT = 99;

    private ExitCode() {}
}
