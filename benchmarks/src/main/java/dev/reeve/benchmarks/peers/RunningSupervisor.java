package dev.reeve.benchmarks.peers;

import dev.reeve.bridge.ErrnoException;
import java.io.IOException;
import java.nio.file.Path;

/// A supervisor at work in a directory of its own, for benchmarks that measure one thing of it.
public final class RunningSupervisor implements AutoCloseable {
    private final WorkDirectory work;
    private final Supervision supervision;
    private Samples stamped = new Samples();

    /// What its services are like: whether they say that they are ready, and whether they have a `finish`.
    public enum Services {
        PLAIN(Stage.Kind.QUIET),
        READY(Stage.Kind.ANNOUNCING),
        FINISH(Stage.Kind.FINISHING),
        READY_AND_FINISH(Stage.Kind.ANNOUNCING_AND_FINISHING);

        private final Stage.Kind kind;

        Services(Stage.Kind kind) {
            this.kind = kind;
        }
    }

    /// Starts `reeve` or `floor` on so many services, and waits until all have come up.
    public RunningSupervisor(String name, int services) throws IOException {
        this(name, services, Services.PLAIN);
    }

    public RunningSupervisor(String name, int services, Services like) throws IOException {
        work = new WorkDirectory();
        try {
            Supervisor supervisor = name.equals(Supervisors.FLOOR) ? new Floor(work) : reeve(name, services);
            supervision = new Supervision(supervisor, Stage.build(work, services, like.kind));
            supervision.awaitStarted();
        } catch (IOException e) {
            work.close();
            throw e;
        }
    }

    /// Without s6's files where there are too few descriptors for them.
    private static Supervisor reeve(String name, int services) throws IOException {
        Path home = Path.of(System.getProperty("reeve.home", "."));
        Supervisor reeve = new Reeve(name, home, home);
        if (services <= reeve.servicesMax()) {
            return reeve;
        }
        System.err.printf(
                "%s makes no s6 files: with them, the %d descriptors that it may have are enough for %d services%n",
                name, Machine.descriptorsMax(), reeve.servicesMax());
        return new Reeve(name + Supervisors.NO_S6_FILES, home, home);
    }

    /// The control socket, where it has one.
    public Path socket() {
        return supervision.stage().file("control.sock");
    }

    /// The name of one of its services.
    public String service(int number) {
        return supervision.stage().services().get(number);
    }

    /// Waits until the next service may be killed.
    public void awaitTurn() {
        supervision.awaitTurn();
    }

    /// Kills it, and waits until it runs again.
    public void restart() throws IOException, ErrnoException {
        stamped.add(supervision.restart() / 1e3);
    }

    /// What the restarts since the last call have taken to the first instruction of the new process, in words.
    public String stamped() {
        Samples measured = stamped;
        stamped = new Samples();
        return "to the first instruction, us: median %.0f, p99 %.0f, max %.0f of %d"
                .formatted(measured.median(), measured.quantile(0.99), measured.max(), measured.count());
    }

    @Override
    public void close() throws IOException {
        supervision.close();
        work.close();
    }
}
