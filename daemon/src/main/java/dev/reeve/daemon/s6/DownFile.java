package dev.reeve.daemon.s6;

import dev.reeve.daemon.process.DownFileErrand;

/// The service's file `down` is to be there, or not: with it, the service is not started when it is found.
record DownFile(boolean isKept) implements Delivery {
    @Override
    public String failure() {
        return DownFileErrand.failure(isKept);
    }
}
