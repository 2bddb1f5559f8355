package dev.reeve.benchmarks.peers;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class TargetsTest {
    private final Results results = new Results();

    @Test
    void aTargetIsMetUpToItsBoundAndMissedBeyondIt() {
        results.add(Scenario.restart(1), "floor", 100);
        results.add(Scenario.restart(1), "reeve", 120);
        results.add(Scenario.restart(1), "reeve:dist", 121);

        assertTrue(line("x floor", "reeve ").startsWith("met"), verdicts());
        assertTrue(line("x floor", "reeve:dist").startsWith("MISSED"), verdicts());
    }

    @Test
    void reeveIsComparedToTheBestPeerThatIsNotTheFloor() {
        results.add(Scenario.restart(1), "floor", 1);
        results.add(Scenario.restart(1), "s6", 200);
        results.add(Scenario.restart(1), "runit", 100);
        results.add(Scenario.restart(1), "reeve", 150);

        assertTrue(line("x the best peer", "reeve ").contains(" 1.50, to be <= 1 "), verdicts());
    }

    @Test
    void roundTripsAreToBeManyAndNotFew() {
        results.add(Scenario.roundTrips(1_000), "reeve", 50_000);
        results.add(Scenario.roundTrips(1_000), "reeve:dist", 49_999);

        assertTrue(line("round trips", "reeve ").startsWith("met"), verdicts());
        assertTrue(line("round trips", "reeve:dist").startsWith("MISSED"), verdicts());
    }

    @Test
    void aQuantileOfTooFewSamplesSaysOfHowMany() {
        for (String supervisor : List.of("floor", "reeve")) {
            results.add(Scenario.restart(1_000), supervisor, 1);
            results.add(Scenario.restart(1_000), supervisor, 2);
        }

        assertTrue(verdicts().contains("p99.9 of only 2 "), verdicts());
    }

    @Test
    void whatWasNotMeasuredHasNoVerdict() {
        results.add(Scenario.restart(1), "reeve", 1);

        assertFalse(verdicts().contains("x floor"), verdicts());
    }

    @Test
    void whatServicesTakeHasAnotherBoundWhereThereAreNoS6Files() {
        results.add(Scenario.memoryOfOne(4_000), "reeve", 5);
        results.add(Scenario.memoryOfOne(4_000), "reeve:no-s6-files", 5);

        assertTrue(line("no s6 files", "reeve:no-s6-files").startsWith("MISSED"), verdicts());
        assertTrue(line("KiB", "reeve ").startsWith("met"), verdicts());
    }

    private String verdicts() {
        return new Targets(results, 1_000)
                .verdicts().stream().map(Targets.Verdict::words).collect(Collectors.joining());
    }

    private String line(String words, String supervisor) {
        return verdicts()
                .lines()
                .filter(line -> line.contains(words) && line.contains(supervisor))
                .findFirst()
                .orElse("no verdict");
    }
}
