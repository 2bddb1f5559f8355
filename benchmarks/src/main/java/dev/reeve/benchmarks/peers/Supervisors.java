package dev.reeve.benchmarks.peers;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// The supervisors that are compared.
final class Supervisors {
    static final String FLOOR = "floor";
    static final String REEVE = "reeve";
    static final String S6 = "s6";

    /// What a variant's name ends in that makes none of s6's files.
    static final String NO_S6_FILES = ":no-s6-files";

    private static final int SIGHUP = 1;
    private static final int SIGTERM = 15;

    /// The source says so (SERVICES in svscan.c, MAXSERVICES in runsvdir.c).
    private static final int DAEMONTOOLS_MAX = 1_000;

    private static final int RUNIT_MAX = 1_000;

    /// It would take more, but minutes to start them.
    private static final int SUPERVISOR_MAX = 1_000;

    /// What reeve holds open for a service, with s6's files and without, and for itself.
    private static final int DESCRIPTORS_A_SERVICE = 8;

    private static final int DESCRIPTORS_WITHOUT_S6_FILES = 3;
    private static final int OWN_DESCRIPTORS = 100;

    private Supervisors() {}

    /// reeve of this tree, whose daemon is started from that one.
    static Supervisor reeve(String name, Path home, Path daemonHome, String... options) throws IOException {
        int each = name.endsWith(NO_S6_FILES) ? DESCRIPTORS_WITHOUT_S6_FILES : DESCRIPTORS_A_SERVICE;
        String client = home.resolve("bin/reeve").toString();
        return new Supervisor(
                        name,
                        "sh",
                        "dash",
                        SIGTERM,
                        stage -> Stream.concat(
                                        Stream.of(
                                                daemonHome.resolve("bin/reeved").toString(),
                                                "--scan",
                                                stage.scan().toString(),
                                                "--run",
                                                stage.directory().toString()),
                                        Stream.of(options))
                                .toList())
                .shownBy((_, service) -> List.of(client, "status", service), (_, _) -> List.of(client, "status"))
                .rescanning(new Supervisor.Rescan(
                        stage -> new ControlConnection(stage.file("control.sock")).channel(),
                        "{\"id\":1,\"op\":\"rescan\"}\n"))
                .upTo((Machine.descriptorsMax() - OWN_DESCRIPTORS) / each);
    }

    static Supervisor floor(WorkDirectory work) {
        return new Supervisor(
                FLOOR, "gcc", "gcc", SIGTERM, _ -> List.of(work.program("floor").toString()));
    }

    static List<Supervisor> peers() {
        return List.of(s6(), runit(), daemontools(), supervisor());
    }

    private static Supervisor s6() {
        return new Supervisor(
                        S6,
                        "s6-svscan",
                        "s6",
                        SIGTERM,
                        stage -> List.of(
                                "s6-svscan",
                                "-c",
                                Integer.toString(stage.services().size() + 100),
                                stage.scan().toString()))
                .shownBy(
                        (_, service) -> List.of("s6-svstat", service),
                        (_, _) -> List.of("sh", "-c", "for service in *; do s6-svstat $service; done"))
                .rescanning(new Supervisor.Rescan(Supervisors::svscanControl, "a"));
    }

    /// Opening a fifo for writing waits for its reader, but only once it has been made.
    private static FileChannel svscanControl(Stage stage) throws IOException {
        return FileChannel.open(stage.scan().resolve(".s6-svscan/control"), StandardOpenOption.WRITE);
    }

    private static Supervisor runit() {
        return new Supervisor(
                        "runit",
                        "runsvdir",
                        "runit",
                        SIGHUP,
                        stage -> List.of("runsvdir", stage.scan().toString()))
                .shownBy(
                        (_, service) -> List.of("sv", "status", "./" + service),
                        (_, _) -> List.of("sh", "-c", "sv status ./*"))
                .upTo(RUNIT_MAX);
    }

    /// svscan lets its supervise processes go on, which `svc -dx` ends.
    private static Supervisor daemontools() {
        return new Supervisor(
                        "daemontools",
                        "svscan",
                        "daemontools",
                        SIGTERM,
                        stage -> List.of("svscan", stage.scan().toString()))
                .stoppedBy((stage, _) -> Stream.concat(
                                Stream.of("svc", "-dx"),
                                stage.services().stream()
                                        .map(name -> stage.service(name).toString()))
                        .toList())
                .shownBy((_, service) -> List.of("svstat", service), (_, _) -> List.of("sh", "-c", "svstat *"))
                .upTo(DAEMONTOOLS_MAX);
    }

    private static Supervisor supervisor() {
        return new Supervisor(
                        "supervisor",
                        "supervisord",
                        "supervisor",
                        SIGTERM,
                        stage -> List.of(
                                "supervisord",
                                "--nodaemon",
                                "--configuration",
                                supervisordConfiguration(stage).toString()))
                .shownBy(
                        (stage, service) -> supervisorctl(stage, "status", service),
                        (stage, _) -> supervisorctl(stage, "status"))
                .upTo(SUPERVISOR_MAX);
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
