package dev.reeve.daemon.process;

import dev.reeve.bridge.ErrnoException;
import dev.reeve.daemon.process.DirectoryGate.CannotHold;

/// Takes hold of a service's directory once more, and looks whether the service is to start.
final class RetakeErrand implements Errand {
    private final SpawnSupplies supplies;
    private final ServiceDirectory directory;
    private final Homecoming homecoming;

    RetakeErrand(SpawnSupplies supplies, ServiceDirectory directory, Homecoming homecoming) {
        this.supplies = supplies;
        this.directory = directory;
        this.homecoming = homecoming;
    }

    /// What the errand brings home.
    interface Homecoming {
        void taken(DirectoryHold hold, boolean startsDown);

        void failed(String problem);
    }

    @Override
    public Runnable run() {
        try {
            boolean startsDown = ScanErrand.startsDown(supplies.kernel(), directory.fd());
            DirectoryHold hold = supplies.gate().take(directory.name(), directory.fd());
            return () -> homecoming.taken(hold, startsDown);
        } catch (CannotHold e) {
            return () -> homecoming.failed(e.getMessage());
        } catch (ErrnoException e) {
            return () -> homecoming.failed(String.valueOf(e.getMessage()));
        }
    }

    @Override
    public void failed(Throwable cause) {
        supplies.log().bug("taking the directory of service " + directory.name() + " again", cause);
        homecoming.failed("internal error, told in the log");
    }
}
