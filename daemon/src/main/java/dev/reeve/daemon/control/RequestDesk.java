package dev.reeve.daemon.control;

import dev.reeve.daemon.fleet.Answer;
import dev.reeve.daemon.fleet.Command;
import dev.reeve.daemon.fleet.Fleet;
import dev.reeve.daemon.fleet.ServiceSituation;
import dev.reeve.daemon.reactor.Fact;
import dev.reeve.daemon.reactor.Inbox;
import dev.reeve.daemon.service.ServiceName;
import dev.reeve.daemon.service.Signal;
import dev.reeve.protocol.DebugTopic;
import dev.reeve.protocol.Notice;
import dev.reeve.protocol.ProtocolCodec;
import dev.reeve.protocol.Reply;
import dev.reeve.protocol.Reply.Refusal;
import dev.reeve.protocol.Request;
import dev.reeve.protocol.ScanResult;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
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
    private final DebugReports debug;
    private final Audit audit;
    private final Supplier<Instant> wallClock;
    private final PeerCommands commands = new PeerCommands();
    private final LastRequests last = new LastRequests();

    RequestDesk(
            Inbox inbox,
            NoticeBoard board,
            StatusReport report,
            DaemonParts parts,
            DebugReports debug,
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
            refuse(
                    request,
                    session,
                    Refusal.NOT_ALLOWED,
                    "on this socket one may only look (status, watch, why, version): " + request.op()
                            + " is for those who may open the control socket");
            return;
        }
        List<String> impossible = request.services().stream()
                .filter(name -> !ServiceName.isValid(name))
                .toList();
        if (!impossible.isEmpty()) {
            refuse(request, session, Refusal.UNKNOWN_SERVICE, unknown(impossible));
            return;
        }
        switch (request) {
            case Request.Start _ -> command(request, session, Command.Start::new);
            case Request.Stop _ -> command(request, session, Command.Stop::new);
            case Request.Restart _ -> command(request, session, Command.Restart::new);
            case Request.Reload _ -> command(request, session, Command.Reload::new);
            case Request.Signal signal -> signal(signal, session);
            case Request.Shutdown _ -> command(request, session, _ -> new Command.Shutdown());
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
            case Request.Debug(long id, DebugTopic topic) -> debug(id, topic, request, session);
            case Request.Version(long id) ->
                session.answer(new Reply.Version(
                        id, parts.identity().version(), parts.identity().pid(), ProtocolCodec.PROTOCOL_VERSION));
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
                    refuse(request, session, Refusal.UNKNOWN_SERVICE, unknown(texts(unknown)));
                case Answer.NotRunning(List<ServiceName> resting) ->
                    refuse(request, session, Refusal.NOT_RUNNING, notRunning(texts(resting)));
                case Answer.Leaving(List<ServiceName> leaving) ->
                    refuse(request, session, Refusal.NOT_AVAILABLE, leaving(texts(leaving)));
                case Answer.ShuttingDown() -> refuseAtTheEnd(request, session);
                case Answer.NotDone() ->
                    refuse(
                            request,
                            session,
                            Refusal.INTERNAL_ERROR,
                            "an error of reeved's own, told in its log, kept it from doing this; nothing was done");
            }
        }));
    }

    private void signal(Request.Signal request, ControlSession session) {
        Optional<Signal> signal = Signal.parse(request.signal());
        if (signal.isEmpty()) {
            refuse(
                    request,
                    session,
                    Refusal.BAD_REQUEST,
                    request.signal() + " is no signal: give a name such as HUP or RTMIN+3, or a number from 1 to 64");
            return;
        }
        command(request, session, names -> new Command.SendSignal(names, signal.get()));
    }

    private void question(
            Request request, ControlSession session, BiFunction<Fleet, Set<ServiceName>, Reply> whenKnown) {
        Set<ServiceName> asked = serviceNames(request);
        ask(session, fleet -> {
            List<ServiceName> unknown = fleet.unknownAmong(asked);
            if (!unknown.isEmpty()) {
                refuse(request, session, Refusal.UNKNOWN_SERVICE, unknown(texts(unknown)));
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
                refuse(
                        request,
                        session,
                        Refusal.NOT_AVAILABLE,
                        "there is no scan directory to read again: start reeved with --scan DIR");
            }
        });
    }

    /// Answered when the fleet knows of it, so that what is new can be asked for.
    private void rescanned(Request request, ControlSession session, ScanResult scan) {
        ask(session, _ -> {
            last.note(request, Set.of(), session.peer(), wallClock.get());
            audit.done(session.peer(), request);
            session.answer(new Reply.Scanned(request.id(), scan));
        });
    }

    private void debug(long id, DebugTopic topic, Request request, ControlSession session) {
        switch (topic) {
            case LOOP -> ask(session, fleet -> session.answer(new Reply.Figures(id, loopFigures(fleet))));
            case DESCRIPTORS -> ask(session, _ -> session.answer(new Reply.Figures(id, descriptorFigures())));
            case MEMORY -> {
                long held = board.memory().bytes();
                long heldMax = board.memory().bytesMax();
                lookInside(request, session, () -> DebugReports.memory(id, held, heldMax));
            }
            case THREADS -> lookInside(request, session, () -> DebugReports.threads(id));
        }
    }

    private void lookInside(Request request, ControlSession session, Supplier<Reply> look) {
        if (!debug.make(request.id(), look, session::answer)) {
            refuse(
                    request,
                    session,
                    Refusal.NOT_AVAILABLE,
                    "another client looks at the same time, or no thread can be had: ask again");
        }
    }

    private SequencedMap<String, Long> loopFigures(Fleet fleet) {
        SequencedMap<String, Long> figures = parts.statistics().figures();
        figures.put("waiting-facts", (long) inbox.size());
        figures.put("services", (long) fleet.services().size());
        figures.put("clients", (long) board.sessions());
        figures.put("changes", board.sequence());
        return figures;
    }

    private SequencedMap<String, Long> descriptorFigures() {
        SequencedMap<String, Long> figures =
                new LinkedHashMap<>(parts.descriptors().get());
        figures.put("clients", (long) board.sessions());
        return figures;
    }

    private Reply services(long id, Fleet fleet, Set<ServiceName> names) {
        return new Reply.Services(
                id,
                board.sequence(),
                situations(fleet, names).stream().map(report::of).toList());
    }

    private Reply explanations(long id, Fleet fleet, Set<ServiceName> names) {
        return new Reply.Explanations(
                id,
                situations(fleet, names).stream()
                        .map(situation -> report.explain(situation, last.of(situation.name())))
                        .toList());
    }

    private static Collection<ServiceSituation> situations(Fleet fleet, Set<ServiceName> names) {
        return names.isEmpty()
                ? fleet.services()
                : names.stream().map(name -> fleet.service(name).orElseThrow()).toList();
    }

    private void done(Request request, Set<ServiceName> names, ControlSession session) {
        last.note(request, names, session.peer(), wallClock.get());
        audit.done(session.peer(), request);
        session.answer(new Reply.Accepted(request.id()));
    }

    private void refuseAtTheEnd(Request request, ControlSession session) {
        refuse(request, session, Refusal.SHUTTING_DOWN, "reeved is shutting down and starts nothing any more");
    }

    private void refuse(Request request, ControlSession session, Refusal refusal, String reason) {
        audit.refused(session.peer(), request, refusal, reason);
        session.answer(new Reply.Refused(request.id(), refusal, reason));
    }

    private static String unknown(List<String> names) {
        String list = String.join(", ", names);
        return names.size() == 1 ? "there is no service " + list : "there are no services " + list;
    }

    private static String notRunning(List<String> names) {
        String list = String.join(", ", names);
        return names.size() == 1
                ? list + " has no process to be sent a signal: start it first"
                : list + " have no processes to be sent a signal: start them first";
    }

    private static String leaving(List<String> names) {
        return String.join(", ", names) + (names.size() == 1 ? ": its directory is" : ": their directories are")
                + " gone from the scan directory, and what runs still is being stopped";
    }

    private static Set<ServiceName> serviceNames(Request request) {
        Set<ServiceName> names = new TreeSet<>();
        request.services().forEach(name -> names.add(new ServiceName(name)));
        return names;
    }

    private static List<String> texts(List<ServiceName> names) {
        return names.stream().map(ServiceName::text).toList();
    }
}
