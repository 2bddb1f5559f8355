package dev.reeve.daemon.s6;

/// What waits in an [Outbox] to be done to the disk.
sealed interface Delivery permits Announcement, DownFile {

    /// What a failure means, the beginning of a sentence that its reason ends.
    String failure();
}
