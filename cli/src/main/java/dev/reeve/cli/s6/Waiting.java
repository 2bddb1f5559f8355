package dev.reeve.cli.s6;

import dev.reeve.cli.outside.ClientFailure;
import dev.reeve.cli.outside.Deadline;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// What the verbs that wait have in common.
final class Waiting {
    private Waiting() {}

    /// So many milliseconds from now; 0: for ever.
    static Deadline deadline(int milliseconds) {
        return milliseconds == 0
                ? Deadline.NEVER
                : Deadline.after(Duration.ofMillis(Integer.toUnsignedLong(milliseconds)));
    }

    /// The services of these directories. All are found before one is listened to: what is told while
    /// something else is asked would be lost.
    static List<Service> find(Invocation invocation, List<String> directories) throws Fatal, ClientFailure {
        List<Service> services = new ArrayList<>();
        for (String directory : directories) {
            services.add(find(invocation, directory));
        }
        return services;
    }

    /// Subscribes to what becomes of them.
    static Listening listen(List<Service> services) throws Fatal, ClientFailure {
        try {
            return Listening.to(services);
        } catch (NotSupervised e) {
            throw e.unable(Fatal.SYSTEM, "subscribe to events", "s6-supervise not running");
        }
    }

    private static Service find(Invocation invocation, String directory) throws Fatal, ClientFailure {
        String toDo = "subscribe to events for " + directory;
        try {
            return invocation.daemons().find(directory);
        } catch (NotSupervised e) {
            throw e.unable(Fatal.SYSTEM, toDo, "s6-supervise not running");
        } catch (IOException e) {
            throw Fatal.unable(Fatal.SYSTEM, toDo, Reasons.of(e));
        }
    }

    /// Waits for all, or for any. A service that fails for good meanwhile ends the verb with the number of
    /// such.
    static void await(Listening listening, WaitFor goal, boolean any, Deadline deadline) throws Fatal, ClientFailure {
        int failed = listening.await(goal, any, deadline);
        if (failed > 0) {
            throw Fatal.of(failed, "some services reported permanent failure or their supervisor died");
        }
    }

    /// Starts a program, which inherits everything, and does not wait for its end.
    static Process spawn(List<String> program) throws Fatal {
        ProcessBuilder builder = new ProcessBuilder(program).inheritIO();
        CallersEnvironment.restore(builder.environment(), System.getProperties());
        try {
            return builder.start();
        } catch (IOException e) {
            throw Fatal.unable(Fatal.SYSTEM, "spawn " + program.getFirst(), "No such file or directory");
        }
    }
}
