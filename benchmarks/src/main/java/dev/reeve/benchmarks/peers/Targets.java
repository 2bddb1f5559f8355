package dev.reeve.benchmarks.peers;

import static dev.reeve.benchmarks.peers.Supervisors.FLOOR;
import static dev.reeve.benchmarks.peers.Supervisors.NO_S6_FILES;
import static dev.reeve.benchmarks.peers.Supervisors.S6;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.function.Predicate;

/// What reeve is to reach, and whether it did. `many` is the number of services that stands for 1,000; what is to
/// be so with 4,000 is told of as many as the supervisor was given.
final class Targets {
    /// What p99.9 is to be taken of.
    private static final int RESTARTS_MIN = 10_000;

    private static final double KIBIBYTES_UNDER_STATIC_S6 = 72;

    private final Results results;
    private final List<Target> all = new ArrayList<>();

    private record Target(
            String words, double limit, boolean isMinimum, Predicate<String> concerns, Measure measure, String unit) {}

    private interface Measure {
        OptionalDouble of(String supervisor);
    }

    Targets(Results results, int many) {
        this.results = results;
        for (int services : List.of(1, many)) {
            String n = ", N = " + services;
            Scenario restart = Scenario.restart(services);
            atMost(
                    "restart" + n + ", median",
                    1.2,
                    "x floor",
                    one -> ratio(median(restart, one), median(restart, FLOOR)));
            atMost("restart" + n + ", median", 1, "x the best peer", one -> ratio(median(restart, one), best(restart)));
        }
        Scenario restart = Scenario.restart(many);
        atMost(
                "restart, N = " + many + ", p99.9" + enough(restart),
                3,
                "x floor",
                one -> ratio(quantile(restart, one, 0.999), quantile(restart, FLOOR, 0.999)));
        atMost("longest pause of the collector", 2, "ms", one -> quantile(Scenario.pause(many), one, 1));
        atMost(
                "first restart",
                2,
                "x warm",
                one -> ratio(median(Scenario.firstRestart(1), one), median(Scenario.restart(1), one)));
        atMost(
                "start of " + many + ", from rescan",
                1.2,
                "x floor",
                one -> ratio(median(Scenario.startFromRescan(many), one), median(Scenario.start(many), FLOOR)));
        atMost(
                "start of " + many + ", from exec",
                1,
                "x s6",
                one -> ratio(median(Scenario.start(many), one), median(Scenario.start(many), S6)));
        atMost(
                "all " + many + " gone after stop",
                3,
                "x floor",
                one -> ratio(median(Scenario.stop(many), one), median(Scenario.stop(many), FLOOR)));
        Measure memoryOfOne = one -> ofMost(Scenario.memoryOfOne(0), one);
        atMost("memory a further service takes, no s6 files", 4, "KiB", Targets::makesNoS6Files, memoryOfOne);
        atMost("memory a further service takes", 16, "KiB", one -> !makesNoS6Files(one), memoryOfOne);
        atMost(
                "memory a further service takes",
                0.1,
                "x static s6's 72 KiB",
                one -> true,
                one -> ratio(memoryOfOne.of(one), OptionalDouble.of(KIBIBYTES_UNDER_STATIC_S6)));
        atMost("PSS whatever the services", 45, "MiB", one -> ofMost(Scenario.fixedMemory(0), one));
        atMost("exec to first service", 120, "ms", one -> median(Scenario.firstSpawn(1), one));
        atMost(
                "exec to first service",
                5,
                "x bare JVM",
                one -> ratio(median(Scenario.firstSpawn(1), one), median(Scenario.bareJvm(), FLOOR)));
        atMost("status command", 60, "ms", one -> median(Scenario.status(many), one));
        atMost(
                "status command",
                2.5,
                "x bare JVM",
                one -> ratio(median(Scenario.status(many), one), median(Scenario.bareJvm(), FLOOR)));
        atMost(
                "status of all " + many,
                1.3,
                "x of one",
                one -> ratio(median(Scenario.statusOfAll(many), one), median(Scenario.status(many), one)));
        atLeast("control round trips, pipelined", 50_000, "a second", one -> median(Scenario.roundTrips(many), one));
        atMost("wake-ups when idle, its own", 0, "a second", one -> ofMost(Scenario.wakeUps(0), one));
        atMost("wake-ups when idle, the JVM's", 2, "a second", one -> ofMost(Scenario.wakeUpsOfJvm(0), one));
    }

    /// How one supervisor stands to one target.
    record Verdict(String target, String bound, String supervisor, double value, boolean isMet) {
        String words() {
            return "%-6s  %-48s %-20s %10s, to be %s%n"
                    .formatted(isMet ? "met" : "MISSED", target, supervisor, Results.number(value), bound);
        }

        String json() {
            return String.format(
                    Locale.ROOT,
                    "{\"target\":\"%s\",\"bound\":\"%s\",\"supervisor\":\"%s\",\"value\":%.3f,\"met\":%b}",
                    target,
                    bound,
                    supervisor,
                    value,
                    isMet);
        }
    }

    /// For each target and each supervisor that it concerns and that was measured.
    List<Verdict> verdicts() {
        List<Verdict> verdicts = new ArrayList<>();
        for (Target target : all) {
            for (String supervisor : results.supervisors()) {
                OptionalDouble value = target.measure.of(supervisor);
                if (isReeve(supervisor) && target.concerns.test(supervisor) && value.isPresent()) {
                    verdicts.add(verdict(target, supervisor, value.getAsDouble()));
                }
            }
        }
        return verdicts;
    }

    private static Verdict verdict(Target target, String supervisor, double value) {
        boolean isMet = target.isMinimum ? value >= target.limit : value <= target.limit;
        String limit = Results.number(target.limit).replace(".00", "");
        String bound = (target.isMinimum ? ">= " : "<= ") + limit + " " + target.unit;
        return new Verdict(target.words, bound, supervisor, value, isMet);
    }

    private void atMost(String words, double max, String unit, Measure measure) {
        atMost(words, max, unit, _ -> true, measure);
    }

    private void atMost(String words, double max, String unit, Predicate<String> concerns, Measure measure) {
        all.add(new Target(words, max, false, concerns, measure, unit));
    }

    private void atLeast(String words, double min, String unit, Measure measure) {
        all.add(new Target(words, min, true, _ -> true, measure, unit));
    }

    /// What is taken of fewer samples says so.
    private String enough(Scenario restart) {
        int least = results.supervisors().stream()
                .filter(one -> isReeve(one) || one.equals(FLOOR))
                .flatMap(one -> results.of(restart, one).stream())
                .mapToInt(Samples::count)
                .min()
                .orElse(0);
        return least >= RESTARTS_MIN ? "" : " of only " + least;
    }

    private OptionalDouble best(Scenario scenario) {
        return results.supervisors().stream()
                .filter(one -> !isReeve(one) && !one.equals(FLOOR))
                .map(one -> median(scenario, one))
                .filter(OptionalDouble::isPresent)
                .mapToDouble(OptionalDouble::getAsDouble)
                .min();
    }

    private OptionalDouble median(Scenario scenario, String supervisor) {
        return results.median(scenario, supervisor);
    }

    /// With the most services with which this was measured.
    private OptionalDouble ofMost(Scenario like, String supervisor) {
        return results.sizes(like, supervisor).stream()
                .max(Integer::compare)
                .map(services -> median(new Scenario(like.name(), services, like.unit()), supervisor))
                .orElse(OptionalDouble.empty());
    }

    private OptionalDouble quantile(Scenario scenario, String supervisor, double share) {
        return results.of(scenario, supervisor)
                .map(samples -> OptionalDouble.of(samples.quantile(share)))
                .orElse(OptionalDouble.empty());
    }

    private static OptionalDouble ratio(OptionalDouble value, OptionalDouble base) {
        return value.isPresent() && base.isPresent() && base.getAsDouble() > 0
                ? OptionalDouble.of(value.getAsDouble() / base.getAsDouble())
                : OptionalDouble.empty();
    }

    static boolean isReeve(String supervisor) {
        return supervisor.startsWith(Supervisors.REEVE);
    }

    private static boolean makesNoS6Files(String supervisor) {
        return supervisor.endsWith(NO_S6_FILES);
    }
}
