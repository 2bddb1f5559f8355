package dev.reeve.cli;

import dev.reeve.cli.outside.ClientFailure;
import dev.reeve.cli.outside.ControlClient;
import dev.reeve.cli.outside.ExitCode;
import dev.reeve.cli.outside.Output;
import dev.reeve.protocol.Notice;
import dev.reeve.protocol.ProtocolCodec;
import dev.reeve.protocol.ReeveVersion;
import org.jspecify.annotations.Nullable;

/// `version`: the client's, and the daemon's if one answers.
final class VersionCommand extends ReeveCommand {

    VersionCommand(ReeveClient reeve) {
        super(
                reeve,
                CommandName.VERSION,
                "Tell the version of this client, and of the daemon if one answers; with --json, the daemon's greeting "
                        + "on a second line.");
    }

    @Override
    public Integer call() throws ClientFailure {
        Notice.Greeting daemon = daemon();
        if (reeve.json()) {
            reeve.output().json(ProtocolCodec.encode(ReeveVersion.CURRENT));
            if (daemon != null) {
                reeve.output().json(ProtocolCodec.encode(daemon));
            }
            return ExitCode.DONE;
        }
        reeve.output().line("reeve " + ReeveVersion.CURRENT);
        reeve.output()
                .line(
                        daemon == null
                                ? "reeved: none answers"
                                : "reeved " + Output.printable(daemon.version()) + ", pid " + daemon.pid());
        return ExitCode.DONE;
    }

    private Notice.@Nullable Greeting daemon() {
        try (ControlClient client = reeve.connect()) {
            return client.greeting();
        } catch (ClientFailure e) {
            return null;
        }
    }
}
