package dev.reeve.cli.s6;

import dev.reeve.cli.outside.ClientFailure;
import dev.reeve.cli.outside.Deadline;
import dev.reeve.cli.s6.Options.Option;
import java.util.List;

/// `svwait`: wait until services are where they should be.
final class Svwait {
    private Svwait() {}

    static int run(Invocation invocation) throws Fatal, ClientFailure {
        Options options = invocation.options(WaitFor.LETTERS + "aot:");
        WaitFor goal = WaitFor.UP;
        boolean any = false;
        int timeout = 0;
        for (Option option : options.given()) {
            switch (option.letter()) {
                case 'a' -> any = false;
                case 'o' -> any = true;
                case 't' -> timeout = invocation.number(option.argument());
                default -> goal = WaitFor.of(option.letter());
            }
        }
        List<String> directories = options.operands();
        if (directories.isEmpty()) {
            return 0;
        }
        Deadline deadline = Waiting.deadline(timeout);
        Listening listening = Waiting.listen(Waiting.find(invocation, directories));
        if (goal.restart()) {
            Waiting.await(listening, WaitFor.of('d'), false, deadline);
        }
        Waiting.await(listening, goal, any, deadline);
        return 0;
    }
}
