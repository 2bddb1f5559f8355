package dev.reeve.benchmarks.peers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BenchOptionsTest {
    @Test
    void whatIsTypedIsUnderstoodInAnyOrder() {
        BenchOptions options = BenchOptions.parse(List.of("s6", "--rounds", "3", "floor", "--json", "x.json"));

        assertEquals(3, options.rounds());
        assertEquals(List.of("s6", "floor"), options.names());
        assertEquals(Optional.of(Path.of("x.json")), options.json());
    }

    @ParameterizedTest
    @CsvSource({
        "--rounds 0, from 1 to 99",
        "--rounds x, from 1 to 99",
        "--rounds, needs a value",
        "--home /nowhere, has no bin/reeved",
        "--work /proc, files can be made",
        "--loud, is none of floor"
    })
    void whatIsWrongIsSaid(String words, String complaint) {
        List<String> arguments = List.of(words.split(" ", -1));

        var refused = assertThrows(IllegalArgumentException.class, () -> BenchOptions.parse(arguments));

        assertTrue(String.valueOf(refused.getMessage()).contains(complaint), refused::toString);
    }

    @Test
    void everyoneIsMeasuredWithOneWithManyAndWithAsManyAsItCanHave() {
        BenchOptions options = BenchOptions.parse(List.of());

        assertEquals(List.of(1, 1_000, 4_000), List.copyOf(options.sizes(new S6())));
        assertEquals(List.of(1, 1_000), List.copyOf(options.sizes(new Runit())));
    }
}
