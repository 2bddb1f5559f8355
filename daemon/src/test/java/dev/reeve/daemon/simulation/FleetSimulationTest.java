package dev.reeve.daemon.simulation;

import static java.util.Map.entry;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Thousands of daemons from their start to their end, each on a bad day of its own. `-Dseed=N` replays one.
class FleetSimulationTest {
    private static final int SAME_DAYS = 500;
    private static final int OTHER_DAYS = 2_200;
    private static final int TIMES_MIN = 100;

    private static final List<String> COMMANDS =
            List.of("StartRequested", "OnceRequested", "NotAgainRequested", "StopRequested", "RestartRequested");

    /// They are refused where there is no process, or passed over where a letter asks for them.
    private static final List<String> SIGNALS = List.of("SignalRequested", "ReloadRequested", "GroupSignalRequested");

    private static final List<String> SIGNALLED =
            List.of("Starting", "Up", "Aborting", "AskedToStop", "Stopping", "Killing");

    /// They are heard while `run` lives.
    private static final List<String> NOTIFICATIONS = List.of(
            "StatusTold", "ReloadBegan", "StopBegan", "HeartBeat", "WatchdogSet", "FailureTold", "MoreTimeAsked");

    /// The facts that can reach a service in each state, besides the commands. The other cells of
    /// docs/service-states.md are there for the day when something else is wrong;
    /// [dev.reeve.daemon.service.ServiceMachineWalkTest] walks through them.
    private static final Map<String, List<String>> FACTS = Map.ofEntries(
            entry("Down", List.of("StopSettingsRead", "ReloadSignalRead")),
            entry("Spawning", List.of("Spawned", "SpawnFailed", "StopSettingsRead", "ReloadSignalRead")),
            entry("Starting", List.of("BecameReady", "ProcessEnded", "StopSettingsRead", "ReloadSignalRead")),
            entry(
                    "Up",
                    List.of("BecameReady", "DeadlinePassed", "ProcessEnded", "StopSettingsRead", "ReloadSignalRead")),
            entry("Aborting", List.of("DeadlinePassed", "BecameReady", "ProcessEnded")),
            entry(
                    "AskedToStop",
                    List.of("StopSettingsRead", "ReloadSignalRead", "DeadlinePassed", "BecameReady", "ProcessEnded")),
            entry(
                    "Stopping",
                    List.of("StopSettingsRead", "ReloadSignalRead", "DeadlinePassed", "BecameReady", "ProcessEnded")),
            entry(
                    "Killing",
                    List.of("StopSettingsRead", "ReloadSignalRead", "DeadlinePassed", "BecameReady", "ProcessEnded")),
            entry("SpawningFinish", List.of("FinishSpawned", "FinishSkipped", "StopSettingsRead", "ReloadSignalRead")),
            entry("Finishing", List.of("FinishEnded", "DeadlinePassed", "StopSettingsRead", "ReloadSignalRead")),
            entry("KillingFinish", List.of("FinishEnded", "DeadlinePassed", "StopSettingsRead", "ReloadSignalRead")),
            entry("BackingOff", List.of("DeadlinePassed", "StopSettingsRead", "ReloadSignalRead")),
            entry("Failed", List.of("StopSettingsRead", "ReloadSignalRead")));

    /// It takes two slow disks in a row.
    private static final Set<String> SELDOM = Set.of("StopSettingsRead in Aborting", "ReloadSignalRead in Aborting");

    @Test
    void theFleetKeepsItsPromisesOnEveryBadDay() {
        if (System.getProperty("seed") != null) {
            live(Long.getLong("seed"));
            return;
        }
        long first = new Random().nextInt(Integer.MAX_VALUE);
        System.out.println("Bad days: the seeds from 1 to " + SAME_DAYS + ", and " + OTHER_DAYS + " from " + first);
        Map<String, Integer> counts = new ConcurrentHashMap<>();
        LongAdder pauses = new LongAdder();
        LongStream.concat(LongStream.rangeClosed(1, SAME_DAYS), LongStream.range(first, first + OTHER_DAYS))
                .parallel()
                .forEach(seed -> {
                    Simulation lived = live(seed);
                    lived.machine()
                            .counts()
                            .forEach((cell, times) -> counts.merge(cell.toString(), times, Integer::sum));
                    pauses.add(lived.pauses());
                });
        assertTrue(pauses.sum() >= TIMES_MIN, "where many end, the loop has hardly ever waited for more: " + pauses);
        counts.values().removeIf(times -> times == 0);
        counts.keySet().removeAll(SELDOM);
        assertEquals(Set.of(), without(counts.keySet(), possible()), "came about, which cannot be");
        counts.values().removeIf(times -> times < TIMES_MIN);
        assertEquals(Set.of(), without(expected(), counts.keySet()), "came about too seldom to prove much");
    }

    private static Set<String> expected() {
        Set<String> cells = new TreeSet<>();
        FACTS.forEach((state, facts) ->
                Stream.concat(facts.stream(), COMMANDS.stream()).forEach(event -> cells.add(event + " in " + state)));
        SIGNALLED.forEach(state -> SIGNALS.forEach(event -> cells.add(event + " in " + state)));
        SIGNALLED.forEach(state -> NOTIFICATIONS.forEach(event -> cells.add(event + " in " + state)));
        return cells;
    }

    private static Set<String> possible() {
        Set<String> cells = expected();
        FACTS.keySet().forEach(state -> SIGNALS.forEach(event -> cells.add(event + " in " + state)));
        return cells;
    }

    private static Set<String> without(Set<String> some, Set<String> others) {
        Set<String> rest = new TreeSet<>(some);
        rest.removeAll(others);
        return rest;
    }

    private static Simulation live(long seed) {
        Simulation simulation = new Simulation(seed);
        try {
            simulation.run();
            return simulation;
        } catch (Throwable failure) {
            throw new AssertionError(
                    "-Dseed=" + seed + " replays: " + failure.getMessage() + "\nThe last decisions:\n"
                            + simulation.machine().lastDecisions(),
                    failure);
        }
    }
}
