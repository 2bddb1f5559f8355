package dev.reeve.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StatusTableTest {

    @ParameterizedTest
    @CsvSource({
        "PT-5S, 0s",
        "PT0.9S, 0s",
        "PT3S, 3s",
        "PT59.9S, 59s",
        "PT60S, 1m",
        "PT59M59S, 59m",
        "PT5H1M, 5h",
        "PT23H59M, 23h",
        "PT48H, 2d"
    })
    void anAgeIsToldInItsLargestUnit(Duration age, String told) {
        assertEquals(told, StatusTable.age(age));
    }
}
