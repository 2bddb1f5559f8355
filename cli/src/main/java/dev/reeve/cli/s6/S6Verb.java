package dev.reeve.cli.s6;

import java.util.Optional;
import java.util.stream.Stream;

/// The commands of s6 that `reeve` knows too.
public enum S6Verb {
    SVC(
            "svc",
            "[ -wu | -wU | -wd | -wD | -wr | -wR ] [ -T timeout ] [ -s signal | -abqhkti12pcyrlPCK ] [ -oduDUxOQ ]"
                    + " servicedirs...",
            "send commands to services, letter by letter"),
    SVSTAT(
            "svstat",
            "[ -uwNrpgest | -o up,wantedup,normallyup,ready,paused,pid,pgid,exitcode,signal,signum,updownsince,"
                    + "readysince,updownfor,readyfor ] [ -n ] servicedir",
            "tell in one line how a service is"),
    SVOK("svok", "servicedir", "tell by the exit code whether a service is supervised"),
    SVWAIT(
            "svwait",
            "[ -U | -u | -d | -D | -r | -R ] [ -a | -o ] [ -t timeout ] servicedir...",
            "wait until services are up, ready, down or restarted"),
    SVLISTEN(
            "svlisten",
            "[ -U | -u | -d | -D | -r | -R ] [ -a | -o ] [ -t timeout ] servicedir... \"\" prog...",
            "listen to services, run a program, and wait for what becomes of them"),
    SVLISTEN1(
            "svlisten1",
            "[ -U | -u | -d | -D | -r | -R ] [ -t timeout ] servicedir prog...",
            "listen to one service, run a program, and wait for what becomes of it"),
    SVSCANCTL("svscanctl", "[ -zabhitqnN ] svscandir", "give orders about a whole scan directory"),
    SVLINK(
            "svlink",
            "[ -d | -D ] [ -f ] [ -P ] [ -t timeout ] scandir servicedir [ name ]",
            "link a service directory into a scan directory, and wait until it is supervised"),
    SVUNLINK(
            "svunlink",
            "[ -X ] [ -t timeout ] scandir servicename",
            "remove a service's link from a scan directory, and wait until it is supervised no more"),
    SVDT("svdt", "[ -S | -s ] [ -n maxentries ] servicedir", "tell when and how a service died"),
    SVDT_CLEAR("svdt-clear", "servicedir", "forget when and how a service died");

    private final String word;
    private final String synopsis;
    private final String summary;

    S6Verb(String word, String synopsis, String summary) {
        this.word = word;
        this.synopsis = synopsis;
        this.summary = summary;
    }

    public static Optional<S6Verb> of(String word) {
        return Stream.of(values()).filter(verb -> verb.word.equals(word)).findFirst();
    }

    /// As one types it behind `reeve`.
    public String word() {
        return word;
    }

    /// What it does, for the help.
    public String summary() {
        return summary;
    }

    /// What s6 calls it, and it calls itself when it complains: whoever reads that knows these names.
    String program() {
        return "s6-" + word;
    }

    /// Its options and operands.
    String synopsis() {
        return synopsis;
    }

    String usage() {
        return program() + " " + synopsis;
    }
}
