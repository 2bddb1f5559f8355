package dev.reeve.daemon.process;

import dev.reeve.bridge.ErrnoException;
import dev.reeve.daemon.config.Complaint;
import dev.reeve.daemon.config.ServiceFileReader;
import dev.reeve.daemon.service.StopSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// Reads how a service is to be stopped. Brings nothing home where that cannot be read: the machine then uses what
/// was read at the start.
final class StopSettingsErrand implements Errand {
    private final SpawnSupplies supplies;
    private final ServiceDirectory directory;
    private final Consumer<StopSettings> homecoming;

    StopSettingsErrand(SpawnSupplies supplies, ServiceDirectory directory, Consumer<StopSettings> homecoming) {
        this.supplies = supplies;
        this.directory = directory;
        this.homecoming = homecoming;
    }

    @Override
    public Runnable run() {
        List<Complaint> complaints = new ArrayList<>();
        try {
            ServiceFileReader reader = new ServiceFileReader(
                    new DirectoryReader(supplies.kernel()).read(directory.fd(), complaints),
                    supplies.limit().forServices());
            StopSettings settings = reader.stopSettings();
            complaints.addAll(reader.complaints());
            return () -> homecoming.accept(settings);
        } catch (ErrnoException e) {
            supplies.log()
                    .warning("service " + directory.name() + ": the service directory cannot be read: "
                            + e.getMessage());
            return () -> {};
        } finally {
            complaints.forEach(complaint -> supplies.log().warning("service " + directory.name() + ": " + complaint));
        }
    }

    @Override
    public void failed(Throwable cause) {
        supplies.log().bug("reading how to stop " + directory.name(), cause);
    }
}
