package dev.reeve.cli.s6;

import dev.reeve.cli.outside.ClientFailure;
import dev.reeve.cli.outside.ControlClient;
import dev.reeve.cli.s6.Options.Option;
import dev.reeve.protocol.Request;
import java.io.IOException;
import java.util.Set;
import java.util.TreeSet;

/// `svscanctl` where `.s6-svscan/control` cannot be written to: what of it can be asked over the control
/// socket. (`bin/reeve` writes to that fifo itself where it may, which does everything.)
final class Svscanctl {
    private static final Set<String> SCANS = Set.of("h", "an", "ahn", "hn", "ah");
    private static final Set<String> ENDS = Set.of("t", "i", "it");

    private Svscanctl() {}

    static int run(Invocation invocation) throws Fatal, ClientFailure {
        Options options = invocation.options("zabhitqnN");
        if (options.operands().isEmpty()) {
            throw invocation.usage();
        }
        String directory = options.operands().getFirst();
        String toDo = "control " + directory;
        try {
            ControlClient client = invocation.daemons().ofScanDirectory(directory);
            String letters = sorted(options);
            if (SCANS.contains(letters)) {
                client.demand(Request.Rescan::new, _ -> {});
            } else if (ENDS.contains(letters)) {
                client.demand(Request.Shutdown::new, _ -> {});
            } else if (!letters.isEmpty()) {
                throw Fatal.unable(
                        Fatal.SYSTEM,
                        toDo,
                        "over the control socket there is -h, -an and -t only, and " + directory
                                + "/.s6-svscan/control, which knows them all, cannot be written to");
            }
            return 0;
        } catch (NotSupervised e) {
            throw e.unable(Fatal.USAGE, toDo, "supervisor not listening");
        } catch (IOException e) {
            throw Fatal.unable(Fatal.SYSTEM, toDo, Reasons.of(e));
        }
    }

    /// Each once: their order has no meaning, and `z` asks for what is done anyway.
    private static String sorted(Options options) {
        Set<Character> letters = new TreeSet<>();
        options.given().stream()
                .map(Option::letter)
                .filter(letter -> letter != 'z')
                .forEach(letters::add);
        StringBuilder text = new StringBuilder();
        letters.forEach(text::append);
        return text.toString();
    }
}
