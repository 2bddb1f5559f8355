package dev.reeve.cli.outside;

import dev.reeve.protocol.DaemonMessage;

/// What the daemon sent: as it stood on the wire, without its newline, and what it means.
@SuppressWarnings("ArrayRecordComponent")
public record DaemonLine(byte[] bytes, DaemonMessage message) {}
