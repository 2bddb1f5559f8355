package dev.reeve.daemon.process;

import dev.reeve.bridge.ErrnoException;
import dev.reeve.daemon.config.Complaint;
import dev.reeve.daemon.config.ServiceFileReader;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

/// Reads a setting of a service at the moment it matters. Brings nothing home where the directory cannot be read.
final class SettingErrand<S> implements Errand {
    private final SpawnSupplies supplies;
    private final ServiceDirectory directory;
    private final List<String> files;
    private final Function<ServiceFileReader, S> setting;
    private final Consumer<S> homecoming;

    /// `files` are those that the setting is read from.
    SettingErrand(
            SpawnSupplies supplies,
            ServiceDirectory directory,
            List<String> files,
            Function<ServiceFileReader, S> setting,
            Consumer<S> homecoming) {
        this.supplies = supplies;
        this.directory = directory;
        this.files = files;
        this.setting = setting;
        this.homecoming = homecoming;
    }

    @Override
    public Runnable run() {
        List<Complaint> complaints = new ArrayList<>();
        try {
            ServiceFileReader reader = new ServiceFileReader(
                    new DirectoryReader(supplies).readOnly(files, directory.fd(), complaints),
                    supplies.limit().forServices());
            S settings = setting.apply(reader);
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
        supplies.log().bug("reading the settings of " + directory.name(), cause);
    }
}
