package dev.reeve.benchmarks.report;

import java.util.List;

/// A line for each supervisor that shows how its samples are spread, over a logarithmic axis.
final class RangePlot {
    private static final int WIDTH = 860;
    private static final int LEFT = 170;
    private static final int RIGHT = 840;
    private static final int TOP = 60;
    private static final int ROW = 30;

    /// Positions in a row's distribution: see Results in bench-peers.
    private static final int P10 = 1;

    private static final int MEDIAN = 3;
    private static final int P90 = 5;
    private static final int P99 = 7;
    private static final int P999 = 8;
    private static final int ALL = 10;

    private RangePlot() {}

    static String draw(String title, String unit, List<Run.Row> measured, List<String> supervisors) {
        List<Run.Row> rows = measured.stream()
                .filter(row -> row.distribution().size() == ALL)
                .toList();
        int bottom = TOP + ROW * rows.size();
        Svg svg = new Svg(WIDTH, bottom + 50, title);
        svg.note(0, 38, "start", "thin: least to greatest; thick: 10 % to 90 %; dot: median; strokes: p99, p99.9");
        double least = rows.stream()
                .mapToDouble(row -> row.distribution().getFirst())
                .min()
                .orElse(1);
        double greatest = rows.stream()
                .mapToDouble(row -> row.distribution().getLast())
                .max()
                .orElse(10);
        Scale scale = Scale.logarithmic(least * 0.9, greatest * 1.1, LEFT, RIGHT);
        marks(svg, scale, bottom, unit);
        for (int i = 0; i < rows.size(); i++) {
            int colour = supervisors.indexOf(rows.get(i).supervisor());
            row(svg, scale, rows.get(i), colour, TOP + ROW * i + ROW / 2.0);
        }
        return svg.end();
    }

    private static void marks(Svg svg, Scale scale, int bottom, String unit) {
        double last = 0;
        for (double mark : scale.marks()) {
            double x = scale.at(mark);
            svg.gridLine(x, TOP, x, bottom);
            String words = Scale.words(mark);
            if (x - last > 10 + 7.0 * words.length()) {
                svg.note(x, bottom + 16, "middle", words);
                last = x;
            }
        }
        svg.note(RIGHT, bottom + 34, "end", unit);
    }

    private static void row(Svg svg, Scale scale, Run.Row row, int colour, double y) {
        List<Double> values = row.distribution();
        svg.label(LEFT - 10, y + 4, "end", row.supervisor());
        svg.line(colour, 1.5, scale.at(values.getFirst()), y, scale.at(values.getLast()), y);
        svg.line(colour, 9, scale.at(values.get(P10)), y, scale.at(values.get(P90)), y);
        for (int tail : new int[] {P99, P999}) {
            svg.line(colour, 2, scale.at(values.get(tail)), y - 7, scale.at(values.get(tail)), y + 7);
        }
        svg.dot(colour, 6, scale.at(values.get(MEDIAN)), y);
    }
}
