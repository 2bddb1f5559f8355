package dev.reeve.cli.outside;

import dev.reeve.protocol.Request;
import dev.reeve.protocol.ServiceStatus;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.PatternSyntaxException;

/// The names of services as people give them: patterns as a shell has them (`*`, `?`, `[a-z]`, `{a,b}`) stand
/// for the services that the daemon has. As in a path, no `*` matches a slash: `*/log` are all loggers, and `*`
/// is none.
public final class ServiceNames {
    private static final String PATTERN_CHARACTERS = "*?[{";

    private ServiceNames() {}

    /// Every name once, patterns replaced by the names they stand for. A pattern that stands for none ends the
    /// command.
    public static List<String> expand(ControlClient client, List<String> names) throws ClientFailure {
        if (names.stream().noneMatch(ServiceNames::isPattern)) {
            return names.stream().distinct().toList();
        }
        List<String> known = all(client);
        Set<String> expanded = new LinkedHashSet<>();
        for (String name : names) {
            // A service may well be named like a pattern.
            expanded.addAll(isPattern(name) && !known.contains(name) ? matching(name, known) : List.of(name));
        }
        return List.copyOf(expanded);
    }

    /// Every service there is.
    public static List<String> all(ControlClient client) throws ClientFailure {
        return client.demandServices(id -> new Request.Status(id, List.of())).services().stream()
                .map(ServiceStatus::name)
                .toList();
    }

    /// Ends the command if one of the names is no service.
    public static void demandKnown(Collection<String> names, Collection<String> known) throws ClientFailure {
        for (String name : names) {
            if (!known.contains(name)) {
                throw unknown(name, known);
            }
        }
    }

    /// That there is no such service, and which one may have been meant.
    public static ClientFailure unknown(String name, Collection<String> known) {
        String hint = NearestName.to(name, known)
                .map(nearest -> "did you mean " + nearest + "?")
                .orElse("reeve list names those there are");
        return new ClientFailure(ExitCode.UNKNOWN_SERVICE, "there is no service " + name + ": " + hint);
    }

    private static boolean isPattern(String name) {
        return name.chars().anyMatch(character -> PATTERN_CHARACTERS.indexOf(character) >= 0);
    }

    private static List<String> matching(String pattern, List<String> known) throws ClientFailure {
        PathMatcher matcher;
        try {
            matcher = FileSystems.getDefault().getPathMatcher("glob:" + pattern);
        } catch (PatternSyntaxException e) {
            throw new ClientFailure(
                    ExitCode.USAGE, "the pattern '" + pattern + "' is not complete: " + e.getDescription());
        }
        List<String> matching = new ArrayList<>();
        for (String name : known) {
            if (matcher.matches(Path.of(name))) {
                matching.add(name);
            }
        }
        if (matching.isEmpty()) {
            throw new ClientFailure(
                    ExitCode.UNKNOWN_SERVICE, "no service matches '" + pattern + "': reeve list names those there are");
        }
        return matching;
    }
}
