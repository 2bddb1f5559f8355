package dev.reeve.benchmarks.peers;

import java.util.Arrays;

/// Measured values of one kind.
public final class Samples {
    private double[] values = new double[16];
    private int count;

    public void add(double value) {
        if (count == values.length) {
            values = Arrays.copyOf(values, 2 * count);
        }
        values[count++] = value;
    }

    public int count() {
        return count;
    }

    public double median() {
        return quantile(0.5);
    }

    /// The smallest value that this share of all does not exceed; NaN if there is none.
    public double quantile(double share) {
        if (count == 0) {
            return Double.NaN;
        }
        double[] sorted = Arrays.copyOf(values, count);
        Arrays.sort(sorted);
        return sorted[Math.max(0, (int) Math.ceil(share * count) - 1)];
    }

    public double max() {
        return quantile(1);
    }
}
