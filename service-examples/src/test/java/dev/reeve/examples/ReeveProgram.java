package dev.reeve.examples;

import dev.reeve.daemon.scenario.RunningDaemon;
import dev.reeve.protocol.DaemonMessage;
import dev.reeve.protocol.ProtocolCodec;
import dev.reeve.protocol.Reply;
import dev.reeve.protocol.ServiceStatus;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// The client as users start it, `bin/reeve`, talking to the daemon that listens on `socket`.
record ReeveProgram(Path socket) {

    static ReeveProgram of(RunningDaemon daemon) {
        return new ReeveProgram(daemon.socket());
    }

    Command run(String... arguments) {
        return Command.run(words(arguments), environment());
    }

    /// Starts it and leaves it running, its errors among what it writes.
    Process start(String... arguments) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(words(arguments)).redirectErrorStream(true);
        builder.environment().putAll(environment());
        return builder.start();
    }

    /// Starts it and leaves it running, behind a command that it is an argument of; what is written goes to the
    /// file.
    Process startInto(Path out, List<String> prefix, String... arguments) throws IOException {
        List<String> command =
                Stream.concat(prefix.stream(), words(arguments).stream()).toList();
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(out.toFile());
        builder.environment().putAll(environment());
        return builder.start();
    }

    /// What `reeve status --json` says of a service.
    ServiceStatus status(String service) {
        return services(run("status", "--json", service).endsWith(0)).getFirst();
    }

    /// The services that a command printed with `--json`, one a line.
    static List<ServiceStatus> services(Command command) {
        return command.lines().stream().map(ReeveProgram::service).toList();
    }

    private static ServiceStatus service(String line) {
        byte[] reply =
                ("{\"id\":1,\"ok\":true,\"sequence\":0,\"services\":[" + line + "]}").getBytes(StandardCharsets.UTF_8);
        return switch (ProtocolCodec.decodeMessage(reply, 0, reply.length)) {
            case Reply.Services services -> services.services().getFirst();
            case DaemonMessage other -> throw new AssertionError(line + ": " + other);
        };
    }

    private Map<String, String> environment() {
        return Map.of("REEVE_SOCKET", socket.toString());
    }

    private static List<String> words(String... arguments) {
        return Stream.concat(Stream.of(Example.HOME.resolve("bin/reeve").toString()), Stream.of(arguments))
                .toList();
    }
}
