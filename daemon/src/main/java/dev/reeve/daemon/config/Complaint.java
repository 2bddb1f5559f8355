package dev.reeve.daemon.config;

/// Something wrong with a service's file, as a sentence: what it says, what would be right, and what is done
/// instead.
public record Complaint(String file, String reason) {
    @Override
    public String toString() {
        return file + ": " + reason;
    }
}
