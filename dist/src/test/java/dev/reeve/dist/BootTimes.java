package dev.reeve.dist;

import java.util.List;

/// How long a machine took: from the moment when the kernel executes /sbin/init to a longrun and to a login prompt, and
/// from
/// `poweroff` to the kernel's last words.
record BootTimes(String init, long handOver, long longrun, long login, long poweroff, long powerDown) {

    static String table(List<BootTimes> all) {
        StringBuilder table = new StringBuilder("""
                milliseconds  init to longrun  init to login  poweroff to power down
                """);
        for (BootTimes times : all) {
            table.append("%-12s %16d %14d %23d%n"
                    .formatted(
                            times.init,
                            millis(times.handOver, times.longrun),
                            millis(times.handOver, times.login),
                            millis(times.poweroff, times.powerDown)));
        }
        return table.toString();
    }

    private static long millis(long from, long to) {
        return Math.round((to - from) / 1e6);
    }
}
