package dev.reeve.benchmarks.peers;

/// One kind of measurement, with `services` supervised.
record Scenario(String name, int services, String unit) {
    static Scenario restart(int services) {
        return new Scenario("restart", services, "us");
    }

    static Scenario unannounced(int services) {
        return new Scenario("restart, nothing announced", services, "us");
    }

    static Scenario firstRestart(int services) {
        return new Scenario("first restart", services, "us");
    }

    static Scenario firstSpawn(int services) {
        return new Scenario("exec to first service", services, "ms");
    }

    static Scenario start(int services) {
        return new Scenario("start of all", services, "ms");
    }

    static Scenario stop(int services) {
        return new Scenario("all gone after stop", services, "ms");
    }

    /// All are killed at once: until the first instruction of each one's next process.
    static Scenario crash(int services) {
        return new Scenario("all killed at once, until back", services, "ms");
    }

    static Scenario memory(int services) {
        return new Scenario("PSS of supervising processes", services, "MiB");
    }

    static Scenario kernelMemory(int services) {
        return new Scenario("kernel memory beyond the floor's", services, "MiB");
    }

    static Scenario wakeUps(int services) {
        return new Scenario("wake-ups a second when idle", services, "1/s");
    }

    static Scenario status(int services) {
        return new Scenario("status command", services, "ms");
    }

    static Scenario statusOfAll(int services) {
        return new Scenario("status of all", services, "ms");
    }
}
