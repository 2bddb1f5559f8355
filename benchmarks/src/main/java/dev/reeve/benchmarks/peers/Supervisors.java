package dev.reeve.benchmarks.peers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// The supervisors that are compared.
final class Supervisors {
    static final String FLOOR = "floor";

    private static final int SIGHUP = 1;
    private static final int SIGTERM = 15;

    private Supervisors() {}

    /// reeve as built in this tree.
    static Supervisor reeve(String name, Path home) {
        String daemon = home.resolve("bin/reeved").toString();
        String client = home.resolve("bin/reeve").toString();
        return new Supervisor(
                name,
                "sh",
                "dash",
                stage -> List.of(
                        daemon,
                        "--scan",
                        stage.scan().toString(),
                        "--run",
                        stage.directory().toString()),
                SIGTERM,
                Optional.empty(),
                Optional.of(new Supervisor.Status(
                        (_, service) -> List.of(client, "status", service), (_, _) -> List.of(client, "status"))));
    }

    static Supervisor floor(WorkDirectory work) {
        return new Supervisor(
                FLOOR,
                "gcc",
                "gcc",
                _ -> List.of(work.program("floor").toString()),
                SIGTERM,
                Optional.empty(),
                Optional.empty());
    }

    static List<Supervisor> peers() {
        return List.of(s6(), runit(), daemontools(), supervisor());
    }

    private static Supervisor s6() {
        return new Supervisor(
                "s6",
                "s6-svscan",
                "s6",
                stage -> List.of(
                        "s6-svscan",
                        "-c",
                        Integer.toString(stage.services().size() + 100),
                        stage.scan().toString()),
                SIGTERM,
                Optional.empty(),
                Optional.of(new Supervisor.Status(
                        (_, service) -> List.of("s6-svstat", service),
                        (_, _) -> List.of("sh", "-c", "for service in *; do s6-svstat $service; done"))));
    }

    private static Supervisor runit() {
        return new Supervisor(
                "runit",
                "runsvdir",
                "runit",
                stage -> List.of("runsvdir", stage.scan().toString()),
                SIGHUP,
                Optional.empty(),
                Optional.of(new Supervisor.Status(
                        (_, service) -> List.of("sv", "status", "./" + service),
                        (_, _) -> List.of("sh", "-c", "sv status ./*"))));
    }

    /// svscan lets its supervise processes go on, which `svc -dx` ends.
    private static Supervisor daemontools() {
        return new Supervisor(
                "daemontools",
                "svscan",
                "daemontools",
                stage -> List.of("svscan", stage.scan().toString()),
                SIGTERM,
                Optional.of((stage, _) -> Stream.concat(
                                Stream.of("svc", "-dx"),
                                stage.services().stream()
                                        .map(name -> stage.service(name).toString()))
                        .toList()),
                Optional.of(new Supervisor.Status(
                        (_, service) -> List.of("svstat", service), (_, _) -> List.of("sh", "-c", "svstat *"))));
    }

    private static Supervisor supervisor() {
        return new Supervisor(
                "supervisor",
                "supervisord",
                "supervisor",
                stage -> List.of(
                        "supervisord",
                        "--nodaemon",
                        "--configuration",
                        supervisordConfiguration(stage).toString()),
                SIGTERM,
                Optional.empty(),
                Optional.of(new Supervisor.Status(
                        (stage, service) -> supervisorctl(stage, "status", service),
                        (stage, _) -> supervisorctl(stage, "status"))));
    }

    private static List<String> supervisorctl(Stage stage, String... words) {
        List<String> command = new ArrayList<>(List.of(
                "supervisorctl",
                "--configuration",
                stage.file("supervisord.conf").toString()));
        command.addAll(List.of(words));
        return command;
    }

    private static Path supervisordConfiguration(Stage stage) throws IOException {
        List<String> lines = new ArrayList<>();
        lines.addAll(List.of(
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
        return Files.write(stage.file("supervisord.conf"), lines);
    }
}
