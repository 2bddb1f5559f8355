package dev.reeve.daemon.s6;

import dev.reeve.daemon.log.Log;
import dev.reeve.daemon.process.Errand;
import dev.reeve.daemon.service.ServiceName;

/// Writes what waits for s6's clients: directories lie on disks, which may be slow.
record AnnounceErrand(ServiceName name, Outbox outbox, Log log, Runnable homecoming) implements Errand {
    @Override
    public Runnable run() {
        boolean comesHome = outbox.carryOut(problem -> log.warning("service " + name + ": " + problem));
        return comesHome ? homecoming : NOTHING_TO_TELL;
    }

    @Override
    public void failed(Throwable cause) {
        log.bug("telling s6's clients of service " + name, cause);
        outbox.errandFailed();
        homecoming.run();
    }
}
