package dev.reeve.daemon.service;

import java.nio.charset.StandardCharsets;

/// The name of a service: that of its directory. One word of a path, at most 251 bytes (s6-svscan's limit), not
/// beginning with a dot.
public record ServiceName(String text) implements Comparable<ServiceName> {
    private static final int BYTES_MAX = 251;

    public ServiceName {
        if (!isValid(text)) {
            throw new IllegalArgumentException("not a service name: " + text);
        }
    }

    /// Whether a service may have this name.
    public static boolean isValid(String text) {
        return !text.isEmpty()
                && !text.startsWith(".")
                && text.indexOf('/') < 0
                && text.chars().noneMatch(Character::isISOControl)
                && text.getBytes(StandardCharsets.UTF_8).length <= BYTES_MAX;
    }

    @Override
    public int compareTo(ServiceName other) {
        return text.compareTo(other.text);
    }

    @Override
    public String toString() {
        return text;
    }
}
