package dev.reeve.daemon.blackbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ComparisonTest {
    private static final Difference ONE_LINE = new Difference("a row", List.of("false"), List.of("true"));
    private static final Difference MORE_OF_REEVE = new Difference("a row", List.of(), List.of("and more"));

    @Test
    void whatIsTheSameHasNoProblem() {
        assertEquals(Optional.empty(), compare(List.of("a", "b"), List.of("a", "b")));
    }

    @Test
    void whatIsNotDeclaredIsAProblem() {
        assertProblem("line 2 of s6", compare(List.of("a", "false"), List.of("a", "true")));
        assertProblem("(the end)", compare(List.of("a"), List.of("a", "b")));
        assertProblem("(the end)", compare(List.of("a", "b"), List.of("a")));
    }

    @Test
    void whatIsDeclaredMayDiffer() {
        assertEquals(Optional.empty(), compare(List.of("a", "false", "b"), List.of("a", "true", "b"), ONE_LINE));
        assertEquals(Optional.empty(), compare(List.of("a", "b"), List.of("a", "and more", "b"), MORE_OF_REEVE));
        assertEquals(Optional.empty(), compare(List.of("a"), List.of("a", "and more"), MORE_OF_REEVE));
    }

    @Test
    void itMayDifferAsOftenAsIsDeclared() {
        List<String> onS6 = List.of("false", "false");
        List<String> onReeve = List.of("true", "true");
        assertEquals(Optional.empty(), compare(onS6, onReeve, ONE_LINE, ONE_LINE));
        assertProblem("line 2", compare(onS6, onReeve, ONE_LINE));
    }

    @Test
    void whatIsDeclaredHasToOccur() {
        assertProblem("does not occur", compare(List.of("a"), List.of("a"), ONE_LINE));
        assertProblem("does not occur", compare(List.of("false"), List.of("false"), ONE_LINE));
    }

    private static Optional<String> compare(List<String> onS6, List<String> onReeve, Difference... declared) {
        return new Comparison(onS6, onReeve, List.of(declared)).problem();
    }

    private static void assertProblem(String words, Optional<String> problem) {
        assertTrue(problem.orElse("").contains(words), problem.toString());
    }
}
