package dev.reeve.benchmarks.peers;

/// What a service says at its first instruction: when that was on CLOCK_MONOTONIC, which process it is, and the
/// number of the service.
record Stamp(long nanos, int pid, int service) {}
