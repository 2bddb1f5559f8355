package dev.reeve.benchmarks.peers;

import java.util.List;
import java.util.OptionalDouble;

/// Tells what supervision takes of memory, user and kernel, as a fixed part and a part for each service, by two numbers
/// of services; and from which number on reeve takes less than each other.
final class MemorySplit {
    /// A heap of which a MiB more or less has been touched would be 5 KiB for each of 200.
    private static final int SERVICES_MIN = 1_000;

    private static final double KIBIBYTES_A_MEBI = 1024;

    private final Results results;
    private final String floor;

    MemorySplit(Results results, String floor) {
        this.results = results;
        this.floor = floor;
    }

    /// Adds it to the results.
    void add() {
        List<String> supervisors = List.copyOf(results.supervisors());
        for (String supervisor : supervisors) {
            results.sizes(Scenario.kernelMemory(0), supervisor).forEach(services -> beyondFloor(supervisor, services));
        }
        supervisors.forEach(this::split);
        for (String supervisor : supervisors.stream().filter(Targets::isReeve).toList()) {
            for (String peer : supervisors) {
                if (!Targets.isReeve(peer) && !peer.equals(floor)) {
                    compare(supervisor, peer);
                }
            }
        }
    }

    /// The floor hands large tables of descriptors on to its services, which are no part of what these cost by
    /// themselves: a supervisor that does not is not to look the better for it.
    private void beyondFloor(String supervisor, int services) {
        OptionalDouble base = results.median(Scenario.kernelMemory(services), floor);
        if (base.isPresent()) {
            double tables =
                    results.median(Scenario.descriptorTables(services), floor).orElse(0);
            double all =
                    results.median(Scenario.kernelMemory(services), supervisor).orElseThrow();
            results.add(Scenario.kernelMemoryBeyondFloor(services), supervisor, all - (base.getAsDouble() - tables));
        }
    }

    /// By the two greatest numbers of services: what a virtual machine makes of its first services, it makes
    /// once, and so it belongs to the fixed part. What they take from the first on is told beside it.
    private void split(String supervisor) {
        List<Integer> sizes = results.sizes(Scenario.memory(0), supervisor);
        if (sizes.size() < 2 || sizes.getLast() < SERVICES_MIN) {
            return;
        }
        int few = sizes.get(sizes.size() - 2);
        int many = sizes.getLast();
        double ofUser = (user(supervisor, many) - user(supervisor, few)) / (many - few);
        double ofKernel = (kernel(supervisor, many) - kernel(supervisor, few)) / (many - few);
        results.add(Scenario.memoryOfOne(many), supervisor, (ofUser + ofKernel) * KIBIBYTES_A_MEBI);
        results.add(Scenario.userMemoryOfOne(many), supervisor, ofUser * KIBIBYTES_A_MEBI);
        results.add(Scenario.kernelMemoryOfOne(many), supervisor, ofKernel * KIBIBYTES_A_MEBI);
        int first = sizes.getFirst();
        double fromFirst = (total(supervisor, many) - total(supervisor, first)) / (many - first);
        results.add(Scenario.memoryOfOneFromFirst(many), supervisor, fromFirst * KIBIBYTES_A_MEBI);
        // What the kernel holds is for services; and the fixed part is not to profit from noise.
        double ofService = Math.max(0, ofUser);
        double fixed = Math.max(user(supervisor, first) - ofService * first, user(supervisor, few) - ofService * few);
        results.add(Scenario.fixedMemory(many), supervisor, fixed);
    }

    private double total(String supervisor, int services) {
        return user(supervisor, services) + kernel(supervisor, services);
    }

    private double user(String supervisor, int services) {
        return results.median(Scenario.memory(services), supervisor).orElseThrow();
    }

    private double kernel(String supervisor, int services) {
        return results.median(Scenario.kernelMemoryBeyondFloor(services), supervisor)
                .orElse(0);
    }

    private void compare(String supervisor, String peer) {
        OptionalDouble own = each(supervisor);
        OptionalDouble others = each(peer);
        if (own.isPresent() && others.isPresent() && own.getAsDouble() < others.getAsDouble()) {
            double further = KIBIBYTES_A_MEBI * (fixed(supervisor) - fixed(peer));
            double services = Math.ceil(further / (others.getAsDouble() - own.getAsDouble()));
            results.add(Scenario.lessFrom(peer), supervisor, Math.max(1, services));
        }
    }

    private OptionalDouble each(String supervisor) {
        return results.sizes(Scenario.memoryOfOne(0), supervisor).stream()
                .mapToDouble(services -> results.median(Scenario.memoryOfOne(services), supervisor)
                        .orElseThrow())
                .findFirst();
    }

    private double fixed(String supervisor) {
        return results.sizes(Scenario.fixedMemory(0), supervisor).stream()
                .mapToDouble(services -> results.median(Scenario.fixedMemory(services), supervisor)
                        .orElseThrow())
                .findFirst()
                .orElseThrow();
    }
}
