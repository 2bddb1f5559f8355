package dev.reeve.daemon.control;

import dev.reeve.daemon.fleet.ServiceSituation;
import dev.reeve.daemon.log.Log;
import dev.reeve.daemon.service.ServiceName;
import dev.reeve.protocol.Notice;
import dev.reeve.protocol.ProtocolCodec;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Every session that is open. Numbers the changes and tells them to those that watch; what is written in a turn is
/// sent at its end, in one call a session; and when the clients together hold too much memory, the one that holds
/// most is cut off.
final class NoticeBoard {
    private final StatusReport report;
    private final ClientMemory memory;
    private final Log log;
    private final Set<ControlSession> sessions = new LinkedHashSet<>();
    private final Set<ControlSession> watchers = new LinkedHashSet<>();
    private final Set<ControlSession> written = new LinkedHashSet<>();
    private long sequence;
    private boolean relieving;

    NoticeBoard(StatusReport report, ClientMemory memory, Log log) {
        this.report = report;
        this.memory = memory;
        this.log = log;
    }

    /// The number of the last change.
    long sequence() {
        return sequence;
    }

    /// How many are open.
    int sessions() {
        return sessions.size();
    }

    ClientMemory memory() {
        return memory;
    }

    void opened(ControlSession session) {
        sessions.add(session);
    }

    void watches(ControlSession session) {
        watchers.add(session);
    }

    /// It is told no more.
    void watchesNoMore(ControlSession session) {
        watchers.remove(session);
    }

    void closed(ControlSession session) {
        sessions.remove(session);
        watchers.remove(session);
        written.remove(session);
    }

    /// The session has something to send at the end of the turn.
    void hasWritten(ControlSession session) {
        written.add(session);
    }

    /// Sees to it that the clients hold no more than they may.
    void relieve() {
        if (relieving) {
            return;
        }
        relieving = true;
        while (memory.isExhausted() && !sessions.isEmpty()) {
            ControlSession largest = Collections.max(sessions, Comparator.comparingInt(ControlSession::heldBytes));
            guarded(
                    largest,
                    session -> session.relieve("all clients together have left more than " + memory.bytesMax()
                            + " bytes unread, and this one the most: read faster, or ask for less"));
        }
        relieving = false;
    }

    /// A service is somewhere else now.
    void changed(ServiceSituation situation) {
        sequence++;
        @Nullable Line line = null;
        // A session that is cut off for not reading leaves the set meanwhile.
        for (ControlSession session : List.copyOf(watchers)) {
            if (session.watches(situation.name())) {
                if (line == null) {
                    line = new Line(ProtocolCodec.encode(new Notice.Changed(sequence, report.of(situation))), memory);
                }
                Line notice = line;
                guarded(session, watcher -> watcher.tell(notice));
            }
        }
    }

    /// No service has this name any more.
    void forgotten(ServiceName name) {
        sequence++;
        Line line = new Line(ProtocolCodec.encode(new Notice.Forgotten(sequence, name.text())), memory);
        for (ControlSession session : List.copyOf(watchers)) {
            if (session.watches(name)) {
                guarded(session, watcher -> watcher.tell(line));
            }
        }
    }

    /// What was written in the turn is sent.
    void turnEnded() {
        if (!written.isEmpty()) {
            List<ControlSession> toSend = List.copyOf(written);
            written.clear();
            toSend.forEach(session -> guarded(session, ControlSession::send));
        }
    }

    /// An error of our own (and memory that there is none of) costs the session in question.
    private void guarded(ControlSession session, Consumer<ControlSession> action) {
        try {
            action.accept(session);
        } catch (Throwable cause) {
            session.closeNow();
            log.bug("telling a client, whose connection was closed", cause);
        }
    }
}
