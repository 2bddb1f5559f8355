package dev.reeve.cli.outside;

import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// The name that someone meant who mistyped it, or did not type all of it.
public final class NearestName {

    /// One letter in so many may be wrong, and one in any case.
    private static final int LETTERS_PER_MISTAKE = 3;

    private NearestName() {}

    /// The only known name that begins so; else the one that the fewest mistakes lie between, if they are few.
    public static Optional<String> to(String name, Collection<String> known) {
        List<String> begun =
                known.stream().filter(each -> each.startsWith(name)).limit(2).toList();
        if (begun.size() == 1) {
            return Optional.of(begun.getFirst());
        }
        int mistakesMax = Math.max(1, name.length() / LETTERS_PER_MISTAKE);
        return known.stream()
                .filter(each -> Math.abs(each.length() - name.length()) <= mistakesMax)
                .filter(each -> mistakes(name, each) <= mistakesMax)
                .min(Comparator.comparingInt((String each) -> mistakes(name, each))
                        .thenComparing(Comparator.naturalOrder()));
    }

    /// How many letters must be put in, left out, changed or swapped with their neighbour to make one of the other.
    static int mistakes(String one, String other) {
        int[][] rows = new int[3][other.length() + 1];
        Arrays.setAll(rows[0], column -> column);
        for (int i = 1; i <= one.length(); i++) {
            int[] row = rows[i % 3];
            int[] above = rows[(i - 1) % 3];
            row[0] = i;
            for (int j = 1; j <= other.length(); j++) {
                int change = one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1;
                row[j] = Math.min(Math.min(row[j - 1], above[j]) + 1, above[j - 1] + change);
                boolean isSwapped = i > 1
                        && j > 1
                        && one.charAt(i - 1) == other.charAt(j - 2)
                        && one.charAt(i - 2) == other.charAt(j - 1);
                if (isSwapped) {
                    row[j] = Math.min(row[j], rows[(i - 2) % 3][j - 2] + 1);
                }
            }
        }
        return rows[one.length() % 3][other.length()];
    }
}
