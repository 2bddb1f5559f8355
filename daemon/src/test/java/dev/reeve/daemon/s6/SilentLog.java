package dev.reeve.daemon.s6;

import dev.reeve.daemon.log.Log;

/// Nobody reads it.
final class SilentLog implements Log {
    @Override
    public void info(String message) {}

    @Override
    public void warning(String message) {}

    @Override
    public void bug(String message, Throwable cause) {
        throw new AssertionError(message, cause);
    }

    @Override
    public void audit(String message) {}
}
