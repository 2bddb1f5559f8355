package dev.reeve.daemon;

import dev.reeve.bridge.ErrnoException;
import dev.reeve.bridge.Kernel;
import dev.reeve.daemon.DaemonOptions.UsageException;
import java.util.List;

/// `reeve-svscan`: the daemon with s6-svscan's command line, in its place.
public final class ReeveSvscan {
    private ReeveSvscan() {}

    public static void main(String[] arguments) {
        DaemonProgram svscan =
                new DaemonProgram("reeve-svscan", ReeveSvscan.class, SvscanOptions.USAGE, ReeveSvscan::options);
        System.exit(svscan.run(List.of(arguments)));
    }

    private static DaemonOptions options(List<String> arguments, Kernel kernel) throws UsageException, ErrnoException {
        SvscanOptions options = SvscanOptions.parse(arguments);
        options.checkDescriptors(kernel);
        return DaemonOptions.inPlaceOfS6Svscan(options);
    }
}
