package dev.reeve.benchmarks.peers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// supervisor, which has its services in a configuration file.
final class Supervisord extends Supervisor {
    /// It would take more, but minutes to start them.
    private static final int SERVICES_MAX = 1_000;

    Supervisord() {
        super("supervisor", "supervisord", "supervisor");
    }

    @Override
    List<String> start(Stage stage) throws IOException {
        return List.of(
                "supervisord",
                "--nodaemon",
                "--configuration",
                Files.write(configuration(stage), settings(stage)).toString());
    }

    @Override
    List<String> status(Stage stage, String service) {
        return List.of("supervisorctl", "--configuration", configuration(stage).toString(), "status", service);
    }

    @Override
    List<String> statusOfAll(Stage stage) {
        return List.of("supervisorctl", "--configuration", configuration(stage).toString(), "status");
    }

    @Override
    int servicesMax() {
        return SERVICES_MAX;
    }

    private static Path configuration(Stage stage) {
        return stage.file("supervisord.conf");
    }

    private static List<String> settings(Stage stage) {
        List<String> lines = new ArrayList<>(List.of(
                "[supervisord]",
                "minfds=16384",
                "logfile=/dev/null",
                "logfile_maxbytes=0",
                "pidfile=" + stage.file("supervisord.pid"),
                "[unix_http_server]",
                "file=" + stage.file("supervisord.sock"),
                "[rpcinterface:supervisor]",
                "supervisor.rpcinterface_factory=supervisor.rpcinterface:make_main_rpcinterface",
                "[supervisorctl]",
                "serverurl=unix://" + stage.file("supervisord.sock")));
        for (String name : stage.services()) {
            lines.addAll(List.of(
                    "[program:" + name + "]",
                    "command=" + stage.service(name).resolve("run"),
                    "directory=" + stage.service(name),
                    "autorestart=true",
                    "stdout_logfile=NONE",
                    "stderr_logfile=NONE"));
        }
        return lines;
    }
}
