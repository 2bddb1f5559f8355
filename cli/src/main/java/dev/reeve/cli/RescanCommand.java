package dev.reeve.cli;

import dev.reeve.cli.outside.ClientFailure;
import dev.reeve.cli.outside.ControlClient;
import dev.reeve.cli.outside.ExitCode;
import dev.reeve.cli.outside.Output;
import dev.reeve.protocol.ProtocolCodec;
import dev.reeve.protocol.Reply;
import dev.reeve.protocol.Request;
import dev.reeve.protocol.ScanResult;
import java.util.List;
import java.util.stream.Stream;

/// `rescan`: the scan directory is read again.
final class RescanCommand extends ReeveCommand {

    RescanCommand(ReeveClient reeve) {
        super(
                reeve,
                CommandName.RESCAN,
                "Have the daemon read its scan directory again, and print what came of it: new services are taken up, "
                        + "those whose directories are gone are stopped and forgotten, and renamed ones go on under "
                        + "their new names.");
    }

    @Override
    public Integer call() throws ClientFailure {
        try (ControlClient client = reeve.connect()) {
            if (!(client.demand(Request.Rescan::new, _ -> {}) instanceof Reply.Scanned(long _, ScanResult scan))) {
                throw ControlClient.unexpected();
            }
            if (reeve.json()) {
                reeve.output().json(ProtocolCodec.encode(scan));
            } else {
                for (String line : lines(scan)) {
                    reeve.output().line(Output.printable(line));
                }
            }
            return ExitCode.DONE;
        }
    }

    private static List<String> lines(ScanResult scan) {
        List<String> lines = Stream.of(
                        scan.found().stream().map(name -> name + " is new"),
                        scan.gone().stream().map(name -> name + " is gone: it is stopped, and forgotten then"),
                        scan.renamed().entrySet().stream()
                                .map(names -> names.getKey() + " is called " + names.getValue() + " now"),
                        scan.problems().stream())
                .flatMap(line -> line)
                .toList();
        return lines.isEmpty() ? List.of("nothing has changed") : lines;
    }
}
