package dev.reeve.daemon.reactor;

import dev.reeve.bridge.EventLoop;
import dev.reeve.bridge.Kernel;
import dev.reeve.daemon.fleet.Answer;
import dev.reeve.daemon.fleet.Command;
import dev.reeve.daemon.fleet.Command.Shutdown;
import dev.reeve.daemon.fleet.Fleet;
import dev.reeve.daemon.fleet.FleetEvent;
import dev.reeve.daemon.fleet.FleetEvent.Commanded;
import dev.reeve.daemon.fleet.FleetEvent.Found;
import dev.reeve.daemon.fleet.FleetEvent.Happened;
import dev.reeve.daemon.fleet.FleetEvent.Renamed;
import dev.reeve.daemon.fleet.FleetEvent.Retaken;
import dev.reeve.daemon.fleet.FleetEvent.Vanished;
import dev.reeve.daemon.fleet.FleetStep;
import dev.reeve.daemon.fleet.FleetStep.Order;
import dev.reeve.daemon.fleet.ServiceSituation;
import dev.reeve.daemon.life.DaemonLife;
import dev.reeve.daemon.life.Life;
import dev.reeve.daemon.life.LifeEvent;
import dev.reeve.daemon.life.LifeEvent.ServiceChanged;
import dev.reeve.daemon.life.LifeEvent.ShutdownBegan;
import dev.reeve.daemon.life.LifeStep;
import dev.reeve.daemon.log.Log;
import dev.reeve.daemon.process.Processes;
import dev.reeve.daemon.reactor.Fact.CommandArrived;
import dev.reeve.daemon.reactor.Fact.EndArrived;
import dev.reeve.daemon.reactor.Fact.LifeHappened;
import dev.reeve.daemon.reactor.Fact.QuestionArrived;
import dev.reeve.daemon.reactor.Fact.ServiceFound;
import dev.reeve.daemon.reactor.Fact.ServiceHappened;
import dev.reeve.daemon.reactor.Fact.ServiceRetaken;
import dev.reeve.daemon.reactor.Fact.ServiceVanished;
import dev.reeve.daemon.reactor.Fact.ServicesRenamed;
import dev.reeve.daemon.service.Moment;
import dev.reeve.daemon.service.Reconciliation;
import dev.reeve.daemon.service.ServiceEvent;
import dev.reeve.daemon.service.ServiceEvent.DeadlinePassed;
import dev.reeve.daemon.service.ServiceEvent.NotAgainRequested;
import dev.reeve.daemon.service.ServiceName;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/// The loop. Waits for facts and deadlines, gives each to the [Fleet], tells who watches what changed, and has the
/// effects performed.
///
/// The clock is read once a turn. A turn does a bounded amount of work, so that a storm of facts keeps no client
/// waiting: what is left over is done in the next turn, after the kernel was asked again. An error of our own in
/// one step costs that step: the service in question is reconciled with the kernel, and the loop goes on.
public final class Reactor {
    private static final int FACTS_A_TURN = 1_000;
    private static final int MANY = 16;
    private static final Duration GATHERING = Duration.ofMillis(2);
    private static final Duration NOT_SO_SOON = Duration.ofSeconds(1);
    private static final Duration LONG_TURN = Duration.ofMillis(50);

    /// Of what the scan directory tells once.
    private static final int TRIES = 3;

    /// While the JVM still loads its classes, long turns are nothing to tell.
    private static final Duration WARM_UP = Duration.ofSeconds(10);

    private final Kernel kernel;
    private final EventLoop loop;
    private final Inbox inbox;
    private final Fleet fleet;
    private final LifeDesk life;
    private final Processes processes;
    private final ChangeWatcher watcher;
    private final Log log;
    private final LoopStatistics statistics;
    private final Deadlines deadlines = new Deadlines();
    private final ServiceTroubles troubles;
    private final Moment warm;

    /// An error of our own may have lost what happened to a service; [#NOT_SO_SOON] after it was last looked at.
    private boolean doubtful;

    private Moment nextLook = new Moment(0);
    private boolean endAsked;

    /// In the last turn.
    private int delivered;

    /// With the life of a daemon among others.
    public Reactor(
            Kernel kernel,
            EventLoop loop,
            Inbox inbox,
            Fleet fleet,
            Processes processes,
            ChangeWatcher watcher,
            Log log,
            LoopStatistics statistics) {
        this(kernel, loop, inbox, fleet, new DaemonLife(), processes, watcher, log, statistics);
    }

    public Reactor(
            Kernel kernel,
            EventLoop loop,
            Inbox inbox,
            Fleet fleet,
            Life life,
            Processes processes,
            ChangeWatcher watcher,
            Log log,
            LoopStatistics statistics) {
        this.kernel = kernel;
        this.loop = loop;
        this.inbox = inbox;
        this.fleet = fleet;
        this.life = new LifeDesk(life, fleet, inbox, log);
        this.processes = processes;
        this.watcher = watcher;
        this.log = log;
        this.statistics = statistics;
        this.troubles = new ServiceTroubles(log);
        this.warm = now().plus(WARM_UP);
    }

    /// Runs until everything was told to end and has, or until the daemon alone is to end.
    public void run() {
        while (!mayEnd()) {
            try {
                gather();
                loop.await(nanosToWait());
                turn(now());
            } catch (Throwable cause) {
                doubtful = true;
                rescue(() -> log.bug("a turn of the loop", cause));
            }
        }
    }

    /// Where many end, each of them alone would wake one thread after the other, and those have the processors that the
    /// next needs to end: so what comes singly then is waited for until it is more.
    private void gather() {
        if (fleet.isShuttingDown()
                && inbox.isEmpty()
                && delivered < MANY
                && fleet.services().size() > MANY) {
            loop.pause(GATHERING);
        }
    }

    /// Who is to be told to end is told before the daemon leaves alone what is left.
    private boolean mayEnd() {
        boolean mayLeaveTheRestAlone = endAsked && !fleet.isAboutToSignal();
        return mayLeaveTheRestAlone || (inbox.isEmpty() && !doubtful && fleet.isShutDown());
    }

    /// One turn: what has arrived, then what is due.
    public void turn(Moment now) {
        delivered = deliverFacts(now);
        int passed = passDeadlines(now);
        processes.check(now);
        clearDoubts(now);
        watcher.turnEnded();
        Duration taken = now().since(now);
        statistics.turned(delivered, passed, taken);
        if (taken.compareTo(LONG_TURN) > 0 && warm.isBefore(now)) {
            log.warning("a turn of the loop took longer than " + LONG_TURN.toMillis()
                    + " ms, so that everything else waited; \"reeve debug loop\" has the figures");
        }
    }

    /// Until when nothing needs to be done unless a descriptor says so.
    private long nanosToWait() {
        if (!inbox.isEmpty()) {
            return 0;
        }
        Moment next = earlier(earlier(deadlines.earliest(), processes.nextCheck()), life.deadline());
        if (doubtful && nextLook.isBefore(next)) {
            next = nextLook;
        }
        return next.equals(Moment.NEVER)
                ? Long.MAX_VALUE
                : Math.max(0, next.since(now()).toNanos());
    }

    private static Moment earlier(Moment one, Moment other) {
        return other.isBefore(one) ? other : one;
    }

    private int deliverFacts(Moment now) {
        int facts = 0;
        for (; facts < FACTS_A_TURN; facts++) {
            Fact fact = inbox.next();
            if (fact == null) {
                break;
            }
            deliver(fact, now);
        }
        return facts;
    }

    private void deliver(Fact fact, Moment now) {
        switch (fact) {
            case ServiceFound(ServiceName name, boolean startsDown) -> arrange(name, new Found(name, startsDown), now);
            case ServiceVanished(ServiceName name, boolean loggerToo) ->
                arrange(name, new Vanished(name, loggerToo), now);
            case ServiceRetaken(ServiceName name, boolean startsDown) ->
                arrange(name, new Retaken(name, startsDown), now);
            case ServicesRenamed(Map<ServiceName, ServiceName> names) -> renamed(names, now);
            case ServiceHappened(ServiceName name, ServiceEvent event) -> happened(name, event, now);
            case CommandArrived(Command command, Consumer<Answer> answer) -> command(command, answer, now);
            case LifeHappened(LifeEvent event, Consumer<Optional<String>> refusal) -> live(event, refusal, now);
            case EndArrived() -> endAsked = true;
            case QuestionArrived(Consumer<Fleet> question) -> question(question);
        }
    }

    /// What is ordered from now on is ordered under the new names.
    private void renamed(Map<ServiceName, ServiceName> names, Moment now) {
        processes.rename(names);
        ServiceName any = names.keySet().iterator().next();
        arrange(any, new Renamed(names), now);
    }

    private void arrange(ServiceName name, FleetEvent event, Moment now) {
        guarded(name, () -> follow(arranged(event, now), now), now);
    }

    /// What the scan directory holds is told once, and what there is of a service says nothing of it; so where an
    /// error of our own has lost it, it is tried again: a step that throws has changed nothing.
    private FleetStep arranged(FleetEvent event, Moment now) {
        for (int tries = 1; tries < TRIES; tries++) {
            try {
                return fleet.step(event, now);
            } catch (Throwable cause) {
                rescue(() -> log.bug("a change of the scan directory, which is tried again", cause));
            }
        }
        return fleet.step(event, now);
    }

    private int passDeadlines(Moment now) {
        int passed = 0;
        for (; passed < FACTS_A_TURN; passed++) {
            Optional<ServiceName> due = deadlines.due(now);
            if (due.isEmpty()) {
                break;
            }
            happened(due.get(), new DeadlinePassed(), now);
        }
        if (life.isDue(now)) {
            live(new LifeEvent.DeadlinePassed(), _ -> {}, now);
        }
        return passed;
    }

    private void happened(ServiceName name, ServiceEvent event, Moment now) {
        guarded(name, () -> step(new Happened(name, event), now), now);
    }

    private void command(Command command, Consumer<Answer> answer, Moment now) {
        FleetStep step;
        try {
            step = fleet.step(new Commanded(command), now);
        } catch (Throwable cause) {
            // The client first: want of memory may keep it from the log, but not from an answer.
            answer(answer, new Answer.NotDone());
            rescue(() -> log.bug("a command, of which nothing was done", cause));
            return;
        }
        if (command instanceof Shutdown(boolean loggersToo)) {
            processes.shutDown(loggersToo);
        }
        answer(answer, step.answer());
        follow(step, now);
        if (command instanceof Shutdown) {
            live(new ShutdownBegan(), _ -> {}, now);
        }
    }

    private void live(LifeEvent event, Consumer<Optional<String>> refusal, Moment now) {
        LifeStep step;
        try {
            step = life.on(event, now);
        } catch (Throwable cause) {
            answer(refusal, Optional.of("an error of reeve's own, which its log tells: nothing was done"));
            rescue(() -> log.bug("the life of the whole", cause));
            return;
        }
        answer(refusal, step.refusal());
        life.follow(step);
    }

    /// Whatever is wrong with a client, what it has commanded is done.
    private <A> void answer(Consumer<A> client, A answer) {
        try {
            client.accept(answer);
        } catch (Throwable cause) {
            rescue(() -> log.bug("answering a command", cause));
        }
    }

    private void question(Consumer<Fleet> question) {
        try {
            question.accept(fleet);
        } catch (Throwable cause) {
            rescue(() -> log.bug("answering a question", cause));
        }
    }

    private void step(FleetEvent event, Moment now) {
        follow(fleet.step(event, now), now);
    }

    private void follow(FleetStep step, Moment now) {
        step.quiet().forEach(deadlines::follow);
        for (ServiceSituation situation : step.changed()) {
            guarded(situation.name(), () -> tell(situation, now), now);
        }
        for (Order order : step.orders()) {
            guarded(order.name(), () -> processes.perform(order.name(), order.effect(), now), now);
        }
        // What is said of it wakes a thread, and comes after that for which somebody waits.
        for (ServiceSituation situation : step.changed()) {
            guarded(situation.name(), () -> warn(situation), now);
        }
        for (ServiceName name : step.givenBack()) {
            guarded(name, () -> processes.giveBack(name, now), now);
        }
        for (ServiceName name : step.forgotten()) {
            guarded(name, () -> forget(name), now);
        }
    }

    private void forget(ServiceName name) {
        deadlines.forget(name);
        troubles.forget(name);
        watcher.forgotten(name);
        processes.forget(name);
    }

    /// That someone could not be told is no reason not to do what follows.
    private void tell(ServiceSituation situation, Moment now) {
        deadlines.follow(situation);
        if (situation.state().isAtRest()) {
            processes.rests(situation.name());
        }
        try {
            watcher.changed(situation);
        } catch (Throwable cause) {
            rescue(() -> log.bug("telling of service " + situation.name(), cause));
        }
        live(new ServiceChanged(situation), _ -> {}, now);
    }

    private void warn(ServiceSituation situation) {
        try {
            troubles.changed(situation);
        } catch (Throwable cause) {
            rescue(() -> log.bug("warning of service " + situation.name(), cause));
        }
    }

    /// Whatever a step throws, an OutOfMemoryError included, costs that step only. First the service is put right,
    /// then it is told; each on its own, for want of memory may make either fail.
    private void guarded(ServiceName name, Runnable step, Moment now) {
        try {
            step.run();
        } catch (Throwable cause) {
            doubtful = true;
            rescue(() -> reconcile(name, now));
            rescue(() -> log.bug("service " + name + ", reconciled with the kernel", cause));
        }
    }

    private void reconcile(ServiceName name, Moment now) {
        Optional<ServiceSituation> reconciled = fleet.reconcile(name, processes.evidence(name), now);
        reconciled.ifPresent(situation -> tell(situation, now));
        reconciled.ifPresent(this::warn);
        if (fleet.isShuttingDown()) {
            inbox.add(new CommandArrived(new Shutdown(), _ -> {}));
        } else if (reconciled.filter(ServiceSituation::leaving).isPresent()) {
            inbox.vanished(name, false);
        } else if (reconciled.filter(ServiceSituation::exiting).isPresent()) {
            // Where it rests, it may not have been given back.
            inbox.happened(name, new NotAgainRequested());
        }
    }

    /// After an error of our own, when all facts were delivered: a service whose state is not that of what there is
    /// has missed one, and any may have missed its deadline.
    private void clearDoubts(Moment now) {
        doubtful |= processes.takeDoubt();
        if (!doubtful || !inbox.isEmpty() || now.isBefore(nextLook)) {
            return;
        }
        nextLook = now.plus(NOT_SO_SOON);
        doubtful = false;
        for (ServiceSituation service : List.copyOf(fleet.services())) {
            ServiceName name = service.name();
            if (Reconciliation.agree(service.state(), processes.evidence(name))) {
                deadlines.follow(service);
            } else {
                guarded(name, () -> reconcile(name, now), now);
            }
        }
    }

    private void rescue(Runnable step) {
        try {
            step.run();
        } catch (OutOfMemoryError _) {
            // There is nothing left to say it with; what it was about is looked at again.
            doubtful = true;
        }
    }

    private Moment now() {
        return new Moment(kernel.monotonicNanos());
    }
}
