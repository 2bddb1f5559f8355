package dev.reeve.daemon.s6;

/// The service's file `down` is to be there, or not: with it, the service is not started when it is found.
record DownFile(boolean exists) implements Delivery {
    @Override
    public String failure() {
        return "its file down cannot be " + (exists ? "made" : "removed") + ", which s6-svc asked for: ";
    }
}
