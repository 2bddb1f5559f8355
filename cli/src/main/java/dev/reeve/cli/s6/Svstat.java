package dev.reeve.cli.s6;

import dev.reeve.cli.outside.ClientFailure;
import dev.reeve.cli.s6.Options.Option;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// `svstat`: how is this service?
final class Svstat {
    private static final int NOT_SUPERVISED = 1;
    private static final int FIELDS_MAX = 16;

    private Svstat() {}

    static int run(Invocation invocation) throws Fatal, ClientFailure {
        Options options = invocation.options("no:uwNrpgest");
        List<StatusField> fields = new ArrayList<>();
        boolean asNumber = false;
        for (Option option : options.given()) {
            switch (option.letter()) {
                case 'n' -> asNumber = true;
                case 'o' -> fields.addAll(named(option.argument()));
                default -> fields.add(StatusField.of(option.letter()));
            }
        }
        if (fields.size() > FIELDS_MAX) {
            throw Fatal.of(Fatal.USAGE, "too many option fields");
        }
        if (options.operands().isEmpty()) {
            throw invocation.usage();
        }
        SvStatus status = read(invocation, options.operands().getFirst());
        invocation.print(
                fields.isEmpty()
                        ? status.sentence(asNumber)
                        : fields.stream().map(field -> field.of(status)).collect(Collectors.joining(" ")));
        return 0;
    }

    private static List<StatusField> named(String names) throws Fatal {
        List<StatusField> fields = new ArrayList<>();
        // Without the empty words at the end, as s6 reads them.
        for (String name : names.split(",")) {
            if (names.isEmpty()) {
                break;
            }
            fields.add(
                    StatusField.named(name).orElseThrow(() -> Fatal.of(Fatal.USAGE, "invalid option field: " + name)));
        }
        return fields;
    }

    private static SvStatus read(Invocation invocation, String directory) throws Fatal, ClientFailure {
        String toDo = "read status for " + directory;
        try {
            Service service = invocation.daemons().find(directory);
            return SvStatus.of(service.status(), isNormallyUp(directory), Instant.now());
        } catch (NoSuchFileException e) {
            throw Fatal.unable(NOT_SUPERVISED, toDo, "s6-supervise not running");
        } catch (NotSupervised e) {
            throw e.unable(NOT_SUPERVISED, toDo, "s6-supervise not running");
        } catch (IOException e) {
            throw Fatal.unable(Fatal.SYSTEM, "check " + directory, Reasons.of(e));
        }
    }

    private static boolean isNormallyUp(String directory) throws Fatal {
        Path down = Path.of(directory, "down");
        try {
            Files.readAttributes(down, "size");
            return false;
        } catch (NoSuchFileException e) {
            return true;
        } catch (IOException e) {
            throw Fatal.unable(Fatal.SYSTEM, "access " + down, Reasons.of(e));
        }
    }
}
