package dev.reeve.daemon.process;

/// Whether an error of our own may have lost a fact, so that states have to be compared with what there is. Raised
/// where there may be no memory left to say which service it was.
final class Doubt {
    private boolean raised;

    void raise() {
        raised = true;
    }

    /// Whether it was raised since it was asked for the last time.
    boolean take() {
        boolean before = raised;
        raised = false;
        return before;
    }
}
