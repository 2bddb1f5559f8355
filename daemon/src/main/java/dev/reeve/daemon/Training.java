package dev.reeve.daemon;

import dev.reeve.bridge.LinuxKernel;
import dev.reeve.daemon.boot.InitOptions;
import dev.reeve.daemon.boot.Rehearsal;
import java.util.List;

/// What `bin/dist` runs, as the first process of a PID and mount namespace, to have the JVM write its cache of all
/// that the daemon loads: a life of `reeved`, the end of a machine in which nothing ends, and a life of `reeve-init`,
/// which does not return.
///
/// The words are those of `reeved`, then `--`, then those of `reeve-init`.
final class Training {
    private Training() {}

    public static void main(String[] arguments) throws Exception {
        List<String> words = List.of(arguments);
        int end = words.indexOf("--");
        List<String> initWords = words.subList(end + 1, words.size());
        int exitCode = ReeveDaemon.PROGRAM.run(words.subList(0, end));
        if (exitCode != 0) {
            System.exit(exitCode);
        }
        Rehearsal.hold(new LinuxKernel(), InitOptions.parse(initWords));
        ReeveInit.main(initWords.toArray(String[]::new));
    }
}
