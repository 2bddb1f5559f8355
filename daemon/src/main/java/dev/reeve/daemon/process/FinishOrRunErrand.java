package dev.reeve.daemon.process;

import java.util.function.Consumer;

/// Executes a service's `finish`, or, where it has none, its `run`: the loop is told so on the way, since the disk may
/// keep `run` waiting, and at the latest with what comes of it.
final class FinishOrRunErrand implements Errand {
    private final FinishErrand finish;
    private final RunErrand run;
    private final Consumer<Runnable> mention;
    private final Runnable runFollows;
    private volatile boolean runs;

    /// Belongs to the loop's thread.
    private boolean isTold;

    /// `mention` is [Spawners#mention], and `runFollows` tells it, on the loop's thread.
    FinishOrRunErrand(FinishErrand finish, RunErrand run, Consumer<Runnable> mention, Runnable runFollows) {
        this.finish = finish;
        this.run = run;
        this.mention = mention;
        this.runFollows = runFollows;
    }

    @Override
    public Runnable run() {
        if (finish.isThere()) {
            return finish.run();
        }
        mention.accept(this::tell);
        runs = true;
        Runnable outcome = run.run();
        return () -> comingHome(outcome);
    }

    @Override
    public void failed(Throwable cause) {
        if (runs) {
            comingHome(() -> run.failed(cause));
        } else {
            finish.failed(cause);
        }
    }

    /// What comes of `run` must not be lost, whatever comes between.
    private void comingHome(Runnable outcome) {
        try {
            tell();
        } finally {
            outcome.run();
        }
    }

    private void tell() {
        if (!isTold) {
            runFollows.run();
            isTold = true;
        }
    }
}
