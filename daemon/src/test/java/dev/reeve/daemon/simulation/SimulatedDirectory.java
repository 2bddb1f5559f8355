package dev.reeve.daemon.simulation;

import dev.reeve.bridge.Kernel.FileStatus;
import java.util.Map;
import java.util.TreeMap;

/// A service directory, or one in it. The files change now and then. `name` is that by which it was made, and no
/// other's: in the scan directory it may be called otherwise by now.
final class SimulatedDirectory {
    final String name;
    final Map<String, String> files = new TreeMap<>();
    final Map<String, SimulatedDirectory> directories = new TreeMap<>();

    SimulatedDirectory(String name) {
        this.name = name;
    }

    FileStatus status() {
        return new FileStatus(1, name.hashCode(), FileStatus.Kind.DIRECTORY, 0755, 0);
    }

    /// The directory in this one, made where there is none; a logger's name is that of its path.
    SimulatedDirectory directory(String entry) {
        return directories.computeIfAbsent(entry, _ -> new SimulatedDirectory(name + "/" + entry));
    }

    SimulatedDirectory with(String file, String text) {
        files.put(file, text);
        return this;
    }

    /// Someone edits the files.
    void change(Weather weather) {
        put("run", weather.chance(0.95) ? "#!/bin/sh\n" : "");
        put("down", weather.chance(0.1) ? "\n" : "");
        put("finish", weather.chance(0.6) ? "#!/bin/sh\n" : "");
        boolean isHanded = weather.chance(0.1);
        put("notification-fd", notificationFd(isHanded, weather));
        put("fd-store", isHanded ? weather.oneOf("", "1\n", "2\n", "many\n") : "");
        directory("listen").put("socket", isHanded ? socket(weather) : "");
        put("notify-socket", weather.oneOf("", "", "all\n", "main\n", "everybody\n"));
        put("watchdog", weather.oneOf("", "", "3000\n", "20000\n", "soon\n"));
        put("timeout-kill", weather.oneOf("", "0", "1\n", "10\n", "100\n", "300\n", "1000\n", "5000\n", "never\n"));
        put("timeout-finish", weather.oneOf("", "0", "1\n", "10\n", "100\n", "2000\n"));
        put("flag-timeout-killpg", weather.chance(0.3) ? "\n" : "");
        put("restart", weather.oneOf("", "", "", "always\n", "on-failure\n", "never\n"));
        put("restart-delay", weather.oneOf("", "", "100\n", "3000\n", "soon\n"));
        put("restart-delay-max", weather.oneOf("", "", "50\n", "10000\n"));
        put("restart-limit", weather.oneOf("", "", "", "3/20\n", "1/1\n", "0/0\n"));
        put("reload-signal", weather.oneOf("", "USR1\n", "CONT\n", "louder\n"));
        put("down-signal", weather.oneOf("", "", "INT\n", "SIGKILL\n", "none\n"));
    }

    /// Those of sockets and of what is stored begin at 3.
    private static String notificationFd(boolean isHanded, Weather weather) {
        return isHanded
                ? weather.oneOf("", "7", "9\n", "5\n", "3\n")
                : weather.oneOf("", "3\n", "3\n", "3\n", "3\n", "7", "9\n", "0\n", "x\n");
    }

    /// Another service may have the same one.
    private String socket(Weather weather) {
        String itsOwn = "unix:/run/" + name + "\n";
        return weather.oneOf(itsOwn, itsOwn, itsOwn + "mode 0666\n", "udp:127.0.0.1:53\n", "udp:localhost:53\n");
    }

    private void put(String file, String text) {
        if (text.isEmpty()) {
            files.remove(file);
            return;
        }
        files.put(file, text);
    }
}
