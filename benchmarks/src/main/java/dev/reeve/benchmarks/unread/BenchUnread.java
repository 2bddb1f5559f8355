package dev.reeve.benchmarks.unread;

import dev.reeve.benchmarks.peers.RunningSupervisor;
import dev.reeve.benchmarks.peers.Samples;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

/// `bin/bench-unread`: how long `status` takes on one connection beside 999 others, 900 of which never read, and with
/// no other connection.
public final class BenchUnread {
    private static final int SERVICES = 20;
    private static final int REQUESTS = 1_000;
    private static final int REQUESTS_TO_WARM_UP = 2_000;
    private static final Duration PAUSE = Duration.ofMillis(3);
    private static final double P99_MILLIS_MAX = 10;

    private BenchUnread() {}

    public static void main(String[] arguments) throws IOException {
        if (arguments.length > 0) {
            boolean isHelp = List.of(arguments).equals(List.of("--help"));
            (isHelp ? System.out : System.err)
                    .println("Usage: bench-unread\n\nMeasures status beside 999 clients of"
                            + " which 900 never read, and alone. Takes half a minute.");
            System.exit(isHelp ? 0 : 2);
        }
        run();
    }

    private static void run() throws IOException {
        try (RunningSupervisor reeve = new RunningSupervisor("reeve", SERVICES);
                TimedClient client = new TimedClient(reeve.socket())) {
            List<String> services =
                    IntStream.range(0, SERVICES).mapToObj(reeve::service).toList();
            progress("warming up");
            client.ask(REQUESTS_TO_WARM_UP, Duration.ZERO);
            progress("alone");
            Samples before = client.ask(REQUESTS, PAUSE);
            progress("999 others connect");
            Samples meanwhile;
            Samples beside;
            List<String> crowdWords;
            try (Crowd crowd = new Crowd(reeve.socket(), services)) {
                meanwhile = client.ask(REQUESTS, PAUSE);
                progress("beside them");
                beside = client.ask(REQUESTS, PAUSE);
                crowdWords = crowd.leave();
            }
            progress("alone again");
            Samples after = client.ask(REQUESTS, PAUSE);

            System.out.printf("status of %d services, ms%18s%9s%9s%9s%n", SERVICES, "median", "p99", "max", "of");
            tell("alone", before);
            tell("while 999 others come and begin", meanwhile);
            tell("beside 999 others", beside);
            tell("alone again", after);
            crowdWords.forEach(System.out::println);
            boolean met = beside.quantile(0.99) < P99_MILLIS_MAX;
            System.out.printf("p99 beside them is to be below %.0f ms: it %s%n", P99_MILLIS_MAX, met ? "is" : "is not");
        }
    }

    private static void tell(String what, Samples samples) {
        System.out.printf(
                "  %-36s%9.3f%9.3f%9.3f%9d%n",
                what, samples.median(), samples.quantile(0.99), samples.max(), samples.count());
    }

    private static void progress(String what) {
        System.err.println("bench-unread: " + what);
    }
}
