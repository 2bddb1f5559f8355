package dev.reeve.daemon.control;

import dev.reeve.daemon.fleet.Fleet;
import dev.reeve.daemon.reactor.Inbox;
import dev.reeve.protocol.Reply;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import java.util.function.Consumer;

/// Has the figures by which one sees how the daemon itself is: of the loop and its descriptors at once, of the JVM
/// when its [DebugReports] are made.
final class DebugDesk {
    private final Inbox inbox;
    private final NoticeBoard board;
    private final DaemonParts parts;
    private final DebugReports reports;

    DebugDesk(Inbox inbox, NoticeBoard board, DaemonParts parts, DebugReports reports) {
        this.inbox = inbox;
        this.board = board;
        this.parts = parts;
        this.reports = reports;
    }

    Reply loop(long id, Fleet fleet) {
        SequencedMap<String, Long> figures = parts.statistics().figures();
        figures.put("waiting-facts", (long) inbox.size());
        figures.put("services", (long) fleet.services().size());
        figures.put("clients", (long) board.sessions());
        figures.put("changes", board.sequence());
        return new Reply.Figures(id, figures);
    }

    Reply descriptors(long id) {
        SequencedMap<String, Long> figures =
                new LinkedHashMap<>(parts.descriptors().get());
        figures.put("clients", (long) board.sessions());
        return new Reply.Figures(id, figures);
    }

    /// Answers whether it can be had now.
    boolean memory(long id, Consumer<Reply> answer) {
        long held = board.memory().bytes();
        long heldMax = board.memory().bytesMax();
        return reports.make(id, () -> DebugReports.memory(id, held, heldMax), answer);
    }

    /// Answers whether it can be had now.
    boolean threads(long id, Consumer<Reply> answer) {
        return reports.make(id, () -> DebugReports.threads(id), answer);
    }
}
