package dev.reeve.daemon.s6;

import dev.reeve.daemon.s6.Input.LetterSent;
import dev.reeve.daemon.service.ServiceState;
import dev.reeve.daemon.service.ServiceState.AskedToStop;
import dev.reeve.daemon.service.ServiceState.Failed;
import dev.reeve.daemon.service.ServiceState.Killing;
import dev.reeve.daemon.service.ServiceState.Stopping;
import dev.reeve.daemon.service.Want;
import java.util.ArrayList;
import java.util.List;

/// One thing that the two supervisors of a [Pair] have not done alike since they were alike last.
record Difference(Aspect aspect, Object ofS6, Object ofReeve, Pair before, Pair after) {

    /// Only one of them has started, however long the other was waited for.
    static Difference ofStarts(Pair pair) {
        return new Difference(Aspect.STARTS, pair.s6().runs(), pair.reeve().runs(), pair.compared(), pair);
    }

    /// Everything in which the pair is different.
    static List<Difference> of(Pair after) {
        List<Difference> differences = new ArrayList<>();
        for (Aspect aspect : after.hasWaited() ? Aspect.LASTING : Aspect.ALL) {
            Object ofS6 = aspect.of(after.seenOfS6(), after.s6().status(), after.since());
            Object ofReeve = aspect.of(after.seenOfReeve(), after.reeve().status(), after.since());
            if (!ofS6.equals(ofReeve)) {
                differences.add(new Difference(aspect, ofS6, ofReeve, after.compared(), after));
            }
        }
        return differences;
    }

    Input input() {
        return after.lastInput();
    }

    boolean isLetter(String letters) {
        return input() instanceof LetterSent(char letter) && letters.indexOf(letter) >= 0;
    }

    /// The state in which s6-supervise was.
    S6Supervise.State s6State() {
        return before.s6().state();
    }

    /// The state in which the service of reeve was.
    ServiceState reeveState() {
        return before.reeve().state();
    }

    /// Whether files that s6 does not know have reeve not start it again.
    boolean isGivenUp() {
        ServiceState state = after.reeve().state();
        boolean staysDown = state.want() == Want.DOWN && after.s6().status().wantedUp();
        return !after.directory().isOfS6() && (staysDown || state instanceof Failed);
    }

    /// Whether reeve had been asked to end the process.
    boolean isStopping() {
        return reeveState() instanceof AskedToStop
                || reeveState() instanceof Stopping
                || reeveState() instanceof Killing;
    }

    @Override
    public String toString() {
        return after.directory() + "\n    " + after.path() + "\n    " + aspect + ": s6 " + ofS6 + ", reeve " + ofReeve
                + " (" + before.s6().state() + " -> " + after.s6().state() + ", "
                + before.reeve().state().getClass().getSimpleName() + " -> "
                + after.reeve().state().getClass().getSimpleName() + ")";
    }
}
