package dev.reeve.benchmarks.unread;

/// How a client of the [Crowd] behaves.
enum Manner {
    WATCHES_UNREAD("watch every service and never read"),
    LEAVES_ONE_UNREAD("ask for status once and never read"),
    ASKS_UNREAD("ask for status ten times a second and never read"),
    FLOODS_UNREAD("ask for status a thousand times a second and never read"),
    ORDINARY("ask something ten times a second and read the answer");

    final String words;

    Manner(String words) {
        this.words = words;
    }
}
