package dev.reeve.cli.s6;

import dev.reeve.cli.outside.ClientFailure;
import dev.reeve.cli.outside.Deadline;
import java.util.List;

/// `svwait`: wait until services are where they should be.
final class Svwait {
    private Svwait() {}

    static int run(Invocation invocation) throws Fatal, ClientFailure {
        WaitOptions options = WaitOptions.of(invocation);
        List<String> directories = options.operands();
        if (directories.isEmpty()) {
            return 0;
        }
        Deadline deadline = Waiting.deadline(options.timeout());
        Listening listening = Waiting.listen(Waiting.find(invocation, directories));
        if (options.goal().restart()) {
            Waiting.await(listening, WaitFor.of('d'), false, deadline);
        }
        Waiting.await(listening, options.goal(), options.any(), deadline);
        return 0;
    }
}
