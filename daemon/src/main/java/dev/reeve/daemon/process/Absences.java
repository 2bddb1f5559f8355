package dev.reeve.daemon.process;

import dev.reeve.daemon.service.Moment;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Which known directories are not in the scan directory any more, and what becomes of their services.
///
/// Two ways lead there (docs/decisions/010). Who asks for a rescan means what he sees, so what is not there is
/// gone; in a watched directory it is gone when it has stayed away for [Settling#ABSENCE]. A scan as s6-svscan
/// does it only notes that it is not there: the service is inactive, goes on, and is gone with the next prune.
/// Decides only; knows no file.
final class Absences {

    /// What someone has asked for when the directory is read.
    enum Asked {
        /// Nothing: it has changed, or is read again.
        NOTHING,
        /// `s6-svscanctl -a`: what is new is taken up, and nothing ends.
        SCAN,
        /// `reeve rescan`: what is not there ends.
        RESCAN;

        /// What two of them come to.
        Asked and(Asked other) {
            return compareTo(other) < 0 ? other : this;
        }
    }

    /// That everything inactive is to end, and the loggers with their services or after them.
    record Prune(boolean loggersToo) {}

    private final Map<DirectoryIdentity, Moment> since = new HashMap<>();
    private Set<DirectoryIdentity> inactive = Set.of();
    private Set<DirectoryIdentity> missing = new HashSet<>();
    private Set<DirectoryIdentity> unknown = new HashSet<>();
    private Optional<Prune> prune = Optional.empty();

    /// The directory was read, and each that is not there is told of next.
    void begin() {
        missing = new HashSet<>();
        unknown = new HashSet<>();
    }

    /// Nobody knows whether it is there, which is no reason to stop anything.
    void unknown(DirectoryIdentity identity) {
        unknown.add(identity);
    }

    /// It is not there. Answers since when, as far as anybody has looked.
    Moment missing(DirectoryIdentity identity, Moment now) {
        missing.add(identity);
        return since.computeIfAbsent(identity, _ -> now);
    }

    /// Whether that means that its service is to end.
    boolean isGone(DirectoryIdentity identity, Asked asked, boolean isWatched, Moment now) {
        if (asked == Asked.RESCAN) {
            return true;
        }
        Moment missed = since.getOrDefault(identity, now);
        return isWatched && !now.isBefore(missed.plus(Settling.ABSENCE));
    }

    /// All were told of.
    void end() {
        inactive = missing;
        since.keySet().removeIf(identity -> !missing.contains(identity) && !unknown.contains(identity));
    }

    boolean isInactive(DirectoryIdentity identity) {
        return inactive.contains(identity);
    }

    /// Someone wants a prune: it is due when what was asked for before has been read.
    void pruneAsked(boolean loggersToo) {
        prune = Optional.of(
                new Prune(loggersToo || prune.filter(Prune::loggersToo).isPresent()));
    }

    boolean isPruneAsked() {
        return prune.isPresent();
    }

    /// The prune that is due, which is done then.
    Optional<Prune> takePrune() {
        Optional<Prune> due = prune;
        prune = Optional.empty();
        return due;
    }
}
