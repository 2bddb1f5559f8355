package dev.reeve.cli.s6;

import dev.reeve.cli.outside.ClientFailure;
import dev.reeve.cli.outside.Output;
import dev.reeve.cli.outside.ReaderGone;
import dev.reeve.cli.outside.Surroundings;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Runs one verb as s6 would.
public final class S6Client {
    private static final String SOCKET = "--socket";

    private S6Client() {}

    /// What stands behind the verb is s6's, but for `--socket` and `--help`, which may come first. `socket`
    /// is what was named before the verb. Answers the exit code.
    public static int run(S6Verb verb, Surroundings surroundings, @Nullable Path socket, List<String> words) {
        Path address = socket;
        Deque<String> rest = new ArrayDeque<>(words);
        while (!rest.isEmpty()) {
            String word = rest.getFirst();
            if (word.equals("--help")) {
                return help(verb, surroundings);
            }
            if (word.startsWith(SOCKET + "=")) {
                address = Path.of(word.substring(SOCKET.length() + 1));
                rest.removeFirst();
            } else if (word.equals(SOCKET) && rest.size() > 1) {
                rest.removeFirst();
                address = Path.of(rest.removeFirst());
            } else {
                break;
            }
        }
        try (Daemons daemons = new Daemons(surroundings, address)) {
            return run(verb, new Invocation(verb, List.copyOf(rest), surroundings, daemons));
        } catch (Fatal e) {
            tell(surroundings, e.speaker().orElse(verb), String.valueOf(e.getMessage()));
            return e.exitCode();
        } catch (ReaderGone gone) {
            return gone.exitCode();
        } catch (ClientFailure e) {
            tell(surroundings, verb, "fatal: " + e.getMessage());
            return Fatal.SYSTEM;
        }
    }

    private static int run(S6Verb verb, Invocation invocation) throws Fatal, ClientFailure {
        return switch (verb) {
            case SVC -> Svc.run(invocation);
            case SVSTAT -> Svstat.run(invocation);
            case SVOK -> Svok.run(invocation);
            case SVWAIT -> Svwait.run(invocation);
            case SVLISTEN -> Svlisten.run(invocation);
            case SVLISTEN1 -> Svlisten1.run(invocation);
            case SVSCANCTL -> Svscanctl.run(invocation);
            case SVLINK -> Svlink.run(invocation);
            case SVUNLINK -> Svunlink.run(invocation);
            case SVDT -> DeathTally.run(invocation);
            case SVDT_CLEAR -> DeathTally.clear(invocation);
        };
    }

    /// A sentence on standard error.
    static void tell(Surroundings surroundings, S6Verb speaker, String sentence) {
        surroundings.err().println(speaker.program() + ": " + Output.printable(sentence));
    }

    private static int help(S6Verb verb, Surroundings surroundings) {
        surroundings
                .out()
                .print("Usage: reeve " + verb.word() + " [--socket FILE] " + verb.synopsis() + "\n"
                        + verb.program() + " of s6, over the control socket: " + verb.summary() + ".\n"
                        + "Its options and exit codes are those of s6: "
                        + "https://skarnet.org/software/s6/" + verb.program() + ".html\n");
        surroundings.out().flush();
        return 0;
    }
}
