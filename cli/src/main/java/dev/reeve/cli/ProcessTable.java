package dev.reeve.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The processes of this machine as far as /proc shows them to this user, as they were a moment ago.
final class ProcessTable {
    private static final int COMMAND_BYTES_MAX = 4096;
    private static final int COMMAND_CHARACTERS_MAX = 100;

    private final Map<Integer, Entry> ofPid = new TreeMap<>();

    /// A process, its parent, and what it runs: its arguments, or its short name in brackets where it has none.
    record Entry(int pid, int parent, String command) {

        /// "pid 4711 (s6-log -b /var/log/web)".
        String words() {
            return "pid " + pid + " (" + command + ")";
        }

        /// The name of what it runs, without folder and arguments.
        String program() {
            String path = command.split(" ", 2)[0];
            return path.substring(path.lastIndexOf('/') + 1);
        }
    }

    private ProcessTable() {}

    /// Those below /proc, or below what a test puts in its place.
    static ProcessTable read(Path proc) {
        ProcessTable table = new ProcessTable();
        try (DirectoryStream<Path> processes = Files.newDirectoryStream(proc, "[0-9]*")) {
            for (Path process : processes) {
                Entry entry = entry(process);
                if (entry != null) {
                    table.ofPid.put(entry.pid(), entry);
                }
            }
        } catch (IOException e) {
            // No /proc: none are known.
        }
        return table;
    }

    Optional<Entry> process(int pid) {
        return Optional.ofNullable(ofPid.get(pid));
    }

    /// All of them, in the order of their pids.
    Collection<Entry> all() {
        return ofPid.values();
    }

    /// In the order of their pids.
    List<Entry> childrenOf(int pid) {
        return ofPid.values().stream().filter(entry -> entry.parent() == pid).toList();
    }

    /// The process and all that stem from it, parents first; empty if it is not there.
    List<Entry> family(int pid) {
        List<Entry> family = new ArrayList<>();
        process(pid).ifPresent(family::add);
        for (int i = 0; i < family.size(); i++) {
            family.addAll(childrenOf(family.get(i).pid()));
        }
        return family;
    }

    private static @Nullable Entry entry(Path process) {
        try {
            // "4711 (name that may hold ) and spaces) S 1 …", proc(5)
            String stat = Files.readString(process.resolve("stat"), StandardCharsets.ISO_8859_1);
            int nameEnds = stat.lastIndexOf(')');
            int pid = Integer.parseInt(stat.substring(0, stat.indexOf(' ')));
            int parent = Integer.parseInt(stat.substring(nameEnds + 2).split(" ", -1)[1]);
            String name = "[" + stat.substring(stat.indexOf('(') + 1, nameEnds) + "]";
            return new Entry(pid, parent, command(process).orElse(name));
        } catch (IOException | RuntimeException e) {
            // It has ended meanwhile, or is not ours to see.
            return null;
        }
    }

    private static Optional<String> command(Path process) {
        try (InputStream file = Files.newInputStream(process.resolve("cmdline"))) {
            String arguments = new String(file.readNBytes(COMMAND_BYTES_MAX), StandardCharsets.UTF_8);
            String command = arguments.replace('\0', ' ').strip();
            if (command.isEmpty()) {
                return Optional.empty();
            }
            return Optional.of(
                    command.length() <= COMMAND_CHARACTERS_MAX
                            ? command
                            : command.substring(0, COMMAND_CHARACTERS_MAX) + "…");
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
