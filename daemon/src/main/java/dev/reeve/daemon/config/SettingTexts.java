package dev.reeve.daemon.config;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The texts of a service's files as values; what cannot be understood is complained of and counts as absent.
///
/// Most services have few of these files, and someone waits for each to be started: what is absent is found so
/// before any word of a complaint is made.
final class SettingTexts {
    private static final int SHOWN_MAX = 40;
    private static final int DIGITS_MAX = 10;

    private final ServiceFiles files;
    private final Set<Complaint> complaints = new LinkedHashSet<>();

    SettingTexts(ServiceFiles files) {
        this.files = files;
    }

    ServiceFiles files() {
        return files;
    }

    void complain(String file, String reason) {
        complaints.add(new Complaint(file, reason));
    }

    List<Complaint> complaints() {
        return List.copyOf(complaints);
    }

    /// Whether the file has a text to be understood.
    boolean has(String file) {
        return files.hasText(file);
    }

    Optional<String> firstLine(String file) {
        return files.firstLine(file);
    }

    /// A decimal number without a sign, as s6 has them. `expected` completes the complaint's "… is not", and says
    /// what is done instead.
    Optional<Long> number(String file, String expected) {
        Optional<String> line = firstLine(file);
        if (line.isEmpty()) {
            return Optional.empty();
        }
        if (!isNumber(line.get())) {
            complain(file, quoted(line.get()) + " is not " + expected);
            return Optional.empty();
        }
        return Optional.of(Long.parseLong(line.get()));
    }

    /// By hand, since each start asks: an expression would be compiled anew.
    private static boolean isNumber(String text) {
        if (text.isEmpty() || text.length() > DIGITS_MAX) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return true;
    }

    /// A decimal number from `min` to `max`, with a sign perhaps.
    Optional<Integer> numberBetween(String file, int min, int max, String consequence) {
        if (!has(file)) {
            return Optional.empty();
        }
        String expected = "a number from " + min + " to " + max + "; " + consequence;
        Optional<Integer> number = matching(file, "[+-]?[0-9]{1,5}", expected).map(Integer::parseInt);
        if (number.isPresent() && (number.get() < min || number.get() > max)) {
            complain(file, number.get() + " is not " + expected);
            return Optional.empty();
        }
        return number;
    }

    /// The first line, if it has this form.
    Optional<String> matching(String file, String form, String expected) {
        Optional<String> line = firstLine(file);
        if (line.isPresent() && !line.get().matches(form)) {
            complain(file, quoted(line.get()) + " is not " + expected);
            return Optional.empty();
        }
        return line;
    }

    static String quoted(String text) {
        if (text.isEmpty()) {
            return "an empty line";
        }
        String shown = text.length() <= SHOWN_MAX ? text : text.substring(0, SHOWN_MAX) + "…";
        return '"' + shown.replaceAll("\\p{Cntrl}", "?") + '"';
    }
}
