package dev.reeve.daemon.blackbox;

import java.util.List;
import java.util.Optional;

/// Compares what one script printed on s6 and on reeve, line by line. What it declares as different has to occur, in
/// this order, and nothing else may.
record Comparison(List<String> onS6, List<String> onReeve, List<Difference> declared) {

    /// The first thing that is not as declared, or nothing.
    Optional<String> problem() {
        int s6 = 0;
        int reeve = 0;
        int next = 0;
        while (s6 < onS6.size() || reeve < onReeve.size()) {
            if (next < declared.size() && occurs(declared.get(next), s6, reeve)) {
                s6 += declared.get(next).onS6().size();
                reeve += declared.get(next).onReeve().size();
                next++;
                continue;
            }
            if (!line(onS6, s6).equals(line(onReeve, reeve))) {
                return Optional.of("line %d of s6 is%n    %s%nand line %d of reeve is%n    %s"
                        .formatted(s6 + 1, line(onS6, s6), reeve + 1, line(onReeve, reeve)));
            }
            s6++;
            reeve++;
        }
        return next == declared.size()
                ? Optional.empty()
                : Optional.of("this declared difference does not occur: " + declared.get(next));
    }

    private boolean occurs(Difference difference, int s6, int reeve) {
        return startsWith(onS6.subList(s6, onS6.size()), difference.onS6())
                && startsWith(onReeve.subList(reeve, onReeve.size()), difference.onReeve());
    }

    private static boolean startsWith(List<String> lines, List<String> beginning) {
        return lines.size() >= beginning.size()
                && lines.subList(0, beginning.size()).equals(beginning);
    }

    private static String line(List<String> lines, int number) {
        return number < lines.size() ? lines.get(number) : "(the end)";
    }
}
