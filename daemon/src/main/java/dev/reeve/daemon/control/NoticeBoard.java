package dev.reeve.daemon.control;

import dev.reeve.daemon.fleet.ServiceSituation;
import dev.reeve.daemon.reactor.ChangeWatcher;
import dev.reeve.protocol.Notice;
import dev.reeve.protocol.ProtocolCodec;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Numbers every change and tells it to the sessions that watch. What is written in a turn is sent at its end, in one
/// call a session.
public final class NoticeBoard implements ChangeWatcher {
    private final StatusReport report;
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
