package dev.reeve.daemon.s6;

import java.util.Set;
import java.util.function.Predicate;

/// Something in which reeve means to be other than s6-supervise, and why. It covers a [Difference] that is in one
/// of its aspects and in which its condition holds.
record IntendedDifference(
        String title,
        String s6,
        String reeve,
        String why,
        Set<Aspect> aspects,
        Sequel sequel,
        Predicate<Difference> condition) {

    /// How a comparison goes on after the difference.
    enum Sequel {
        /// Both take what comes next.
        GO_ON,
        /// Not at all: what follows has nothing in common, or follows without the difference, too.
        THEY_PART
    }

    boolean covers(Difference difference) {
        return aspects.contains(difference.aspect()) && condition.test(difference);
    }
}
