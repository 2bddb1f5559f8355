package dev.reeve.daemon.simulation;

import dev.reeve.bridge.Errno;
import dev.reeve.bridge.ErrnoException;
import java.util.HashMap;
import java.util.Map;

/// One call of the seam to the kernel that fails for a while: when it is made for the `first` time (from 0), and
/// the next times after that, `times` in all. Counts all calls from the moment it is armed.
final class SeamFault extends Fault {
    private final String call;
    private final int errno;
    private final int first;
    private final int times;
    private final Map<String, Integer> calls = new HashMap<>();
    private int failed;

    SeamFault(String call, int errno, int first, int times) {
        this.call = call;
        this.errno = errno;
        this.first = first;
        this.times = times;
    }

    /// No call fails.
    static SeamFault none() {
        return new SeamFault("", 0, 0, 0);
    }

    /// How often each call was made.
    Map<String, Integer> calls() {
        return calls;
    }

    int failed() {
        return failed;
    }

    @Override
    void meet(String name) throws ErrnoException {
        int number = calls.merge(name, 1, Integer::sum) - 1;
        if (name.equals(call) && number >= first && number < first + times) {
            failed++;
            throw new ErrnoException(name, errno);
        }
    }

    @Override
    public String toString() {
        return call + " fails with " + Errno.describe(errno) + ", " + times + " times from its " + first + ". on";
    }
}
