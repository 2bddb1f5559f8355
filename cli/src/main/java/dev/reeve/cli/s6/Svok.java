package dev.reeve.cli.s6;

import dev.reeve.cli.outside.ClientFailure;
import java.io.IOException;
import java.nio.file.NoSuchFileException;

/// `svok`: is this directory supervised?
final class Svok {
    private static final int YES = 0;
    private static final int NO = 1;

    private Svok() {}

    static int run(Invocation invocation) throws Fatal, ClientFailure {
        if (invocation.words().isEmpty()) {
            throw invocation.usage();
        }
        String directory = invocation.words().getFirst();
        try {
            Service service = invocation.daemons().find(directory);
            return service.status().name().equals(service.name()) ? YES : NO;
        } catch (NoSuchFileException | NotSupervised e) {
            return NO;
        } catch (IOException e) {
            throw Fatal.unable(Fatal.SYSTEM, "check " + directory, Reasons.of(e));
        }
    }
}
