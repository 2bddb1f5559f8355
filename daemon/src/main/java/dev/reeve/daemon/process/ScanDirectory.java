package dev.reeve.daemon.process;

import dev.reeve.bridge.ErrnoException;
import dev.reeve.bridge.EventLoop;
import dev.reeve.daemon.log.Log;
import dev.reeve.daemon.process.Absences.Asked;
import dev.reeve.daemon.process.Scan.Discovery;
import dev.reeve.daemon.process.Scan.FoundDirectory;
import dev.reeve.daemon.process.Scan.FoundLogger;
import dev.reeve.daemon.service.Moment;
import dev.reeve.daemon.service.ServiceName;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/// The scan directory: what is in it becomes services, and what has left it is told. A service is its directory, by
/// device and inode, so that one that was renamed goes on under its new name; one that is gone ends when [Absences]
/// says so, and where another has its name already, that one is taken up when the name is free. Belongs to the loop's
/// thread.
final class ScanDirectory {
    private static final Duration UNTIL_THERE_MAY_BE_ROOM = Duration.ofMinutes(1);

    private final ScanSettings settings;
    private final String path;
    private final SpawnSupplies supplies;
    private final Spawners spawners;
    private final ServiceTable table;
    private final ProcessFacts facts;
    private final Log log;
    private final Settling settling = new Settling();
    private final Absences absences = new Absences();
    private final Queue<Consumer<ScanReport>> listeners = new ArrayDeque<>();
    private Predicate<String> admitted = _ -> true;
    private Asked asked = Asked.NOTHING;
    private Optional<ScanWatch> watch = Optional.empty();
    private Set<String> complaints = Set.of();
    private boolean nameAwaited;
    private boolean underWay;
    private boolean neverRead = true;
    private Moment nextScan = Moment.NEVER;

    ScanDirectory(
            ScanSettings settings, SpawnSupplies supplies, Spawners spawners, ServiceTable table, ProcessFacts facts) {
        this.settings = settings;
        this.path = settings.directory();
        this.supplies = supplies;
        this.spawners = spawners;
        this.table = table;
        this.facts = facts;
        this.log = supplies.log();
    }

    /// From now on it is also read when it changes, as [Settling] has it. Throws as [ScanWatch] does.
    void watch(EventLoop loop, Moment now) throws ErrnoException {
        ScanWatch begun = new ScanWatch(path, supplies, loop, spawners, settling);
        watch = Optional.of(begun);
        begun.begin(now);
    }

    /// Only directories with these names are taken up, until others are admitted and it is read again.
    void admit(Predicate<String> names) {
        admitted = names;
    }

    /// Someone asks for it to be read, who takes what there is as it is, and is told what came of it when the facts
    /// were.
    void read(Consumer<ScanReport> report, Moment now) {
        listeners.add(report);
        ask(Asked.RESCAN, now);
    }

    /// The same, but what is not there any more goes on until it is pruned, as s6-svscan has it.
    void scan(Moment now) {
        ask(Asked.SCAN, now);
    }

    /// What was not there when the directory was last read ends, once the scan that was asked for before, if any, has
    /// been done.
    void prune(boolean loggersToo) {
        absences.pruneAsked(loggersToo);
        pruneIfDue();
    }

    private void ask(Asked what, Moment now) {
        asked = asked.and(what);
        if (!underWay) {
            begin(now);
        }
    }

    Moment nextCheck() {
        Moment next = underWay ? Moment.NEVER : earlier(settling.next(), nextScan);
        return watch.map(ScanWatch::nextCheck).filter(it -> it.isBefore(next)).orElse(next);
    }

    void check(Moment now) {
        watch.ifPresent(it -> it.check(now));
        if (underWay) {
            return;
        }
        if (nextScan.compareTo(now) <= 0) {
            scan(now);
        } else if (settling.next().compareTo(now) <= 0) {
            begin(now);
        }
    }

    private static Moment earlier(Moment one, Moment other) {
        return other.isBefore(one) ? other : one;
    }

    /// The fleet has forgotten this name: whoever waits for it can have it.
    void nameIsFree(Moment now) {
        if (nameAwaited) {
            nameAwaited = false;
            settling.again(now);
        }
    }

    private void begin(Moment now) {
        underWay = true;
        nextScan = settings.every().map(now::plus).orElse(Moment.NEVER);
        List<Consumer<ScanReport>> reports = List.copyOf(listeners);
        listeners.clear();
        Asked order = asked;
        asked = Asked.NOTHING;
        boolean ordered = order != Asked.NOTHING;
        Set<String> quiet = settling.quiet(now);
        ScanErrand.Task task = new ScanErrand.Task(
                settings,
                admitted,
                neverRead && settings.removesDanglingSymlinks(),
                table.identities(),
                table.size(),
                ordered ? Set.of() : settling.postponed(now),
                ordered ? Set.of() : quiet);
        settling.begins(quiet);
        ScanErrand.Homecoming homecoming = new ScanErrand.Homecoming() {
            @Override
            public void read(Scan scan) {
                boolean taken = false;
                try {
                    watch.ifPresent(ScanWatch::catchUp);
                    settling.ends(quiet, scan.unfinished(), now());
                    watch.ifPresent(ScanWatch::unwatchSettled);
                    end(reports, ordered, take(task, scan, order, now()));
                    pruneIfDue();
                    taken = true;
                } finally {
                    if (!taken) {
                        // An error of our own: without an end there would be no further reading.
                        failed("internal error, told in the log");
                    }
                }
            }

            @Override
            public void failed(String problem) {
                if (order != Asked.RESCAN || neverRead || watch.isPresent() || absences.isPruneAsked()) {
                    settling.failed(quiet, now());
                }
                String sentence = "it cannot be read: " + problem;
                end(reports, ordered, new ScanReport(List.of(), List.of(), new TreeMap<>(), List.of(sentence)));
            }
        };
        spawners.submit(new ScanErrand(supplies, task, homecoming), now);
    }

    private void end(List<Consumer<ScanReport>> reports, boolean ordered, ScanReport report) {
        underWay = false;
        tell(report.complaints(), ordered);
        reports.forEach(it -> it.accept(report));
        if (asked != Asked.NOTHING && !underWay) {
            begin(now());
        }
    }

    private void pruneIfDue() {
        if (underWay) {
            return;
        }
        absences.takePrune()
                .ifPresent(prune -> table.all().stream()
                        .filter(service -> !service.leaving && absences.isInactive(service.directory.identity()))
                        .sorted(Comparator.comparing(ServiceProcess::name))
                        .forEach(service -> vanish(service, prune.loggersToo())));
    }

    /// Where the service's directory was not there when it was last looked for, the service is to end. Answers whether
    /// it is.
    boolean vanishIfInactive(ServiceProcess service) {
        boolean isInactive = !service.leaving && absences.isInactive(service.directory.identity());
        if (isInactive) {
            vanish(service, false);
        }
        return isInactive;
    }

    private ScanReport take(ScanErrand.Task task, Scan scan, Asked order, Moment now) {
        List<String> problems = new ArrayList<>(scan.complaints());
        List<ServiceName> vanished = new ArrayList<>();
        Map<ServiceProcess, ServiceName> renamed = new LinkedHashMap<>();
        absences.begin();
        for (ServiceProcess service : List.copyOf(table.all())) {
            DirectoryIdentity identity = service.directory.identity();
            List<String> names = scan.names().getOrDefault(identity, List.of());
            if (service.isLogger()) {
                continue;
            }
            if (service.leaving) {
                nameAwaited |= !names.isEmpty();
            } else if (!names.isEmpty()) {
                ServiceName name = chooseName(service.name(), names, problems);
                if (!name.equals(service.name())) {
                    renamed.put(service, name);
                }
            } else if (scan.unreadable().contains(service.name().text())) {
                // Nobody knows what has its name; that is no reason to stop it.
                absences.unknown(identity);
            } else if (isGone(service, order, now)) {
                vanish(service, false);
                vanished.add(service.name());
            }
        }
        absences.end();
        neverRead = false;
        if (scan.tooMany()) {
            nextScan = earlier(nextScan, now.plus(UNTIL_THERE_MAY_BE_ROOM));
        }
        lookAgainForThoseForgottenMeanwhile(task, scan, now);
        vanished.sort(null);
        // In this order: a name that was given up is free for what is new when that was taken into account.
        SortedMap<ServiceName, ServiceName> newNames = rename(renamed);
        return new ScanReport(takeUp(scan.discoveries(), order != Asked.NOTHING), vanished, newNames, problems);
    }

    /// Of what was known when the reading began, nothing was opened.
    private void lookAgainForThoseForgottenMeanwhile(ScanErrand.Task task, Scan scan, Moment now) {
        Set<DirectoryIdentity> known = table.identities();
        if (task.known().stream()
                .anyMatch(it -> !known.contains(it) && scan.names().containsKey(it))) {
            settling.again(now);
        }
    }

    /// It keeps its name while it has it.
    private static ServiceName chooseName(ServiceName own, List<String> names, List<String> problems) {
        String chosen = names.contains(own.text()) ? own.text() : names.getFirst();
        names.stream()
                .filter(name -> !name.equals(chosen))
                .forEach(name -> problems.add(name + " is passed over: it is the same directory as " + chosen));
        return new ServiceName(chosen);
    }

    private boolean isGone(ServiceProcess service, Asked order, Moment now) {
        DirectoryIdentity identity = service.directory.identity();
        boolean wasInactive = absences.isInactive(identity);
        Moment since = absences.missing(identity, now);
        if (absences.isGone(identity, order, watch.isPresent(), now)) {
            return true;
        }
        if (watch.isPresent()) {
            settling.missed(since);
        } else if (!wasInactive) {
            log.info("service " + service.name() + ": its directory " + service.directory.path()
                    + " is gone; it goes on until s6-svscanctl -n, or reeve rescan, has it end");
        }
        return false;
    }

    private void vanish(ServiceProcess service, boolean loggerToo) {
        service.leaving = true;
        if (service.logger != null) {
            service.logger.leaving = true;
            service.logger.endsUnread = loggerToo;
        }
        log.info("service " + service.name() + ": its directory " + service.directory.path()
                + " is gone, so it is stopped and forgotten");
        facts.vanished(service.name(), loggerToo);
    }

    /// Those whose new names others have, and keep for now, must wait.
    private SortedMap<ServiceName, ServiceName> rename(Map<ServiceProcess, ServiceName> services) {
        while (services.entrySet().removeIf(mustWait(services.keySet()))) {
            nameAwaited = true;
        }
        SortedMap<ServiceName, ServiceName> told = new TreeMap<>();
        Map<ServiceName, ServiceName> withLoggers = new HashMap<>();
        services.forEach((service, to) -> {
            log.info("service " + service.name() + " is called " + to + " now, as its directory is");
            told.put(service.name(), to);
            withLoggers.put(service.name(), to);
            if (service.logger != null) {
                withLoggers.put(service.logger.name(), to.logger());
                service.logger.directory = service.logger.directory.renamed(to.logger(), path + "/" + to + "/log");
            }
            service.directory = service.directory.renamed(to, path + "/" + to);
        });
        if (!withLoggers.isEmpty()) {
            table.promise(withLoggers.values());
            facts.renamed(withLoggers);
        }
        return told;
    }

    /// Whether another has the new name, and does not give it up with these.
    private Predicate<Map.Entry<ServiceProcess, ServiceName>> mustWait(Set<ServiceProcess> renamed) {
        Set<ServiceName> given = renamed.stream().map(ServiceProcess::name).collect(Collectors.toSet());
        return entry -> !given.contains(entry.getValue()) && !isFree(entry.getValue());
    }

    private List<ServiceName> takeUp(List<Discovery> discoveries, boolean ordered) {
        List<ServiceName> found = new ArrayList<>();
        for (Discovery discovery : discoveries) {
            ServiceName name = discovery.service().directory().name();
            if (!ordered && isBeingMade(name)) {
                discovery.close(supplies.kernel());
                continue;
            }
            if (!isFree(name)) {
                nameAwaited = true;
                discovery.close(supplies.kernel());
                continue;
            }
            table.add(discovery);
            // The logger first: its service finds it reading.
            discovery.logger().map(FoundLogger::found).ifPresent(this::tellFound);
            tellFound(discovery.service());
            found.add(name);
        }
        return found;
    }

    /// It may have been made, or have gone, while the scan directory was read, after that had begun.
    private boolean isBeingMade(ServiceName name) {
        if (settling.isUnsure()) {
            watch.ifPresent(it -> it.made(name.text()));
        }
        return settling.isUnfinished(name.text()) || settling.wasTouched(name.text());
    }

    private void tellFound(FoundDirectory found) {
        facts.found(found.directory().name(), found.startsDown());
    }

    private boolean isFree(ServiceName name) {
        return table.isFree(name) && table.isFree(name.logger());
    }

    /// What is wrong is told when it is new, or when someone asked.
    private void tell(List<String> problems, boolean ordered) {
        problems.stream()
                .filter(problem -> ordered || !complaints.contains(problem))
                .forEach(problem -> log.warning("scan directory " + path + ": " + problem));
        complaints = Set.copyOf(problems);
    }

    private Moment now() {
        return new Moment(supplies.kernel().monotonicNanos());
    }
}
