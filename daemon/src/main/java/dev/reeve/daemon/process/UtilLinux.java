package dev.reeve.daemon.process;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// A program of util-linux that takes on for a service what the daemon cannot: the distribution's own where it
/// carries one beside its libc, since one of a busybox's by the same name knows too little; else the machine's.
///
/// `file` is where it is, or should be; `words` are those that a command begins with which is executed through it.
record UtilLinux(String file, List<String> words) {
    /// Limits belong to a process as a whole, so the daemon cannot take them on for a moment.
    static final UtilLinux PRLIMIT = named("prlimit");

    /// So does this the user: a thread of the daemon that took it on could be killed by that user, and the daemon
    /// with it.
    static final UtilLinux SETPRIV = named("setpriv");

    private static UtilLinux named(String name) {
        Path libc = Path.of(System.getProperty("java.home")).resolveSibling("lib/glibc");
        Path carried = libc.resolve(name);
        if (!Files.isExecutable(carried)) {
            String file = "/usr/bin/" + name;
            return new UtilLinux(file, List.of(file));
        }
        List<String> words =
                List.of(libc.resolve("reeved").toString(), "--library-path", libc.toString(), carried.toString());
        return new UtilLinux(carried.toString(), words);
    }
}
