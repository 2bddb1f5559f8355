package dev.reeve.daemon.control;

import dev.reeve.daemon.fleet.Letter;
import dev.reeve.daemon.service.ServiceName;
import dev.reeve.protocol.Explanation.Asked;
import dev.reeve.protocol.Request;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Who asked last for something to be done with each service: the last request that says whether it should run, and
/// the last other one after that.
final class LastRequests {
    /// Services come and go; of more than so many, those that nobody has asked about for longest are forgotten.
    private static final String SUPERVISE_CONTROL = "supervise/control";
    private static final int SERVICES_MAX = 10_000;

    private final Map<ServiceName, Noted> ofService = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<ServiceName, Noted> eldest) {
            return size() > SERVICES_MAX;
        }
    };

    private record Noted(@Nullable Made goal, @Nullable Made other) {}

    /// Without a peer it came through `supervise/control`.
    private record Made(String op, Instant at, @Nullable Peer peer) {
        Asked asked() {
            if (peer == null) {
                return Asked.through(op, at, SUPERVISE_CONTROL);
            }
            return new Asked(op, at, peer.uid(), peer.gid(), peer.pid(), peer.command());
        }
    }

    /// The request was accepted, for these services.
    void note(Request request, Collection<ServiceName> names, Peer peer, Instant now) {
        String op = request instanceof Request.Svc svc ? svc.op() + " " + svc.letters() : request.op();
        Made made = new Made(op, now, peer);
        names.forEach(name -> note(name, made, saysWhatIsWanted(request)));
    }

    /// Somebody wrote this letter into the `supervise/control` of this service.
    void note(ServiceName name, Letter letter, Instant now) {
        note(name, new Made("svc " + letter, now, null), letter.saysWhatIsWanted());
    }

    private void note(ServiceName name, Made made, boolean isGoal) {
        Noted before = ofService.get(name);
        Made goal = before == null ? null : before.goal();
        ofService.put(name, isGoal ? new Noted(made, null) : new Noted(goal, made));
    }

    /// There is no service of this name any more; who gets the name has not been asked for anything.
    void forget(ServiceName name) {
        ofService.remove(name);
    }

    /// The oldest first.
    List<Asked> of(ServiceName name) {
        Noted noted = ofService.get(name);
        return noted == null
                ? List.of()
                : Stream.of(noted.goal(), noted.other())
                        .flatMap(Stream::ofNullable)
                        .map(Made::asked)
                        .toList();
    }

    private static boolean saysWhatIsWanted(Request request) {
        return switch (request) {
            case Request.Start _, Request.Stop _, Request.Restart _, Request.Shutdown _ -> true;
            case Request.Svc svc -> Letter.in(svc.letters()).stream().anyMatch(Letter::saysWhatIsWanted);
            case Request.Reload _,
                    Request.Signal _,
                    Request.Status _,
                    Request.Watch _,
                    Request.Why _,
                    Request.Rescan _,
                    Request.Debug _,
                    Request.Version _ -> false;
        };
    }
}
