package dev.reeve.daemon.process;

import dev.reeve.bridge.ErrnoException;
import dev.reeve.bridge.PipeEnd;
import dev.reeve.daemon.log.Log;
import dev.reeve.daemon.service.ServiceEvent.BecameReady;
import org.jspecify.annotations.Nullable;

/// Waits for the newline by which a process says that it is ready; what it writes before and after means nothing
/// (s6's servicedir.html).
final class ReadinessListener implements PipeEnd.Listener {
    /// Who has said so much without a newline is not about to say that it is ready.
    private static final int BYTES_MAX = 64 * 1024;

    private int bytesRead;
    private final ServiceProcess service;
    private final ProcessFacts facts;
    private final Log log;

    ReadinessListener(ServiceProcess service, ProcessFacts facts, Log log) {
        this.service = service;
        this.facts = facts;
        this.log = log;
    }

    @Override
    public void onBytes(byte[] bytes) {
        bytesRead += bytes.length;
        for (byte b : bytes) {
            if (b == '\n') {
                facts.happened(service.name(), new BecameReady());
                closePipe();
                return;
            }
        }
        if (bytesRead > BYTES_MAX) {
            log.warning("service " + service.name() + ": it wrote " + bytesRead + " bytes to its notification-fd and no"
                    + " newline; it is not listened to any more, and counts as starting until it is restarted");
            closePipe();
        }
    }

    /// Whoever held the other end will never say it.
    @Override
    public void onEnd() {
        service.readiness = null;
    }

    @Override
    public void onFailed(ErrnoException e) {
        log.warning("service " + service.name() + ": reading its readiness: " + e.getMessage());
        service.readiness = null;
    }

    private void closePipe() {
        @Nullable PipeEnd pipe = service.readiness;
        service.readiness = null;
        if (pipe != null) {
            pipe.close();
        }
    }
}
