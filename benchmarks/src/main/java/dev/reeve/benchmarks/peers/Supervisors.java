package dev.reeve.benchmarks.peers;

import java.util.List;

/// The supervisors that are compared, by the names that results have them under.
final class Supervisors {
    static final String FLOOR = "floor";
    static final String REEVE = "reeve";
    static final String S6 = "s6";

    /// What a variant's name ends in that makes none of s6's files.
    static final String NO_S6_FILES = ":no-s6-files";

    private Supervisors() {}

    static List<Supervisor> peers() {
        return List.of(new S6(), new Runit(), new Daemontools(), new Supervisord());
    }
}
