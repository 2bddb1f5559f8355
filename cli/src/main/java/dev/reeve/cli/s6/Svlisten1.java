package dev.reeve.cli.s6;

import dev.reeve.cli.outside.ClientFailure;
import dev.reeve.cli.outside.Deadline;
import dev.reeve.cli.s6.Options.Option;
import java.util.List;

/// `svlisten1`: listen to one service, run a program, wait for what becomes of the service.
final class Svlisten1 {
    private static final int FAILED = 1;

    private Svlisten1() {}

    static int run(Invocation invocation) throws Fatal, ClientFailure {
        Options options = invocation.options(WaitFor.LETTERS + "t:");
        WaitFor goal = WaitFor.UP;
        int timeout = 0;
        for (Option option : options.given()) {
            if (option.letter() == 't') {
                timeout = invocation.number(option.argument());
            } else {
                goal = WaitFor.of(option.letter());
            }
        }
        List<String> words = options.operands();
        if (words.size() < 2) {
            throw invocation.usage();
        }
        String directory = words.getFirst();
        Deadline deadline = Waiting.deadline(timeout);
        Listening listening = Waiting.listen(Waiting.find(invocation, List.of(directory)));
        Process _ = Waiting.spawn(words.subList(1, words.size()));
        follow(listening, directory, goal, deadline);
        return 0;
    }

    /// Waits for the goal, where a restart is a way through being really down.
    static void follow(Listening listening, String directory, WaitFor goal, Deadline deadline)
            throws Fatal, ClientFailure {
        int failed = goal.restart() ? listening.await(WaitFor.of('D'), true, deadline) : 0;
        if (failed + listening.await(goal, true, deadline) > 0) {
            throw Fatal.of(FAILED, directory + " failed permanently or its supervisor died");
        }
    }
}
