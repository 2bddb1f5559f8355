package dev.reeve.daemon.service;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// The name of a service: that of its directory. One word of a path, at most 255 bytes (as file
/// systems have it), not beginning with a dot.
///
/// The logger of a service has its name with `/log` behind it, which no other service has.
public record ServiceName(String text) implements Comparable<ServiceName> {
    /// The service that reads what all others say who have no logger. It ends last, s6-svscan.html.
    public static final ServiceName CATCH_ALL_LOGGER = new ServiceName("s6-svscan-log");

    private static final String LOGGER = "/log";
    private static final int BYTES_MAX = 255;

    public ServiceName {
        if (!isValid(text)) {
            throw new IllegalArgumentException("not a service name: " + text);
        }
    }

    /// Whether a service may have this name.
    public static boolean isValid(String text) {
        return isWord(text.endsWith(LOGGER) ? text.substring(0, text.length() - LOGGER.length()) : text);
    }

    /// The name of this service's logger, if it has one. A logger has none.
    public ServiceName logger() {
        return new ServiceName(text + LOGGER);
    }

    /// Whose output this service reads, if it is a logger.
    public Optional<ServiceName> producer() {
        return text.endsWith(LOGGER)
                ? Optional.of(new ServiceName(text.substring(0, text.length() - LOGGER.length())))
                : Optional.empty();
    }

    private static boolean isWord(String text) {
        return !text.isEmpty()
                && !text.startsWith(".")
                && text.indexOf('/') < 0
                && !hasControlCharacter(text)
                && text.getBytes(StandardCharsets.UTF_8).length <= BYTES_MAX;
    }

    private static boolean hasControlCharacter(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isISOControl(text.charAt(i))) {
                return true;
            }
        }
        return false;
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
