package dev.reeve.cli;

import java.util.List;
import java.util.stream.Stream;

/// The log of services that someone asked for: mostly of one.
record NamedLog(List<String> services, LogPlace place) {

    /// Both, which have the same log.
    NamedLog and(NamedLog other) {
        return new NamedLog(
                Stream.concat(services.stream(), other.services.stream()).toList(), place);
    }

    String names() {
        return String.join(", ", services);
    }

    /// What stands before its lines where there are those of others too.
    String label() {
        return place.shared() ? "(all)" : names();
    }
}
