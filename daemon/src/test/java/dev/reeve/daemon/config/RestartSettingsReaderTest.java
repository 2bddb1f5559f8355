package dev.reeve.daemon.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.reeve.daemon.service.RestartLimit;
import dev.reeve.daemon.service.RestartPolicy;
import dev.reeve.daemon.service.RestartRule;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RestartSettingsReaderTest {

    @Test
    void withoutAnyOfTheFilesItIsAlwaysRestartedAfterASecondOrMore() {
        assertReads(RestartPolicy.DEFAULT, Map.of());
    }

    @ParameterizedTest
    @CsvSource({"always, ALWAYS", "on-failure, ON_FAILURE", "never, NEVER"})
    void restartIsOneOfThreeWords(String text, RestartRule rule) {
        RestartPolicy usual = RestartPolicy.DEFAULT;
        assertReads(
                new RestartPolicy(rule, usual.delay(), usual.delayMax(), Optional.empty()),
                Map.of("restart", text + "\n"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"sometimes", "on failure", "Never"})
    void anyOtherWordIsComplainedOf(String text) {
        assertReads(
                RestartPolicy.DEFAULT,
                Map.of("restart", text),
                "restart: \"" + text + "\" is not always, on-failure or never; it is always restarted");
    }

    @Test
    void delaysAreInMilliseconds() {
        assertReads(delays(250, 4_000), Map.of("restart-delay", "250\n", "restart-delay-max", "4000\n"));
        assertReads(delays(0, 60_000), Map.of("restart-delay", "0"));
    }

    @Test
    void whoeverAsksForALongDelayNeedNotRaiseTheLongestOne() {
        assertReads(delays(90_000, 90_000), Map.of("restart-delay", "90000"));
    }

    @Test
    void theLongestDelayIsNotTheSmaller() {
        assertReads(
                delays(2_000, 2_000),
                Map.of("restart-delay", "2000", "restart-delay-max", "500"),
                "restart-delay-max: 500 is less than the restart-delay; the longest delay is 2000");
    }

    @Test
    void whatIsNotANumberIsComplainedOf() {
        assertReads(
                RestartPolicy.DEFAULT,
                Map.of("restart-delay", "1s", "restart-delay-max", "-1"),
                "restart-delay: \"1s\" is not a number of milliseconds such as 1000; the delay is 1000",
                "restart-delay-max: \"-1\" is not a number of milliseconds such as 60000; the longest delay is"
                        + " 60000");
    }

    @Test
    void aLimitIsSoManyInSoManySeconds() {
        RestartPolicy usual = RestartPolicy.DEFAULT;
        RestartLimit limit = new RestartLimit(5, Duration.ofSeconds(60));
        assertReads(
                new RestartPolicy(usual.rule(), usual.delay(), usual.delayMax(), Optional.of(limit)),
                Map.of("restart-limit", "5/60\n"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"5", "5/", "5 / 60", "5/1m", "/60", "-5/60"})
    void whatIsNoLimitIsComplainedOf(String text) {
        assertReads(
                RestartPolicy.DEFAULT,
                Map.of("restart-limit", text),
                "restart-limit: \"" + text + "\" is not a limit such as 5/60, which is 5 in 60 seconds; there is no"
                        + " limit");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0/60", "1001/60", "5/0"})
    void aLimitThatCannotBeIsComplainedOf(String text) {
        assertReads(
                RestartPolicy.DEFAULT,
                Map.of("restart-limit", text),
                "restart-limit: " + text + " is no limit: it must be from 1 to 1000 in at least 1 second; there is no"
                        + " limit");
    }

    private static RestartPolicy delays(long delayInMillis, long delayMaxInMillis) {
        return new RestartPolicy(
                RestartRule.ALWAYS,
                Duration.ofMillis(delayInMillis),
                Duration.ofMillis(delayMaxInMillis),
                Optional.empty());
    }

    private static void assertReads(RestartPolicy expected, Map<String, String> texts, String... complaints) {
        ServiceFileReader reader = new ServiceFileReader(new ServiceFiles(texts.keySet(), texts), 1024);
        assertEquals(expected, reader.runSettings().restart());
        assertEquals(
                List.of(complaints),
                reader.complaints().stream().map(Complaint::toString).toList());
    }
}
