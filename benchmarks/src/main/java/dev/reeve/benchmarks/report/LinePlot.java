package dev.reeve.benchmarks.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// A line for each supervisor, over the number of services.
final class LinePlot {
    private static final int WIDTH = 860;
    private static final int HEIGHT = 420;
    private static final int LEFT = 60;
    private static final int RIGHT = 690;
    private static final int TOP = 50;
    private static final int BOTTOM = 370;
    private static final int LABEL_HEIGHT = 16;

    private LinePlot() {}

    /// Points of one supervisor, those of few services first.
    record Line(String supervisor, List<Point> points) {
        Point last() {
            return points.getLast();
        }
    }

    record Point(double services, double value) {}

    private record Label(int colour, String words, double x, double y) {}

    static String draw(String title, String unit, List<Line> lines, List<String> supervisors) {
        Svg svg = new Svg(WIDTH, HEIGHT, title);
        Scale across = Scale.linear(greatest(lines, Point::services), LEFT, RIGHT);
        Scale up = Scale.linear(greatest(lines, Point::value), BOTTOM, TOP);
        for (double mark : up.marks()) {
            svg.gridLine(LEFT, up.at(mark), RIGHT, up.at(mark));
            svg.note(LEFT - 8, up.at(mark) + 4, "end", Scale.words(mark));
        }
        for (double mark : across.marks()) {
            svg.note(across.at(mark), BOTTOM + 18, "middle", Scale.words(mark));
        }
        svg.note(LEFT - 8, TOP - 14, "end", unit);
        svg.note(RIGHT, BOTTOM + 38, "end", "services");
        List<Label> labels = new ArrayList<>();
        for (Line line : lines) {
            int colour = supervisors.indexOf(line.supervisor());
            draw(svg, across, up, line.points(), colour);
            double y = up.at(line.last().value());
            labels.add(
                    new Label(colour, line.supervisor(), across.at(line.last().services()), y));
        }
        draw(svg, labels);
        return svg.end();
    }

    private static void draw(Svg svg, Scale across, Scale up, List<Point> points, int colour) {
        for (int i = 0; i < points.size(); i++) {
            Point point = points.get(i);
            double x = across.at(point.services());
            double y = up.at(point.value());
            svg.dot(colour, 4, x, y);
            if (i > 0) {
                Point before = points.get(i - 1);
                svg.line(colour, 2, across.at(before.services()), up.at(before.value()), x, y);
            }
        }
    }

    /// At the ends of the lines on the right, pushed apart where they would lie upon each other.
    private static void draw(Svg svg, List<Label> labels) {
        double free = BOTTOM + LABEL_HEIGHT;
        List<Label> upwards = labels.stream()
                .sorted(Comparator.comparingDouble(Label::y).reversed())
                .toList();
        for (Label label : upwards) {
            double y = Math.min(label.y() + 4, free - LABEL_HEIGHT);
            free = y;
            svg.line(label.colour(), 0.5, label.x() + 6, label.y(), RIGHT + 8, y - 4);
            svg.dot(label.colour(), 4, RIGHT + 14, y - 4);
            svg.label(RIGHT + 24, y, "start", label.words());
        }
    }

    private interface Value {
        double of(Point point);
    }

    private static double greatest(List<Line> lines, Value value) {
        return lines.stream()
                .flatMap(line -> line.points().stream())
                .mapToDouble(value::of)
                .max()
                .orElse(1);
    }
}
