package dev.reeve.daemon.process;

import dev.reeve.bridge.ErrnoException;

/// Removes the socket of a service that is known no more.
record NotifySocketRemovalErrand(SpawnSupplies supplies, long number) implements Errand {
    @Override
    public Runnable run() {
        try {
            supplies.notifySockets().remove(number);
        } catch (ErrnoException e) {
            supplies.log().warning("a socket in the run directory is left behind: " + e.getMessage());
        }
        return () -> {};
    }

    @Override
    public void failed(Throwable cause) {
        supplies.log().bug("removing a socket from the run directory", cause);
    }
}
