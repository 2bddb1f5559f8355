package dev.reeve.daemon.s6;

import dev.reeve.daemon.s6.Input.Found;
import dev.reeve.daemon.s6.IntendedDifference.Sequel;
import dev.reeve.daemon.s6.Pair.Disk;
import dev.reeve.daemon.service.ServiceMachine;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Everything that can happen to a service, breadth first, so that what is found is found on the shortest way:
/// from each pair that is not like one before by each input, until there is no other pair.
final class Exploration {
    private final List<IntendedDifference> intended;
    private final int unintendedMax;
    private final Set<Pair.Likeness> known = new HashSet<>();
    private final ArrayDeque<Pair> waiting = new ArrayDeque<>();
    private final Map<IntendedDifference, Difference> examples = new LinkedHashMap<>();
    private final List<Difference> unintended = new ArrayList<>();
    private long steps;

    /// It ends early when it has found so many differences that nobody intends.
    Exploration(List<IntendedDifference> intended, int unintendedMax) {
        this.intended = intended;
        this.unintendedMax = unintendedMax;
    }

    void explore(ServiceMachine machine, SampleDirectory directory, Disk disk) {
        known.clear();
        waiting.clear();
        for (boolean startsDown : new boolean[] {false, true}) {
            reached(new Pair(machine, directory, disk, new Found(startsDown), true));
            if (disk == Disk.AT_ONCE) {
                reached(new Pair(machine, directory, disk, new Found(startsDown), false));
            }
        }
        while (!waiting.isEmpty() && unintended.size() < unintendedMax) {
            Pair pair = waiting.remove();
            for (Input input : pair.inputs()) {
                Pair next = pair.after(input, true);
                reached(next);
                if (next.mightHaveFailed()) {
                    reached(pair.after(input, false));
                }
            }
        }
    }

    /// What was met of a difference that is intended, on the shortest way.
    Optional<Difference> example(IntendedDifference difference) {
        return Optional.ofNullable(examples.get(difference));
    }

    List<Difference> unintended() {
        return unintended;
    }

    int pairs() {
        return known.size();
    }

    long steps() {
        return steps;
    }

    private void reached(Pair after) {
        steps++;
        if (!after.isComparable()) {
            goOn(after);
            return;
        }
        boolean part = false;
        for (Difference difference : Difference.of(after)) {
            Optional<IntendedDifference> covering =
                    intended.stream().filter(it -> it.covers(difference)).findFirst();
            if (covering.isEmpty()) {
                unintended.add(difference);
                return;
            }
            examples.putIfAbsent(covering.get(), difference);
            part |= covering.get().sequel() == Sequel.THEY_PART;
        }
        Pair together = after.isApart() ? after.together() : after;
        if (together.isApart()) {
            unintended.add(Difference.ofStarts(together));
            return;
        }
        if (!part && !after.hasWaited() && together.isTogether()) {
            goOn(together);
        }
    }

    private void goOn(Pair pair) {
        if (known.add(pair.likeness())) {
            waiting.add(pair);
        }
    }
}
