package dev.reeve.cli.s6;

import dev.reeve.cli.outside.ClientFailure;
import dev.reeve.cli.outside.Deadline;
import java.util.List;

/// `svlisten`: listen to services, run a program, wait for what becomes of the services. They stand in a
/// block as execlineb hands it over: a space before each, and an empty word behind the last.
final class Svlisten {
    private Svlisten() {}

    static int run(Invocation invocation) throws Fatal, ClientFailure {
        WaitOptions options = WaitOptions.of(invocation);
        WaitFor goal = options.goal();
        boolean any = options.any();
        List<String> words = options.operands();
        int end = words.indexOf("");
        if (end < 0 && words.size() >= 3) {
            throw Fatal.of(Fatal.USAGE, "unterminated servicedir block");
        }
        if (end < 0 || end + 1 == words.size()) {
            throw invocation.usage();
        }
        List<String> program = words.subList(end + 1, words.size());
        if (end == 0) {
            return alone(program);
        }
        if (goal.restart() && any) {
            any = false;
            invocation.warn(
                    "-o is unsupported when combined with -" + (goal.ready() ? "R" : "r") + "- using -a instead");
        }
        List<String> directories =
                words.subList(0, end).stream().map(Svlisten::unquoted).toList();
        Deadline deadline = Waiting.deadline(options.timeout());
        Listening listening = Waiting.listen(Waiting.find(invocation, directories));
        Process _ = Waiting.spawn(program);
        if (goal.restart()) {
            Waiting.await(listening, WaitFor.of('D'), any, deadline);
        }
        Waiting.await(listening, goal, any, deadline);
        return 0;
    }

    private static String unquoted(String word) {
        return word.startsWith(" ") ? word.substring(1) : word;
    }

    /// There is nothing to listen to.
    private static int alone(List<String> program) throws Fatal {
        try {
            return Waiting.spawn(program).waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Fatal.SYSTEM;
        }
    }
}
