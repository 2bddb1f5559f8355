package dev.reeve.daemon;

import dev.reeve.bridge.Errno;
import dev.reeve.bridge.ErrnoException;
import dev.reeve.bridge.Kernel;
import dev.reeve.bridge.Kernel.ResourceLimit;
import dev.reeve.bridge.ProcessImage;
import dev.reeve.daemon.s6.SvscanDirectory;
import java.util.List;
import java.util.OptionalInt;

/// The program that takes the place of a daemon in s6-svscan's place at its end: `.s6-svscan/finish`, or
/// `.s6-svscan/crash` (s6-svscan.html). It has the pid, and what services have: environment and limit on
/// descriptors.
record Successor(
        String program,
        Kernel kernel,
        SvscanDirectory directory,
        OptionalInt console,
        ResourceLimit limit,
        List<byte[]> environment) {
    private static final String FINISH = SvscanDirectory.NAME + "/finish";
    private static final String CRASH = SvscanDirectory.NAME + "/crash";
    private static final int EXIT_DONE = 0;
    private static final int EXIT_DISASTER = 111;
    private static final int STANDARD_OUTPUT = 1;
    private static final int STANDARD_ERROR = 2;

    /// Everything has ended in order. Returns the exit code where there is no finish.
    int finish() {
        restore();
        try {
            ProcessImage.give(directory.scanDirectoryFd(), FINISH, environment);
            return EXIT_DONE;
        } catch (ErrnoException e) {
            if (e.errno() == Errno.ENOENT) {
                return EXIT_DONE;
            }
            say("warning: unable to exec finish script " + FINISH + ": " + Errno.describe(e.errno()));
            return crash();
        }
    }

    /// The daemon cannot go on. Returns the exit code where there is no crash.
    int crash() {
        restore();
        say("warning: executing into " + CRASH);
        try {
            ProcessImage.give(directory.scanDirectoryFd(), CRASH, environment);
        } catch (ErrnoException e) {
            say("fatal: unable to exec " + CRASH + ": " + Errno.describe(e.errno()));
        }
        return EXIT_DISASTER;
    }

    private void restore() {
        try {
            kernel.setDescriptorLimit(limit);
            if (console.isPresent()) {
                kernel.duplicate(console.getAsInt(), STANDARD_ERROR);
                kernel.duplicate(console.getAsInt(), STANDARD_OUTPUT);
            }
        } catch (ErrnoException e) {
            say("warning: " + e.getMessage());
        }
    }

    private void say(String words) {
        System.err.println(program + ": " + words);
    }
}
