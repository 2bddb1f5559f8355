package dev.reeve.daemon.s6;

import dev.reeve.daemon.fleet.Command;
import dev.reeve.daemon.fleet.Fleet;
import dev.reeve.daemon.fleet.FleetEvent;
import dev.reeve.daemon.fleet.FleetStep;
import dev.reeve.daemon.fleet.FleetStep.Order;
import dev.reeve.daemon.fleet.Letter;
import dev.reeve.daemon.fleet.ServiceSituation;
import dev.reeve.daemon.s6.Input.DiskAnswers;
import dev.reeve.daemon.s6.Input.FinishEnds;
import dev.reeve.daemon.s6.Input.Found;
import dev.reeve.daemon.s6.Input.LetterSent;
import dev.reeve.daemon.s6.Input.RunEnds;
import dev.reeve.daemon.s6.Input.RunIsReady;
import dev.reeve.daemon.s6.Input.SecondPasses;
import dev.reeve.daemon.s6.Input.SupervisorSignalled;
import dev.reeve.daemon.s6.Seen.Announced;
import dev.reeve.daemon.s6.Seen.DownFileMade;
import dev.reeve.daemon.s6.Seen.Finishes;
import dev.reeve.daemon.s6.Seen.Signalled;
import dev.reeve.daemon.s6.Seen.Started;
import dev.reeve.daemon.s6.Seen.Tallied;
import dev.reeve.daemon.s6.Seen.Target;
import dev.reeve.daemon.service.ExitStatus;
import dev.reeve.daemon.service.Moment;
import dev.reeve.daemon.service.Pid;
import dev.reeve.daemon.service.ServiceEffect;
import dev.reeve.daemon.service.ServiceEffect.KeepDown;
import dev.reeve.daemon.service.ServiceEffect.Kill;
import dev.reeve.daemon.service.ServiceEffect.KillGroup;
import dev.reeve.daemon.service.ServiceEffect.ReadReloadSignal;
import dev.reeve.daemon.service.ServiceEffect.ReadStopSettings;
import dev.reeve.daemon.service.ServiceEffect.SendSignal;
import dev.reeve.daemon.service.ServiceEffect.SignalGroup;
import dev.reeve.daemon.service.ServiceEffect.Spawn;
import dev.reeve.daemon.service.ServiceEffect.SpawnFinish;
import dev.reeve.daemon.service.ServiceEffect.Terminate;
import dev.reeve.daemon.service.ServiceEvent;
import dev.reeve.daemon.service.ServiceEvent.BecameReady;
import dev.reeve.daemon.service.ServiceEvent.DeadlinePassed;
import dev.reeve.daemon.service.ServiceEvent.FinishEnded;
import dev.reeve.daemon.service.ServiceEvent.FinishSkipped;
import dev.reeve.daemon.service.ServiceEvent.FinishSpawned;
import dev.reeve.daemon.service.ServiceEvent.ProcessEnded;
import dev.reeve.daemon.service.ServiceEvent.ReloadSignalRead;
import dev.reeve.daemon.service.ServiceEvent.SpawnFailed;
import dev.reeve.daemon.service.ServiceEvent.Spawned;
import dev.reeve.daemon.service.ServiceEvent.StopSettingsRead;
import dev.reeve.daemon.service.ServiceMachine;
import dev.reeve.daemon.service.ServiceName;
import dev.reeve.daemon.service.ServiceState;
import dev.reeve.daemon.service.ServiceState.BackingOff;
import dev.reeve.daemon.service.ServiceState.Running;
import dev.reeve.daemon.service.ServiceState.Spawning;
import dev.reeve.daemon.service.ServiceState.Timed;
import dev.reeve.daemon.service.Signal;
import dev.reeve.daemon.service.Transition;
import dev.reeve.daemon.service.Want;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// A service of reeve as it is seen from outside: everything that decides is what reeved runs (letters, fleet, machine,
/// announcer); the disk, whose answers come when they are asked for, and the processes are not.
final class ReeveService {
    static final ServiceName NAME = new ServiceName("web");
    private static final Pid FINISH_PID = new Pid(S6Supervise.FINISH_PID);

    /// Two processes in a row have different pids.
    private static final List<Pid> RUN_PIDS = List.of(new Pid(7), new Pid(8));

    private static final Moment WHENEVER = new Moment(0);

    private final ServiceMachine machine;
    private final SampleDirectory directory;
    private final Announcer announcer;
    private ServiceSituation situation;
    private Optional<Status> status = Optional.empty();
    private int runs;
    private boolean forgotten;
    private final ArrayDeque<ServiceEffect> errands;

    private Occasion occasion;
    private List<Seen> seen = new ArrayList<>();

    /// By what two of them behave in the same way.
    record Likeness(Object state, Object announcer, Object status, boolean forgotten, Object errands) {}

    /// It has just been found; `down` says whether it is to be started.
    ReeveService(ServiceMachine machine, SampleDirectory directory, Found found, Occasion occasion) {
        this.machine = machine;
        this.directory = directory;
        this.occasion = occasion;
        announcer = new Announcer();
        errands = new ArrayDeque<>();
        Fleet fleet = new Fleet(machine);
        FleetStep step = fleet.step(new FleetEvent.Found(NAME, found.startsDown()), occasion.moment());
        situation = step.changed().getFirst();
        follow(step);
    }

    private ReeveService(ReeveService other) {
        machine = other.machine;
        directory = other.directory;
        announcer = Alike.copy(other.announcer, new Announcer());
        situation = other.situation;
        status = other.status;
        runs = other.runs;
        forgotten = other.forgotten;
        errands = other.errands.clone();
        occasion = other.occasion;
        seen = List.copyOf(other.seen);
    }

    ReeveService copy() {
        return new ReeveService(this);
    }

    ServiceState state() {
        return situation.state();
    }

    Status status() {
        return status.orElseThrow();
    }

    /// What was seen of it at the last occasion, in this order.
    List<Seen> seen() {
        return seen;
    }

    boolean waitsForDisk() {
        return !errands.isEmpty();
    }

    /// Whether it will start `run` when some time has passed.
    boolean waitsForStart() {
        return state() instanceof BackingOff;
    }

    boolean runs() {
        return state() instanceof Running;
    }

    boolean finishes() {
        return state().pid().equals(Optional.of(FINISH_PID));
    }

    Likeness likeness(Moment now) {
        return new Likeness(
                Alike.of(state(), now),
                Alike.ofFields(announcer, now),
                Alike.of(status, now),
                forgotten,
                Alike.of(List.copyOf(errands), now));
    }

    void takes(Occasion now) {
        occasion = now;
        seen = new ArrayList<>();
        switch (now.input()) {
            case LetterSent(char letter) -> letter(letter);
            case RunEnds(ExitStatus exit) -> happens(new ProcessEnded(exit));
            case RunIsReady() -> happens(new BecameReady());
            case FinishEnds(ExitStatus exit) -> happens(new FinishEnded(exit));
            case SecondPasses() -> passDeadlines();
            case DiskAnswers() -> diskAnswers();
            // There is no s6-supervise that could be sent one.
            case SupervisorSignalled _, Found _ -> {}
        }
    }

    /// Whatever it waits for the disk with is answered, and what it then asks too.
    void diskAnswersAll(Occasion now) {
        occasion = now;
        while (waitsForDisk()) {
            diskAnswers();
        }
    }

    /// As `ControlDesk` has it done.
    private void letter(char letter) {
        Optional<Letter> known = Letter.of(letter);
        if (known.isEmpty()) {
            return;
        }
        Command command = new Command.Letters(Set.of(NAME), List.of(known.get()));
        follow(fleet().step(new FleetEvent.Commanded(command), occasion.moment()));
    }

    private void passDeadlines() {
        ServiceState before;
        do {
            before = state();
            if (before instanceof Timed timed && !occasion.moment().isBefore(timed.deadline())) {
                happens(new DeadlinePassed());
            }
        } while (!state().equals(before));
    }

    private void happens(ServiceEvent event) {
        follow(fleet().step(new FleetEvent.Happened(NAME, event), occasion.moment()));
    }

    /// A fleet that has this service alone, where it is.
    private Fleet fleet() {
        PlacingMachine placing = new PlacingMachine();
        Fleet fleet = new Fleet(placing);
        fleet.step(new FleetEvent.Found(NAME, true), WHENEVER);
        fleet.step(new FleetEvent.Happened(NAME, new DeadlinePassed()), WHENEVER);
        if (situation.exiting()) {
            fleet.step(new FleetEvent.Commanded(new Command.Letters(Set.of(NAME), List.of(Letter.EXIT))), WHENEVER);
            boolean isUp = situation.lastWant().equals(Optional.of(Want.UP));
            Letter last = isUp ? Letter.UP : Letter.DOWN;
            fleet.step(new FleetEvent.Commanded(new Command.Letters(Set.of(NAME), List.of(last))), WHENEVER);
        }
        placing.placed = true;
        return fleet;
    }

    private void follow(FleetStep step) {
        String events = "";
        for (ServiceSituation changed : step.changed()) {
            situation = changed;
            Announcement announcement = announcer.changed(changed, occasion.instant());
            announcement.deaths().forEach(death -> seen.add(new Tallied(death.exit())));
            if (!announcement.events().isEmpty()) {
                announce(events);
                events = announcement.events();
            }
            status = announcement.status();
        }
        announce(events);
        step.orders().stream().map(Order::effect).forEach(this::execute);
        if (!step.givenBack().isEmpty()) {
            forgotten = true;
            announce(Announcer.SUPERVISED_NO_MORE.events());
        }
    }

    /// The [Outbox] has a newer status without an event of its own serve the events before it, too.
    private void announce(String events) {
        events.chars().forEach(event -> seen.add(new Announced((char) event, status())));
    }

    private void execute(ServiceEffect effect) {
        switch (effect) {
            case Spawn _, SpawnFinish _, ReadStopSettings _, ReadReloadSignal _ -> errands.add(effect);
            case SendSignal(Pid _, Signal signal) -> send(Target.RUN, signal);
            case SignalGroup(Pid _, Signal signal) -> send(Target.GROUP_OF_RUN, signal);
            case Terminate(Pid _, Signal signal) -> {
                send(Target.RUN, signal);
                send(Target.RUN, Signal.CONT);
            }
            case Kill(Pid pid) -> send(pid.equals(FINISH_PID) ? Target.FINISH : Target.RUN, Signal.KILL);
            case KeepDown(boolean isKept) -> seen.add(new DownFileMade(isKept));
            case KillGroup(Pid _) -> send(Target.GROUP_OF_RUN, Signal.KILL);
        }
    }

    private void diskAnswers() {
        switch (errands.remove()) {
            case Spawn() -> spawned();
            case SpawnFinish(Pid _, ExitStatus exit, boolean orRun) -> {
                if (directory.hasFinish()) {
                    seen.add(new Finishes(exit));
                    happens(new FinishSpawned(FINISH_PID, directory.finishTimeout()));
                } else {
                    happens(new FinishSkipped(orRun));
                    if (orRun) {
                        errands.add(new Spawn());
                    }
                }
            }
            case ReadStopSettings() -> happens(new StopSettingsRead(directory.stopSettings()));
            case ReadReloadSignal(Pid pid) -> happens(new ReloadSignalRead(pid, SampleDirectory.RELOAD_SIGNAL));
            case ServiceEffect other -> throw new IllegalStateException("no errand: " + other);
        }
    }

    private void spawned() {
        if (!occasion.runIsExecutable()) {
            happens(new SpawnFailed("no run"));
            return;
        }
        seen.add(new Started());
        Pid pid = RUN_PIDS.get(runs++ % RUN_PIDS.size());
        happens(new Spawned(pid, directory.runSettings()));
    }

    private void send(Target target, Signal signal) {
        seen.add(new Signalled(target, signal));
    }

    /// Whether it waits for `run` to be executed.
    boolean isSpawning() {
        return state() instanceof Spawning;
    }

    /// The machine, once it has put the service where it is.
    private final class PlacingMachine extends ServiceMachine {
        private boolean placed;

        @Override
        public Transition on(ServiceState before, ServiceEvent event, Moment now) {
            return placed ? machine.on(before, event, now) : new Transition(situation.state(), List.of());
        }
    }
}
