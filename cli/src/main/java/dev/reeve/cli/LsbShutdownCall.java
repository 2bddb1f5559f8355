package dev.reeve.cli;

import dev.reeve.cli.LsbShutdown.Unreadable;
import dev.reeve.cli.outside.ClientFailure;
import dev.reeve.cli.outside.ControlClient;
import dev.reeve.cli.outside.ExitCode;
import dev.reeve.protocol.HowToEnd;
import dev.reeve.protocol.Request;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// `shutdown` with the words of shutdown(8): the daemon is told, and so is everybody who is logged in.
final class LsbShutdownCall {
    private static final Path ALLOWED = Path.of("/etc/shutdown.allow");

    private final ReeveClient reeve;
    private final List<String> words;

    LsbShutdownCall(ReeveClient reeve, List<String> words) {
        this.reeve = reeve;
        this.words = words;
    }

    int run() throws ClientFailure {
        LsbShutdown order = read();
        if (order.byThoseAllowed()) {
            requireSomeoneAllowed();
        }
        Optional<HowToEnd> how = order.how();
        if (how.isPresent()) {
            @Nullable Long grace = order.grace().map(Duration::toMillis).orElse(null);
            try (ControlClient client = reeve.connect()) {
                client.demand(
                        id -> new Request.Shutdown(id, how.get(), order.after().toSeconds(), grace), _ -> {});
            }
        }
        Terminals.inUse().forEach(terminal -> Terminals.write(terminal, warning(order)));
        return ExitCode.DONE;
    }

    private LsbShutdown read() throws ClientFailure {
        try {
            return LsbShutdown.read(words, LocalTime.now(ZoneId.systemDefault()));
        } catch (Unreadable e) {
            throw new ClientFailure(ExitCode.USAGE, e.getMessage());
        }
    }

    /// Where there is such a list, one of those in it must be logged in.
    private static void requireSomeoneAllowed() throws ClientFailure {
        try {
            List<String> allowed = Files.readAllLines(ALLOWED).stream()
                    .map(String::strip)
                    .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                    .toList();
            Set<String> present = Terminals.owners(Terminals.inUse());
            if (allowed.stream().noneMatch(present::contains)) {
                throw new ClientFailure(
                        ExitCode.FAILED, "none of those whom " + ALLOWED + " names is logged in: nothing is done");
            }
        } catch (NoSuchFileException _) {
            // Everybody may.
        } catch (IOException e) {
            throw new ClientFailure(ExitCode.FAILED, ALLOWED + " cannot be read: " + e);
        }
    }

    static String warning(LsbShutdown order) {
        String what = order.how()
                .map(LsbShutdownCall::sentence)
                .orElse("This machine would end")
                .concat(order.how().equals(Optional.of(HowToEnd.CANCEL)) ? "." : " " + when(order.after()) + ".");
        String message = order.message().isEmpty() ? "" : "\r\n" + printable(order.message());
        return "\007\r\n" + what + message + "\r\n";
    }

    private static String sentence(HowToEnd how) {
        return switch (how) {
            case POWEROFF, EXIT -> "This machine is switched off";
            case REBOOT, KEXEC -> "This machine reboots";
            case HALT -> "This machine halts";
            case CANCEL -> "The shutdown of this machine is cancelled";
        };
    }

    private static String when(Duration after) {
        if (after.isZero()) {
            return "now";
        }
        return after.toMinutes() > 0 ? "in " + after.toMinutes() + " minutes" : "in less than a minute";
    }

    /// Who writes to others' terminals does not move their cursors.
    private static String printable(String text) {
        return text.codePoints()
                .map(point -> Character.isISOControl(point) ? '?' : point)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
