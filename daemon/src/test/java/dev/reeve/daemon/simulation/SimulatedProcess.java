package dev.reeve.daemon.simulation;

import dev.reeve.bridge.Kernel.ChildEnd;
import dev.reeve.daemon.simulation.OpenFile.NotifySocket;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A child of the daemon. `owner` is the service whose `program` it is.
final class SimulatedProcess {
    final int pid;
    final String owner;
    final Program program;

    /// The ends of pipes that it holds.
    final List<SimulatedPipe> holds = new ArrayList<>();

    /// Where it says how it is, if it does.
    Optional<NotifySocket> says = Optional.empty();

    /// It does not end when it is asked to.
    final boolean stubborn;

    /// Its spawner has come home.
    boolean reported;

    /// It was sent a signal that asks it to end.
    boolean asked;

    /// It was sent a SIGKILL.
    boolean killed;

    boolean reaped;

    /// How it ended, and when.
    Optional<ChildEnd> end = Optional.empty();

    long endedAt;

    SimulatedProcess(int pid, String owner, Program program, boolean stubborn) {
        this.pid = pid;
        this.owner = owner;
        this.program = program;
        this.stubborn = stubborn;
    }

    /// What it executes. An orphan is a descendant of some service, whose parent has ended.
    enum Program {
        RUN,
        FINISH,
        ORPHAN
    }

    boolean isAlive() {
        return end.isEmpty();
    }

    @Override
    public String toString() {
        return program + " of " + owner + " (pid " + pid + (isAlive() ? "" : ", ended") + (killed ? ", killed" : "")
                + (reported ? ")" : ", not reported yet)");
    }
}
