package dev.reeve.benchmarks.peers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SamplesTest {
    @Test
    void aQuantileIsAValueThatWasMeasured() {
        Samples samples = new Samples();
        IntStream.rangeClosed(1, 1_000).map(i -> 1_001 - i).forEach(samples::add);

        assertEquals(500, samples.median());
        assertEquals(990, samples.quantile(0.99));
        assertEquals(999, samples.quantile(0.999));
        assertEquals(1_000, samples.max());
    }

    @Test
    void oneValueIsEveryQuantile() {
        Samples samples = new Samples();
        samples.add(7);

        assertEquals(7, samples.median());
        assertEquals(7, samples.quantile(0.999));
    }

    @Test
    void nothingMeasuredIsNoNumber() {
        assertTrue(Double.isNaN(new Samples().median()));
    }
}
