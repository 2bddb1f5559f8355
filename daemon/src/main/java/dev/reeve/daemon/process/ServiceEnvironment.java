package dev.reeve.daemon.process;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// The environment that services get: the one that the launcher was started with, without a trace of the JVM.
///
/// What could make the JVM refuse to start (`JAVA_TOOL_OPTIONS`, `LD_PRELOAD`, …) the launcher moved aside under
/// the prefix `REEVE_SAVED_`; here it gets its own name back. `_JAVA_SR_SIGNUM`, `LC_ALL`,
/// `LOCPATH` and `LD_LIBRARY_PATH` are the launcher's, unless they were saved too.
public final class ServiceEnvironment {
    private static final byte[] SAVED = "REEVE_SAVED_".getBytes(StandardCharsets.US_ASCII);
    private static final List<byte[]> LAUNCHERS_OWN = Stream.of(
                    "_JAVA_SR_SIGNUM=", "LC_ALL=", "LOCPATH=", "LD_LIBRARY_PATH=")
            .map(prefix -> prefix.getBytes(StandardCharsets.US_ASCII))
            .toList();

    /// The entry by which a daemon that executed itself again, to have its signals blocked, knows that it did.
    public static final byte[] EXECUTED_AGAIN = "_REEVE_EXECUTED_AGAIN=1".getBytes(StandardCharsets.US_ASCII);

    private ServiceEnvironment() {}

    /// Each entry is `NAME=value` in its own bytes.
    public static List<byte[]> from(List<byte[]> daemons) {
        List<byte[]> entries = new ArrayList<>(daemons.size());
        for (byte[] entry : daemons) {
            if (startsWith(entry, SAVED)) {
                entries.add(Arrays.copyOfRange(entry, SAVED.length, entry.length));
            } else if (!isLaunchersOwn(entry)) {
                entries.add(entry);
            }
        }
        return List.copyOf(entries);
    }

    /// The entries with some of them set or, where they have no value, unset.
    static List<byte[]> edited(List<byte[]> entries, Map<String, Optional<String>> edits) {
        if (edits.isEmpty()) {
            return entries;
        }
        List<byte[]> prefixes = new ArrayList<>(edits.size());
        edits.keySet().forEach(name -> prefixes.add((name + "=").getBytes(StandardCharsets.UTF_8)));
        List<byte[]> edited = new ArrayList<>(entries.size() + edits.size());
        for (byte[] entry : entries) {
            if (prefixes.stream().noneMatch(prefix -> startsWith(entry, prefix))) {
                edited.add(entry);
            }
        }
        edits.forEach((name, value) ->
                value.ifPresent(text -> edited.add((name + "=" + text).getBytes(StandardCharsets.UTF_8))));
        return edited;
    }

    private static boolean isLaunchersOwn(byte[] entry) {
        return Arrays.equals(entry, EXECUTED_AGAIN)
                || LAUNCHERS_OWN.stream().anyMatch(prefix -> startsWith(entry, prefix));
    }

    private static boolean startsWith(byte[] entry, byte[] prefix) {
        return entry.length >= prefix.length && Arrays.equals(entry, 0, prefix.length, prefix, 0, prefix.length);
    }
}
