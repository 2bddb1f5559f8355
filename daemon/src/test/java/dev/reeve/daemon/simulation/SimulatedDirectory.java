package dev.reeve.daemon.simulation;

import java.util.Map;
import java.util.TreeMap;

/// A service directory, whose files change now and then.
final class SimulatedDirectory {
    final String name;
    final Map<String, String> files = new TreeMap<>();

    SimulatedDirectory(String name) {
        this.name = name;
    }

    /// Someone edits the files.
    void change(Weather weather) {
        put("run", weather.chance(0.95) ? "#!/bin/sh\n" : "");
        put("down", weather.chance(0.1) ? "\n" : "");
        put("finish", weather.chance(0.6) ? "#!/bin/sh\n" : "");
        put("notification-fd", weather.oneOf("", "3\n", "3\n", "3\n", "3\n", "7", "9\n", "0\n", "x\n"));
        put("timeout-kill", weather.oneOf("", "0", "1\n", "10\n", "100\n", "300\n", "1000\n", "5000\n", "never\n"));
        put("timeout-finish", weather.oneOf("", "0", "1\n", "10\n", "100\n", "2000\n"));
        put("down-signal", weather.oneOf("", "", "INT\n", "SIGKILL\n", "none\n"));
    }

    private void put(String file, String text) {
        if (text.isEmpty()) {
            files.remove(file);
            return;
        }
        files.put(file, text);
    }
}
