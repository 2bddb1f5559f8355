package dev.reeve.cli.s6;

import dev.reeve.cli.outside.ClientFailure;
import dev.reeve.cli.outside.ControlClient;
import dev.reeve.cli.outside.Deadline;
import dev.reeve.cli.s6.Options.Option;
import dev.reeve.protocol.ProtocolCodec;
import dev.reeve.protocol.Reply;
import dev.reeve.protocol.Request;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/// `svc`: send commands to services, each a letter, in the order given, and wait for what becomes of them if
/// told to.
final class Svc {
    private static final String COMMANDS = "abqhkti12pcyrlPCKoduDUxOQ";

    private Svc() {}

    static int run(Invocation invocation) throws Fatal, ClientFailure {
        Options options = invocation.options("s:" + COMMANDS + "T:w:");
        StringBuilder letters = new StringBuilder();
        WaitFor goal = null;
        int timeout = 0;
        for (Option option : options.given()) {
            switch (option.letter()) {
                case 'T' -> timeout = invocation.number(option.argument());
                case 'w' -> goal = goal(invocation, option.argument());
                case 's' -> letters.append(SignalLetters.of(option.argument()));
                default -> letters.append(option.letter());
            }
            if (letters.length() > ProtocolCodec.MAX_LETTERS) {
                throw Fatal.of(Fatal.USAGE, "too many commands");
            }
        }
        if (options.operands().isEmpty()) {
            throw invocation.usage();
        }
        if (options.operands().contains("")) {
            throw Fatal.of(Fatal.USAGE, "invalid service path");
        }
        return goal == null
                ? send(invocation, options.operands(), letters.toString())
                : sendAndWait(invocation, options.operands(), letters.toString(), goal, timeout);
    }

    private static WaitFor goal(Invocation invocation, String argument) throws Fatal {
        if (argument.isEmpty() || WaitFor.LETTERS.indexOf(argument.charAt(0)) < 0) {
            throw invocation.usage();
        }
        return WaitFor.of(argument.charAt(0));
    }

    /// Goes on with the next directory where something is wrong with one; the last thing wrong is the exit
    /// code.
    private static int send(Invocation invocation, List<String> directories, String letters) throws ClientFailure {
        int exitCode = 0;
        for (String directory : directories) {
            try {
                send(find(invocation, directory), letters);
            } catch (Fatal e) {
                S6Client.tell(invocation.surroundings(), invocation.verb(), String.valueOf(e.getMessage()));
                exitCode = e.exitCode();
            }
        }
        return exitCode;
    }

    private static void send(Service service, String letters) throws Fatal, ClientFailure {
        if (letters.isEmpty()) {
            return;
        }
        demandAccepted(
                service.client().ask(id -> new Request.Svc(id, letters, List.of(service.name())), _ -> {}),
                service.directory());
    }

    private static void demandAccepted(Reply reply, String directory) throws Fatal, ClientFailure {
        switch (reply) {
            case Reply.Accepted _ -> {}
            case Reply.Refused(long _, Reply.Refusal refusal, String reason) ->
                throw Fatal.unable(
                        refusal == Reply.Refusal.UNKNOWN_SERVICE ? Fatal.UNSUPERVISED : Fatal.SYSTEM,
                        "control " + directory,
                        reason);
            case Reply.Services _,
                    Reply.Explanations _,
                    Reply.Figures _,
                    Reply.Threads _,
                    Reply.Scanned _,
                    Reply.Version _ -> throw ControlClient.unexpected();
        }
    }

    private static Service find(Invocation invocation, String directory) throws Fatal, ClientFailure {
        String toDo = "control " + directory;
        try {
            return invocation.daemons().find(directory);
        } catch (NotSupervised e) {
            throw e.unable(Fatal.UNSUPERVISED, toDo, "supervisor not listening");
        } catch (IOException e) {
            throw Fatal.unable(Fatal.SYSTEM, toDo, Reasons.of(e));
        }
    }

    /// s6-svc leaves this to s6-svlisten1 and its like, which then are who complains.
    private static int sendAndWait(
            Invocation invocation, List<String> directories, String letters, WaitFor wanted, int timeout)
            throws Fatal, ClientFailure {
        WaitFor goal = wanted.ready() && !allAnnounce(invocation, directories) ? wanted.unready() : wanted;
        S6Verb waiter = waiter(letters, directories);
        Deadline deadline = Waiting.deadline(timeout);
        try {
            List<Service> services = Waiting.find(invocation, directories);
            Listening listening = Waiting.listen(services);
            if (!letters.isEmpty()) {
                List<String> names =
                        services.stream().map(Service::name).distinct().toList();
                demandAccepted(listening.ask(id -> new Request.Svc(id, letters, names)), directories.getFirst());
            }
            if (waiter == S6Verb.SVLISTEN1) {
                Svlisten1.follow(listening, directories.getFirst(), goal, deadline);
                return 0;
            }
            if (goal.restart()) {
                Waiting.await(listening, WaitFor.of(waiter == S6Verb.SVWAIT ? 'd' : 'D'), false, deadline);
            }
            Waiting.await(listening, goal, false, deadline);
            return 0;
        } catch (Fatal e) {
            throw e.saidBy(waiter);
        }
    }

    private static S6Verb waiter(String letters, List<String> directories) {
        if (letters.isEmpty()) {
            return S6Verb.SVWAIT;
        }
        return directories.size() == 1 ? S6Verb.SVLISTEN1 : S6Verb.SVLISTEN;
    }

    /// A service without a `notification-fd` never announces that it is ready: to wait for that would be to
    /// wait for ever.
    private static boolean allAnnounce(Invocation invocation, List<String> directories) throws Fatal {
        boolean all = true;
        for (String directory : directories) {
            Path file = Path.of(directory, "notification-fd");
            try {
                Files.readAttributes(file, "size");
            } catch (NoSuchFileException e) {
                invocation.warn(
                        directory + "/notification-fd not present - ignoring request for readiness notification");
                all = false;
            } catch (IOException e) {
                throw Fatal.unable(Fatal.SYSTEM, "access " + file, Reasons.of(e));
            }
        }
        return all;
    }

    /// The letters by which s6-svc sends signals.
    private static final class SignalLetters {
        private static final String LETTERS = "abqhkti12pcy";
        private static final List<String> SIGNALS =
                List.of("ALRM", "ABRT", "QUIT", "HUP", "KILL", "TERM", "INT", "USR1", "USR2", "STOP", "CONT", "WINCH");

        static char of(String text) throws Fatal {
            int number = SignalNumbers.typed(text);
            if (number < 0) {
                throw Fatal.of(Fatal.USAGE, "invalid signal: " + text);
            }
            for (int i = 0; i < SIGNALS.size(); i++) {
                if (SignalNumbers.of(SIGNALS.get(i)) == number) {
                    return LETTERS.charAt(i);
                }
            }
            throw Fatal.of(Fatal.USAGE, text + " is not in the list of user-available signals");
        }
    }
}
