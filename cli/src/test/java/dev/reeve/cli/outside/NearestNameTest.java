package dev.reeve.cli.outside;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearestNameTest {

    @ParameterizedTest
    @CsvSource({
        "web, web, 0",
        "wbe, web, 1",
        "wb, web, 1",
        "webb, web, 1",
        "wep, web, 1",
        "'', web, 3",
        "kitten, sitting, 3"
    })
    void aMistakeIsALetterTooManyTooFewAnotherOrTwoSwapped(String one, String other, int mistakes) {
        assertEquals(mistakes, NearestName.mistakes(one, other));
        assertEquals(mistakes, NearestName.mistakes(other, one));
    }

    @ParameterizedTest
    @CsvSource({"wbe, web", "postgres, postgresql", "web/, web", "web-3, web-1", "d, db", "nginx, ", "x, ", "lgo/web, "
    })
    void theNearestIsNamedIfItIsNear(String name, String nearest) {
        List<String> known = List.of("web", "web-1", "web-2", "db", "postgresql");

        assertEquals(Optional.ofNullable(nearest), NearestName.to(name, known));
    }

    @ParameterizedTest
    @CsvSource({"stat, status", "sta, ", "star, start", "statu, status", "statr, start"})
    void whoeverDidNotTypeAllOfItMeansTheOnlyOneThatBeginsSo(String name, String nearest) {
        assertEquals(Optional.ofNullable(nearest), NearestName.to(name, List.of("start", "status", "stop")));
    }
}
