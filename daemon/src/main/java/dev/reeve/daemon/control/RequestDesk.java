package dev.reeve.daemon.control;

import dev.reeve.daemon.fleet.Answer;
import dev.reeve.daemon.fleet.Command;
import dev.reeve.daemon.fleet.Fleet;
import dev.reeve.daemon.fleet.Letter;
import dev.reeve.daemon.fleet.ServiceSituation;
import dev.reeve.daemon.life.LifeEvent;
import dev.reeve.daemon.reactor.Fact;
import dev.reeve.daemon.reactor.Inbox;
import dev.reeve.daemon.service.ServiceName;
import dev.reeve.daemon.service.Signal;
import dev.reeve.protocol.Notice;
import dev.reeve.protocol.ProtocolCodec;
import dev.reeve.protocol.Reply;
import dev.reeve.protocol.Reply.Refusal;
import dev.reeve.protocol.Request;
import dev.reeve.protocol.ScanResult;
import dev.reeve.protocol.ServiceStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/// Takes the requests of every session: each becomes a command to the fleet, a question, or an answer at once.
/// Refuses what the session's peer may not ask for, and keeps record of who asked for what.
final class RequestDesk {
    private final Inbox inbox;
    private final NoticeBoard board;
    private final StatusReport report;
    private final DaemonParts parts;
    private final DebugDesk debug;
    private final Audit audit;
    private final Supplier<Instant> wallClock;
    private final PeerCommands commands = new PeerCommands();
    private final LastRequests last = new LastRequests();

    RequestDesk(
            Inbox inbox,
            NoticeBoard board,
            StatusReport report,
            DaemonParts parts,
            DebugDesk debug,
            Audit audit,
            Supplier<Instant> wallClock) {
        this.inbox = inbox;
        this.board = board;
        this.report = report;
        this.parts = parts;
        this.debug = debug;
        this.audit = audit;
        this.wallClock = wallClock;
    }

    Notice greeting() {
        DaemonIdentity identity = parts.identity();
        return new Notice.Greeting(identity.version(), identity.pid(), ProtocolCodec.PROTOCOL_VERSION);
    }

    /// The session's request; it is answered exactly once, now or in a later turn.
    void take(Request request, ControlSession session) {
        if (!session.rights().allow(request)) {
            refuse(request, session, Refusal.NOT_ALLOWED, Reasons.mayOnlyLook(request.op()));
            return;
        }
        List<String> impossible = impossible(request.services());
        if (!impossible.isEmpty()) {
            refuse(request, session, Refusal.UNKNOWN_SERVICE, Reasons.unknownTexts(impossible));
            return;
        }
        switch (request) {
            case Request.Start start ->
                command(request, session, start.once() ? Command.StartOnce::new : Command.Start::new);
            case Request.Stop _ -> command(request, session, Command.Stop::new);
            case Request.Restart _ -> command(request, session, Command.Restart::new);
            case Request.Reload _ -> command(request, session, Command.Reload::new);
            case Request.Signal signal -> signal(signal, session);
            case Request.Svc svc -> svc(svc, session);
            case Request.Shutdown shutdown -> end(shutdown, session);
            case Request.Status(long id, List<String> _) ->
                question(request, session, (fleet, names) -> services(id, fleet, names));
            case Request.Watch(long id, List<String> _) ->
                question(request, session, (fleet, names) -> {
                    session.watch(names);
                    return services(id, fleet, names);
                });
            case Request.Why(long id, List<String> _) ->
                question(request, session, (fleet, names) -> explanations(id, fleet, names));
            case Request.Rescan _ -> rescan(request, session);
            case Request.Debug looking -> debug(looking, session);
            case Request.Version(long id) -> session.answer(version(id, parts.identity()));
        }
    }

    /// The session sent a line that is no request.
    void refusedLine(ControlSession session, String reason) {
        audit.refusedLine(session.peer(), reason);
    }

    /// The session was ended by us.
    void cutOff(ControlSession session, String reason) {
        audit.cutOff(session.peer(), reason);
    }

    /// Somebody has asked for this by s6-svc, without a session.
    void asked(ServiceName name, Letter letter) {
        last.note(name, letter, wallClock.get());
    }

    /// No service has this name any more.
    void forgotten(ServiceName name) {
        last.forget(name);
    }

    private void command(Request request, ControlSession session, Function<Set<ServiceName>, Command> command) {
        commands.find(session.peer());
        Set<ServiceName> names = serviceNames(request);
        inbox.add(new Fact.CommandArrived(command.apply(names), answer -> {
            switch (answer) {
                case Answer.Accepted() -> done(request, names, session);
                case Answer.UnknownServices(List<ServiceName> unknown) ->
                    refuse(request, session, Refusal.UNKNOWN_SERVICE, Reasons.unknown(unknown));
                case Answer.NotRunning(List<ServiceName> resting) ->
                    refuse(request, session, Refusal.NOT_RUNNING, Reasons.notRunning(resting));
                case Answer.Leaving(List<ServiceName> leaving) ->
                    refuse(request, session, Refusal.NOT_AVAILABLE, Reasons.leaving(leaving));
                case Answer.Exiting(List<ServiceName> exiting) ->
                    refuse(request, session, Refusal.NOT_AVAILABLE, Reasons.exiting(exiting));
                case Answer.ShuttingDown() -> refuseAtTheEnd(request, session);
                case Answer.NotDone() -> refuse(request, session, Refusal.INTERNAL_ERROR, Reasons.NOT_DONE);
            }
        }));
    }

    /// What it means is the concern of the whole's life.
    private void end(Request.Shutdown request, ControlSession session) {
        commands.find(session.peer());
        LifeEvent event = Endings.event(request);
        inbox.add(new Fact.LifeHappened(
                event,
                refusal -> refusal.ifPresentOrElse(
                        reason -> refuse(request, session, Refusal.NOT_AVAILABLE, reason),
                        () -> done(request, Set.of(), session))));
    }

    private void signal(Request.Signal request, ControlSession session) {
        Optional<Signal> signal = Signal.parse(request.signal());
        if (signal.isEmpty()) {
            refuse(request, session, Refusal.BAD_REQUEST, Reasons.noSignal(request.signal()));
            return;
        }
        command(request, session, names -> new Command.SendSignal(names, signal.get()));
    }

    private void svc(Request.Svc request, ControlSession session) {
        List<Letter> letters = Letter.in(request.letters());
        if (letters.size() < request.letters().length()) {
            refuse(request, session, Refusal.BAD_REQUEST, Reasons.noLetters(request.letters()));
            return;
        }
        command(request, session, names -> new Command.Letters(names, letters));
    }

    private void question(
            Request request, ControlSession session, BiFunction<Fleet, Set<ServiceName>, Reply> whenKnown) {
        Set<ServiceName> asked = serviceNames(request);
        ask(session, fleet -> {
            List<ServiceName> unknown = fleet.unknownAmong(asked);
            if (!unknown.isEmpty()) {
                refuse(request, session, Refusal.UNKNOWN_SERVICE, Reasons.unknown(unknown));
                return;
            }
            session.answer(whenKnown.apply(fleet, asked));
        });
    }

    /// What reads the fleet waits for its turn. If that fails, the client at least learns that there is no answer.
    private void ask(ControlSession session, Consumer<Fleet> question) {
        inbox.add(new Fact.QuestionArrived(fleet -> {
            try {
                question.accept(fleet);
            } catch (RuntimeException | Error e) {
                session.closeNow();
                throw e;
            }
        }));
    }

    private void rescan(Request request, ControlSession session) {
        commands.find(session.peer());
        ask(session, fleet -> {
            if (fleet.isShuttingDown()) {
                refuseAtTheEnd(request, session);
            } else if (!parts.rescan().test(scan -> rescanned(request, session, scan))) {
                refuse(request, session, Refusal.NOT_AVAILABLE, Reasons.NO_SCAN_DIRECTORY);
            }
        });
    }

    /// Answered when the fleet knows of it, so that what is new can be asked for.
    private void rescanned(Request request, ControlSession session, ScanResult scan) {
        ask(session, _ -> {
            audit.done(session.peer(), request);
            session.answer(new Reply.Scanned(request.id(), scan));
        });
    }

    private void debug(Request.Debug request, ControlSession session) {
        long id = request.id();
        switch (request.topic()) {
            case LOOP -> ask(session, fleet -> session.answer(debug.loop(id, fleet)));
            case DESCRIPTORS -> ask(session, _ -> session.answer(debug.descriptors(id)));
            case MEMORY -> refuseUnless(debug.memory(id, session::answer), request, session);
            case THREADS -> refuseUnless(debug.threads(id, session::answer), request, session);
        }
    }

    private void refuseUnless(boolean isMade, Request request, ControlSession session) {
        if (!isMade) {
            refuse(request, session, Refusal.NOT_AVAILABLE, Reasons.OTHERS_LOOK);
        }
    }

    private static Reply version(long id, DaemonIdentity identity) {
        return new Reply.Version(
                id,
                identity.version(),
                identity.pid(),
                ProtocolCodec.PROTOCOL_VERSION,
                identity.scanDirectory().orElse(null));
    }

    private Reply services(long id, Fleet fleet, Set<ServiceName> names) {
        Collection<ServiceSituation> situations = situations(fleet, names);
        List<ServiceStatus> services = new ArrayList<>(situations.size());
        for (ServiceSituation situation : situations) {
            services.add(report.of(situation));
        }
        return new Reply.Services(id, board.sequence(), services);
    }

    private Reply explanations(long id, Fleet fleet, Set<ServiceName> names) {
        return new Reply.Explanations(
                id,
                situations(fleet, names).stream()
                        .map(situation -> report.explain(situation, last.of(situation.name())))
                        .toList());
    }

    private static Collection<ServiceSituation> situations(Fleet fleet, Set<ServiceName> names) {
        if (names.isEmpty()) {
            return fleet.services();
        }
        List<ServiceSituation> situations = new ArrayList<>(names.size());
        for (ServiceName name : names) {
            situations.add(fleet.service(name).orElseThrow());
        }
        return situations;
    }

    private void done(Request request, Set<ServiceName> names, ControlSession session) {
        last.note(request, names, session.peer(), wallClock.get());
        audit.done(session.peer(), request);
        session.answer(new Reply.Accepted(request.id()));
    }

    private void refuseAtTheEnd(Request request, ControlSession session) {
        refuse(request, session, Refusal.SHUTTING_DOWN, Reasons.SHUTTING_DOWN);
    }

    private void refuse(Request request, ControlSession session, Refusal refusal, String reason) {
        audit.refused(session.peer(), request, refusal, reason);
        session.answer(new Reply.Refused(request.id(), refusal, reason));
    }

    private static List<String> impossible(List<String> names) {
        List<String> impossible = new ArrayList<>();
        for (String name : names) {
            if (!ServiceName.isValid(name)) {
                impossible.add(name);
            }
        }
        return impossible;
    }

    private static Set<ServiceName> serviceNames(Request request) {
        Set<ServiceName> names = new TreeSet<>();
        for (String name : request.services()) {
            names.add(new ServiceName(name));
        }
        return names;
    }
}
