package dev.reeve.dist;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// reeve as its users have it, with its own Java.
final class Distribution {
    private static final Path HOME = Path.of(System.getProperty("reeve.home"));
    private static final Path MADE = HOME.resolve("dist/target/reeve");

    /// Where machines have it.
    private static final String PLACE = "/opt/reeve";

    private static @Nullable Path made;

    private Distribution() {}

    /// Where it is: made once in each run of the tests, of what has been built.
    static synchronized Path directory() {
        if (made == null) {
            Command.output("rm", "-rf", MADE.toString());
            Command.output(HOME.resolve("bin/dist").toString(), "--as-built", "--for", PLACE, MADE.toString());
            made = MADE;
        }
        return made;
    }
}
