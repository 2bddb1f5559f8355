package dev.reeve.protocol;

/// What the daemon tells of its own accord.
public sealed interface Notice extends DaemonMessage {

    /// The first line of every connection: who is speaking.
    record Greeting(String version, int pid, int protocol) implements Notice {}

    /// A watched service changed. Sequence numbers rise by one with each event of any service, so a watcher of all
    /// can tell that it missed none.
    record Changed(long sequence, ServiceStatus service) implements Notice {}

    /// There is no service of this name any more: its directory is gone, or has another name, under which it was
    /// told of before.
    record Forgotten(long sequence, String name) implements Notice {}

    /// The last line of a connection that the daemon cuts off, and why.
    record Goodbye(String reason) implements Notice {}
}
