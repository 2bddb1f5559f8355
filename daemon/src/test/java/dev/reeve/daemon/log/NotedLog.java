package dev.reeve.daemon.log;

import java.util.Collection;

/// Keeps all that is said, in order; where several threads say it, in lines that they may add to.
public record NotedLog(Collection<String> lines) implements Log {
    @Override
    public void info(String message) {
        lines.add(message);
    }

    @Override
    public void audit(String message) {
        lines.add(message);
    }

    @Override
    public void warning(String message) {
        lines.add(message);
    }

    @Override
    public void bug(String message, Throwable cause) {
        lines.add("bug: " + message + ": " + cause);
    }
}
