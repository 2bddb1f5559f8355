package dev.reeve.daemon.control;

import dev.reeve.daemon.fleet.ServiceSituation;
import dev.reeve.daemon.reactor.ChangeWatcher;
import dev.reeve.protocol.Notice;
import dev.reeve.protocol.ProtocolCodec;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Numbers every change and tells it to the sessions that watch. What is written in a turn is sent at its end, in
/// one call a session.
public final class NoticeBoard implements ChangeWatcher {
    /// What all clients together may make the daemon hold: requests that are not whole yet, and lines that they do
    /// not read. A fraction of the heap.
    private static final long HELD_BYTES_MAX = 8L << 20;

    private final StatusReport report;
    private long heldBytes;
    private final Set<ControlSession> sessions = new LinkedHashSet<>();
    private final Set<ControlSession> written = new LinkedHashSet<>();
    private long sequence;

    NoticeBoard(StatusReport report) {
        this.report = report;
    }

    /// The number of the last change.
    long sequence() {
        return sequence;
    }

    void opened(ControlSession session) {
        sessions.add(session);
    }

    void closed(ControlSession session) {
        sessions.remove(session);
        written.remove(session);
    }

    /// The daemon holds so much more (or less) for a client. When it is too much for all of them, those that it
    /// holds most for are cut off.
    void holds(int bytes) {
        heldBytes += bytes;
        while (heldBytes > HELD_BYTES_MAX) {
            ControlSession greediest = Collections.max(sessions, Comparator.comparingInt(ControlSession::heldBytes));
            int before = greediest.heldBytes();
            greediest.cutOff("it left too much unread or unfinished, " + before + " bytes");
            if (greediest.heldBytes() == before) {
                return;
            }
        }
    }

    /// The session has something to send at the end of the turn.
    void hasWritten(ControlSession session) {
        written.add(session);
    }

    @Override
    public void changed(ServiceSituation situation) {
        sequence++;
        byte @Nullable [] line = null;
        // A session that is cut off for not reading leaves the set meanwhile.
        for (ControlSession session : List.copyOf(sessions)) {
            if (session.watches(situation.name())) {
                if (line == null) {
                    line = ProtocolCodec.encode(new Notice.Changed(sequence, report.of(situation)));
                }
                session.tell(line);
            }
        }
    }

    @Override
    public void turnEnded() {
        if (!written.isEmpty()) {
            Set<ControlSession> toFlush = Set.copyOf(written);
            written.clear();
            toFlush.forEach(ControlSession::flush);
        }
    }
}
