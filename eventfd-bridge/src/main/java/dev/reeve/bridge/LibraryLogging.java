package dev.reeve.bridge;

import java.io.PrintStream;
import java.util.logging.ConsoleHandler;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/// The logging of jffi and Netty, which is Java's own: what they warn of goes to stderr.
final class LibraryLogging {
    /// Held, because a logger that nobody holds forgets its handlers.
    private static final Logger ROOT = withoutConfiguration();

    static {
        ROOT.addHandler(new StandardError());
    }

    private LibraryLogging() {}

    /// To be called before the first use of either library.
    static void begin() {}

    /// The logger of this name.
    static Logger logger(String name) {
        return Logger.getLogger(name);
    }

    /// Java would read its configuration, and look into each jar for somebody else to log: several ms of each start.
    /// It does neither while there is no System.out, which it takes for a sign that it is not up itself
    /// (`LogManager.readPrimordialConfiguration`).
    @SuppressWarnings("NullAway") // null is the point
    private static Logger withoutConfiguration() {
        PrintStream out = System.out;
        System.setOut(null);
        try {
            return Logger.getLogger("");
        } finally {
            System.setOut(out);
        }
    }

    /// Made of what Java would take, when there is something to say.
    private static final class StandardError extends Handler {
        private @Nullable Handler console;

        @Override
        public synchronized void publish(LogRecord entry) {
            if (console == null) {
                console = new ConsoleHandler();
            }
            console.publish(entry);
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }
}
