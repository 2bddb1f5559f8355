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
        return new Scenario("start of all, from exec", services, "ms");
    }

    /// The daemon is there already, and all services are new to it.
    static Scenario startFromRescan(int services) {
        return new Scenario("start of all, from rescan", services, "ms");
    }

    static Scenario stop(int services) {
        return new Scenario("all gone after stop", services, "ms");
    }

    /// All are killed at once: until the first instruction of each one's next process.
    static Scenario crash(int services) {
        return new Scenario("all killed at once, until back", services, "ms");
    }

    /// Each is killed every two seconds, whatever becomes of the others.
    static Scenario storm(int services) {
        return new Scenario("restart while half of all die each second", services, "us");
    }

    /// Soon after all have come up, before anything else was asked of it.
    static Scenario memory(int services) {
        return new Scenario("PSS of supervising processes", services, "MiB");
    }

    static Scenario memoryAfterRestarts(int services) {
        return new Scenario("PSS of supervising processes after the restarts", services, "MiB");
    }

    /// Of the services, too.
    static Scenario kernelMemory(int services) {
        return new Scenario("kernel memory", services, "MiB");
    }

    /// Of the kernel memory: of the tables of descriptors that services have from who has started them.
    static Scenario descriptorTables(int services) {
        return new Scenario("descriptor tables of services", services, "MiB");
    }

    /// The services themselves cost the kernel the same under each supervisor, but for the tables of descriptors.
    static Scenario kernelMemoryBeyondFloor(int services) {
        return new Scenario("kernel memory beyond the floor's", services, "MiB");
    }

    /// User and kernel, between that many services and fewer.
    static Scenario memoryOfOne(int services) {
        return new Scenario("memory a further service takes", services, "KiB");
    }

    /// The user's part of that.
    static Scenario userMemoryOfOne(int services) {
        return new Scenario("memory a further service takes, in supervising processes", services, "KiB");
    }

    /// The kernel's part of that.
    static Scenario kernelMemoryOfOne(int services) {
        return new Scenario("memory a further service takes, in the kernel", services, "KiB");
    }

    /// User and kernel, between that many services and one.
    static Scenario memoryOfOneFromFirst(int services) {
        return new Scenario("memory a service takes, from the first on", services, "KiB");
    }

    /// PSS less what the services take of it by [#userMemoryOfOne].
    static Scenario fixedMemory(int services) {
        return new Scenario("PSS whatever the services", services, "MiB");
    }

    /// From as many services on the first needs less than the second.
    static Scenario lessFrom(String peer) {
        return new Scenario("services from which it needs less than " + peer, 0, "");
    }

    static Scenario wakeUps(int services) {
        return new Scenario("wake-ups a second when idle, its own", services, "1/s");
    }

    static Scenario wakeUpsOfJvm(int services) {
        return new Scenario("wake-ups a second when idle, of the JVM", services, "1/s");
    }

    static Scenario status(int services) {
        return new Scenario("status command", services, "ms");
    }

    static Scenario statusOfAll(int services) {
        return new Scenario("status of all", services, "ms");
    }

    /// A hundred requests at once on one connection.
    static Scenario roundTrips(int services) {
        return new Scenario("control round trips a second, pipelined", services, "1/s");
    }

    /// Since all services have come up.
    static Scenario pause(int services) {
        return new Scenario("pause of the collector", services, "ms");
    }

    static Scenario pauseInStart(int services) {
        return new Scenario("pause of the collector until all have started", services, "ms");
    }

    /// Since all services have come up, in all: the longest pause may be this.
    static Scenario collectorWithoutProcessor(int services) {
        return new Scenario("collector's thread waits for a processor", services, "ms");
    }

    /// From when all threads are to stop for the collector until they have, which a pause does not count.
    static Scenario stoppingForCollector(int services) {
        return new Scenario("stopping all threads for the collector", services, "ms");
    }

    /// A program that does nothing: the least that anything on a JVM takes.
    static Scenario bareJvm() {
        return new Scenario("a bare JVM, from exec to its end", 0, "ms");
    }
}
