package dev.reeve.cli;

import dev.reeve.cli.outside.ClientFailure;
import dev.reeve.cli.outside.ControlClient;
import dev.reeve.cli.outside.ExitCode;
import dev.reeve.cli.outside.Output;
import dev.reeve.protocol.DebugTopic;
import dev.reeve.protocol.ProtocolCodec;
import dev.reeve.protocol.Reply;
import dev.reeve.protocol.Request;
import dev.reeve.protocol.ThreadTrace;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.stream.Stream;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// `debug`: the daemon's inside.
final class DebugCommand extends ReeveCommand {

    private final Value<DebugTopic> topic = with(
            Value.ofWord("1", "TOPIC", DebugTopic.class, "threads, loop, memory or descriptors", new TopicConverter()));

    private static final class TopicConverter implements ITypeConverter<DebugTopic> {
        @Override
        public DebugTopic convert(String text) {
            return Stream.of(DebugTopic.values())
                    .filter(topic -> topic.name().equalsIgnoreCase(text))
                    .findFirst()
                    .orElseThrow(() -> new TypeConversionException(
                            "'" + text + "' is no topic: choose threads, loop, memory or descriptors"));
        }
    }

    DebugCommand(ReeveClient reeve) {
        super(
                reeve,
                CommandName.DEBUG,
                "Look into the daemon: its threads and where they are, its loop, its memory, its descriptors; with "
                        + "--json, one object, or one a thread.");
    }

    @Override
    public Integer call() throws ClientFailure {
        try (ControlClient client = reeve.connect()) {
            switch (client.demand(id -> new Request.Debug(id, topic.or(DebugTopic.LOOP)), _ -> {})) {
                case Reply.Figures(long _, SequencedMap<String, Long> figures) -> print(figures);
                case Reply.Threads(long _, List<ThreadTrace> threads) -> print(threads);
                case Reply.Accepted _,
                        Reply.Refused _,
                        Reply.Services _,
                        Reply.Explanations _,
                        Reply.Scanned _,
                        Reply.Version _ -> throw ControlClient.unexpected();
            }
            return ExitCode.DONE;
        }
    }

    private void print(SequencedMap<String, Long> figures) throws ClientFailure {
        if (reeve.json()) {
            reeve.output().json(ProtocolCodec.encode(figures));
            return;
        }
        int width = figures.keySet().stream().mapToInt(String::length).max().orElse(0);
        for (Map.Entry<String, Long> figure : figures.entrySet()) {
            String name = Output.printable(figure.getKey());
            reeve.output().line(name + " ".repeat(width - figure.getKey().length() + 2) + figure.getValue());
        }
    }

    private void print(List<ThreadTrace> threads) throws ClientFailure {
        for (ThreadTrace thread : threads) {
            if (reeve.json()) {
                reeve.output().json(ProtocolCodec.encode(thread));
                continue;
            }
            reeve.output().line(Output.printable(thread.name() + ", " + thread.state()));
            for (String frame : thread.stack()) {
                reeve.output().line("    at " + Output.printable(frame));
            }
        }
    }
}
