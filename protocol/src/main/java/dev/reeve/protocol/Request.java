package dev.reeve.protocol;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a client asks. The client chooses the `id`; the answer carries the same one.
public sealed interface Request {

    long id();

    /// The names it carries; empty where it takes none.
    default List<String> services() {
        return List.of();
    }

    /// The word that stands in its `op`.
    default String op() {
        return Operation.of(this).word();
    }

    /// Services are to run, and to be kept running; or, with `once`, until they end by themselves. At least one name.
    record Start(long id, List<String> services, boolean once) implements Request {
        public Start(long id, List<String> services) {
            this(id, services, false);
        }
    }

    /// Services are to end, and to stay down. At least one name.
    record Stop(long id, List<String> services) implements Request {}

    /// Services are to end and run again; one that is down is started. At least one name.
    record Restart(long id, List<String> services) implements Request {}

    /// Services are to read their configuration anew, by the signal that their `reload-signal` names. At least one
    /// name.
    record Reload(long id, List<String> services) implements Request {}

    /// The processes of services are to be sent a signal, given by name or number. At least one name.
    record Signal(long id, String signal, List<String> services) implements Request {}

    /// Services are to be done to what these letters of s6-svc say, one after the other. At least one name.
    record Svc(long id, String letters, List<String> services) implements Request {}

    /// How are these services? No names: all of them.
    record Status(long id, List<String> services) implements Request {}

    /// As [Status]; and from that answer on, every change of these services is told as a [Notice]. No names: all
    /// of them, those that come later included.
    record Watch(long id, List<String> services) implements Request {}

    /// Why are these services as they are: who asked what, and what comes next? At least one name.
    record Why(long id, List<String> services) implements Request {}

    /// The scan directory is to be read again.
    record Rescan(long id) implements Request {}

    /// How is the daemon itself, inside?
    record Debug(long id, DebugTopic topic) implements Request {}

    /// Every service is to end, then the daemon, and then, if it is a machine's init, the machine. That begins after
    /// some seconds; processes that do not end have this grace before they are killed, null for the usual one.
    record Shutdown(
            long id,
            HowToEnd how,
            long afterSeconds,
            @Nullable Long graceMillis) implements Request {
        public Shutdown(long id) {
            this(id, HowToEnd.EXIT);
        }

        public Shutdown(long id, HowToEnd how) {
            this(id, how, 0, null);
        }
    }

    /// Which daemon is this?
    record Version(long id) implements Request {}
}
