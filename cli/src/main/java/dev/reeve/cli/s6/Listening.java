package dev.reeve.cli.s6;

import dev.reeve.cli.outside.ClientFailure;
import dev.reeve.cli.outside.ControlClient;
import dev.reeve.cli.outside.DaemonGone;
import dev.reeve.cli.outside.DaemonLine;
import dev.reeve.cli.outside.Deadline;
import dev.reeve.cli.outside.NameBatches;
import dev.reeve.protocol.Notice;
import dev.reeve.protocol.Reply;
import dev.reeve.protocol.Request;
import dev.reeve.protocol.ServicePhase;
import dev.reeve.protocol.ServiceStatus;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongFunction;
import java.util.function.Predicate;

/// Follows what becomes of services from the moment on at which it was made, and so loses nothing that is
/// asked for later.
final class Listening {
    private final ControlClient client;
    private final Map<String, Follow> followed = new LinkedHashMap<>();
    private final Deque<Notice> told = new ArrayDeque<>();
    private int failed;

    /// One service. `isSettled`: it has failed for good and counts as having got where it was awaited.
    private static final class Follow {
        private boolean up;
        private boolean ready;
        private boolean failed;
        private boolean settled;
    }

    private Listening(ControlClient client) {
        this.client = client;
    }

    /// Services of one daemon; they may be named more than once.
    static Listening to(Collection<Service> services) throws ClientFailure, NotSupervised, Fatal {
        ControlClient client = services.iterator().next().client();
        Listening listening = new Listening(client);
        for (Service service : services) {
            if (service.client() != client) {
                throw Fatal.of(
                        Fatal.USAGE,
                        service.directory() + " is supervised by another daemon than "
                                + services.iterator().next().directory() + ": wait for each of them by itself");
            }
        }
        listening.watch(services.stream().map(Service::name).distinct().toList());
        return listening;
    }

    private void watch(List<String> names) throws ClientFailure, NotSupervised {
        // A second watch would replace the first: many names mean all of them.
        List<String> watched = NameBatches.of(names).size() == 1 ? names : List.of();
        Reply reply = ask(id -> new Request.Watch(id, watched));
        if (!(reply instanceof Reply.Services services)) {
            throw new NotSupervised(reply instanceof Reply.Refused refused ? refused.reason() : "it is gone already");
        }
        Map<String, ServiceStatus> known = new HashMap<>();
        services.services().forEach(status -> known.put(status.name(), status));
        for (String name : names) {
            ServiceStatus status = known.get(name);
            if (status == null) {
                throw new NotSupervised("there is no service " + name);
            }
            Follow follow = new Follow();
            follow.failed = status.phase() == ServicePhase.FAILED;
            note(follow, status);
            followed.put(name, follow);
        }
    }

    /// Asks for something; what is told meanwhile is kept.
    Reply ask(LongFunction<Request> request) throws ClientFailure {
        return client.ask(request, told::add);
    }

    /// Waits until all of them are where they should be, or one if `any`. Answers how many have failed for
    /// good on the way.
    int await(WaitFor goal, boolean any, Deadline deadline) throws Fatal, ClientFailure {
        failed = 0;
        Predicate<Follow> isThere =
                follow -> follow.settled || (follow.up == goal.up() && (follow.ready || !goal.ready()));
        while (!(any
                ? followed.values().stream().anyMatch(isThere)
                : followed.values().stream().allMatch(isThere))) {
            follow(next(deadline), goal);
        }
        return failed;
    }

    private Notice next(Deadline deadline) throws Fatal, ClientFailure {
        while (told.isEmpty()) {
            Optional<DaemonLine> line;
            try {
                line = client.next(deadline);
            } catch (DaemonGone gone) {
                throw Fatal.of(Fatal.UNSUPERVISED, "supervisor died: " + gone.getMessage());
            }
            if (line.isEmpty()) {
                throw Fatal.of(Fatal.TIMED_OUT, "timed out");
            }
            if (line.get().message() instanceof Notice notice) {
                told.add(notice);
            }
        }
        return told.remove();
    }

    private void follow(Notice notice, WaitFor goal) throws Fatal, ClientFailure {
        if (notice instanceof Notice.Changed(long _, ServiceStatus status)) {
            Follow follow = followed.get(status.name());
            if (follow != null) {
                changed(follow, status, goal);
            }
        }
        if (notice instanceof Notice.Forgotten(long _, String name)) {
            Follow follow = followed.get(name);
            if (follow != null && (follow.up != goal.up() || (goal.ready() && !follow.ready))) {
                throw Fatal.of(Fatal.UNSUPERVISED, "supervisor died: " + name + " is no service any more");
            }
        }
    }

    private void changed(Follow follow, ServiceStatus status, WaitFor goal) throws ClientFailure {
        boolean isFailed = status.phase() == ServicePhase.FAILED;
        if (isFailed && !follow.failed && goal.up()) {
            follow.settled = true;
            failed++;
        }
        follow.failed = isFailed;
        note(follow, status);
        if (follow.up) {
            follow.settled = false;
        }
    }

    private static void note(Follow follow, ServiceStatus status) throws ClientFailure {
        follow.up = status.pid() != null && status.phase() != ServicePhase.FINISHING;
        follow.ready = SvStatus.s6(status).ready();
    }
}
