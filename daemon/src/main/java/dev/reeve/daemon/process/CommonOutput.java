package dev.reeve.daemon.process;

import dev.reeve.bridge.ErrnoException;
import dev.reeve.bridge.Kernel;
import dev.reeve.bridge.SpawnOrder.PassedFd;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/// What programs have as standard output and error where neither a logger nor the console takes its place: what the
/// catch-all logger reads, if there is one.
public interface CommonOutput {
    int STANDARD_OUTPUT = 1;
    int STANDARD_ERROR = 2;

    /// The daemon's own.
    CommonOutput INHERITED = new CommonOutput() {
        @Override
        public List<PassedFd> passed() {
            return List.of();
        }

        @Override
        public void end() {}
    };

    /// The daemon's own, which become the console, if there is one, when the catch-all logger is to end.
    static CommonOutput inherited(Kernel kernel, OptionalInt console) {
        if (console.isEmpty()) {
            return INHERITED;
        }
        return new CommonOutput() {
            @Override
            public List<PassedFd> passed() {
                return List.of();
            }

            @Override
            public void end() throws ErrnoException {
                kernel.duplicate(console.getAsInt(), STANDARD_ERROR);
                kernel.duplicate(console.getAsInt(), STANDARD_OUTPUT);
            }
        };
    }

    /// What a program gets in the place of the daemon's own.
    List<PassedFd> passed();

    /// Whoever wrote to it has ended, or is about to: the daemon lets go of it, so that the catch-all logger reads to
    /// its end.
    void end() throws ErrnoException;

    /// What a program gets that has these besides, which take precedence.
    default List<PassedFd> beside(List<PassedFd> own) {
        List<PassedFd> all = new ArrayList<>(own);
        for (PassedFd common : passed()) {
            if (!isAmong(own, common.theirs())) {
                all.add(common);
            }
        }
        return all;
    }

    private static boolean isAmong(List<PassedFd> passed, int theirs) {
        for (PassedFd fd : passed) {
            if (fd.theirs() == theirs) {
                return true;
            }
        }
        return false;
    }
}
