package dev.reeve.benchmarks.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Where values lie on an axis from `from` to `to`, in points of the picture; and which of them are marked.
record Scale(double least, double greatest, double from, double to, boolean isLogarithmic) {
    private static final int MARKS = 5;

    /// From 0.
    static Scale linear(double greatest, double from, double to) {
        double step = step(greatest);
        return new Scale(0, step * Math.ceil(greatest / step), from, to, false);
    }

    static Scale logarithmic(double least, double greatest, double from, double to) {
        return new Scale(least, greatest, from, to, true);
    }

    double at(double value) {
        double share = isLogarithmic
                ? Math.log(value / least) / Math.log(greatest / least)
                : (value - least) / (greatest - least);
        return from + share * (to - from);
    }

    List<Double> marks() {
        List<Double> marks = new ArrayList<>();
        if (isLogarithmic) {
            for (double decade = Math.pow(10, Math.floor(Math.log10(least))); decade <= greatest; decade *= 10) {
                for (double mark : new double[] {decade, 2 * decade, 5 * decade}) {
                    if (mark >= least && mark <= greatest) {
                        marks.add(mark);
                    }
                }
            }
        } else {
            double step = step(greatest);
            for (int i = 0; i * step <= greatest * 1.001; i++) {
                marks.add(i * step);
            }
        }
        return marks;
    }

    /// 1,000 and not 1000.0.
    static String words(double value) {
        return value >= 10 || value == Math.rint(value)
                ? String.format(Locale.ROOT, "%,d", Math.round(value))
                : String.format(Locale.ROOT, "%.2g", value);
    }

    /// 1, 2 or 5 times a power of ten.
    private static double step(double greatest) {
        double rough = greatest / MARKS;
        double decade = Math.pow(10, Math.floor(Math.log10(rough)));
        double leading = rough / decade;
        return decade * (leading <= 1 ? 1 : leading <= 2 ? 2 : leading <= 5 ? 5 : 10);
    }
}
