package dev.reeve.cli;

import dev.reeve.cli.outside.ClientFailure;
import dev.reeve.cli.outside.ControlClient;
import dev.reeve.cli.outside.ExitCode;
import dev.reeve.cli.outside.NameBatches;
import dev.reeve.cli.outside.Output;
import dev.reeve.cli.outside.ServiceNames;
import dev.reeve.protocol.Explanation;
import dev.reeve.protocol.ProtocolCodec;
import dev.reeve.protocol.Reply;
import dev.reeve.protocol.Request;
import java.time.Instant;
import java.util.List;

/// `why`: how it came that services are as they are.
final class WhyCommand extends ReeveCommand {

    private final Value<List<String>> names =
            with(Value.ofWords("0..*", "1..*", "NAME", "a service, or a pattern such as 'web-*'"));

    WhyCommand(ReeveClient reeve) {
        super(
                reeve,
                CommandName.WHY,
                "Tell why services are as they are: who asked for what, how they ended last, what comes next; with "
                        + "--json, one object a line.");
    }

    @Override
    public Integer call() throws ClientFailure {
        try (ControlClient client = reeve.connect()) {
            for (List<String> batch : NameBatches.of(ServiceNames.expand(client, names.or(List.of())))) {
                print(client.demand(id -> new Request.Why(id, batch), _ -> {}));
            }
            return ExitCode.DONE;
        }
    }

    private void print(Reply reply) throws ClientFailure {
        if (!(reply instanceof Reply.Explanations(long _, List<Explanation> explanations))) {
            throw ControlClient.unexpected();
        }
        for (Explanation explanation : explanations) {
            if (reeve.json()) {
                reeve.output().json(ProtocolCodec.encode(explanation));
                continue;
            }
            for (String line : WhyText.lines(explanation, Instant.now())) {
                reeve.output().line(Output.printable(line));
            }
        }
    }
}
