package dev.reeve.daemon.simulation;

import static dev.reeve.daemon.simulation.FleetInvariants.require;

import dev.reeve.bridge.SpawnOrder;
import dev.reeve.bridge.SpawnOrder.PassedFd;
import dev.reeve.daemon.simulation.OpenFile.EventCounter;
import dev.reeve.daemon.simulation.OpenFile.Listener;
import dev.reeve.daemon.simulation.OpenFile.PipeWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/// What the daemon wants to have spawned, as its child sees it; `descriptors` are those of the daemon.
record SimulatedOrder(SpawnOrder order, Map<Integer, OpenFile> descriptors) {
    private static final int STANDARD_OUTPUT = 1;
    private static final int FIRST_HANDED = 3;

    /// The program of the service, by its path; what comes before it prepares the process for it.
    String path() {
        return order.arguments().get(programAt());
    }

    String program() {
        return path().substring(path().lastIndexOf('/') + 1);
    }

    List<String> arguments() {
        return order.arguments().subList(programAt() + 1, order.arguments().size());
    }

    private int programAt() {
        for (int i = 0; i < order.arguments().size(); i++) {
            String word = order.arguments().get(i);
            if (word.startsWith("./") || word.startsWith(SimulatedKernel.SCAN_PATH + "/")) {
                return i;
            }
        }
        throw new AssertionError("nothing of a service is executed: " + order);
    }

    /// What an environment variable says.
    Optional<String> variable(String name) {
        return order.environment().stream()
                .map(entry -> new String(entry, StandardCharsets.UTF_8))
                .filter(entry -> entry.startsWith(name + "="))
                .map(entry -> entry.substring(name.length() + 1))
                .findFirst();
    }

    Optional<SimulatedPipe> readinessPipe() {
        return order.passed().stream()
                .filter(passed -> passed.theirs() != STANDARD_OUTPUT)
                .map(passed -> descriptors.get(passed.ours()))
                .filter(PipeWriter.class::isInstance)
                .map(file -> ((PipeWriter) file).pipe())
                .findFirst();
    }

    /// Whoever is told of sockets and of what it has stored has them, from 3 on.
    void requireHandover() {
        List<Integer> handed = order.passed().stream()
                .filter(passed -> descriptors.get(passed.ours()) instanceof Listener
                        || descriptors.get(passed.ours()) instanceof EventCounter)
                .map(PassedFd::theirs)
                .toList();
        Optional<String> told = variable("LISTEN_FDS");
        require(
                handed.equals(IntStream.range(FIRST_HANDED, FIRST_HANDED + handed.size())
                                .boxed()
                                .toList())
                        && told.equals(
                                handed.isEmpty() ? Optional.empty() : Optional.of(Integer.toString(handed.size()))),
                () -> "run is told " + told + " and has " + handed);
    }
}
