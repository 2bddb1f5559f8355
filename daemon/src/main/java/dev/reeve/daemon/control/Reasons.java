package dev.reeve.daemon.control;

import dev.reeve.daemon.fleet.Letter;
import dev.reeve.daemon.service.ServiceName;
import java.util.List;
import java.util.stream.Collectors;

/// Why a request is refused, in sentences that say what to do.
final class Reasons {
    static final String SHUTTING_DOWN = "reeved is shutting down and starts nothing any more";
    static final String NOT_DONE =
            "an error of reeved's own, told in its log, kept it from doing this; nothing was done";
    static final String NO_SCAN_DIRECTORY = "there is no scan directory to read again: start reeved with --scan DIR";
    static final String OTHERS_LOOK = "another client looks at the same time, or no thread can be had: ask again";

    private Reasons() {}

    static String mayOnlyLook(String asked) {
        return "on this socket one may only look (status, watch, why, version): " + asked
                + " is for those who may open the control socket";
    }

    static String noSignal(String text) {
        return text + " is no signal: give a name such as HUP or RTMIN+3, or a number from 1 to 64";
    }

    /// Of letters, not all of which are known.
    static String noLetters(String letters) {
        String unknown = letters.chars()
                .filter(character -> Letter.of((char) character).isEmpty())
                .distinct()
                .mapToObj(Character::toString)
                .collect(Collectors.joining(", "));
        return unknown + (unknown.length() == 1 ? " is no letter" : " are no letters") + " of s6-svc: there are "
                + Letter.all();
    }

    static String unknown(List<ServiceName> names) {
        return unknownTexts(names.stream().map(ServiceName::text).toList());
    }

    /// As the other, of what cannot be a name.
    static String unknownTexts(List<String> names) {
        return (names.size() == 1 ? "there is no service " : "there are no services ") + String.join(", ", names);
    }

    static String notRunning(List<ServiceName> names) {
        return list(names)
                + (names.size() == 1
                        ? " has no process to be sent a signal: start it first"
                        : " have no processes to be sent a signal: start them first");
    }

    static String leaving(List<ServiceName> names) {
        return list(names) + (names.size() == 1 ? ": its directory is" : ": their directories are")
                + " gone from the scan directory, and what runs still is being stopped";
    }

    static String exiting(List<ServiceName> names) {
        return list(names) + (names.size() == 1 ? ": its supervision ends" : ": their supervision ends")
                + " (s6-svc -x) and begins anew a second later: ask again then";
    }

    private static String list(List<ServiceName> names) {
        return names.stream().map(ServiceName::text).collect(Collectors.joining(", "));
    }
}
