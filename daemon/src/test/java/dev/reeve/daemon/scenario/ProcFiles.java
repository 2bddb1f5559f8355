package dev.reeve.daemon.scenario;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/// What the kernel says of a process, under /proc.
final class ProcFiles {
    private static final Path PROC = Path.of("/proc");

    private ProcFiles() {}

    /// The children of a process that live, by the name of the directory that each runs in: for children of reeved, by
    /// service.
    static Map<String, List<Integer>> childrenByDirectory(long parent) throws IOException {
        Map<String, List<Integer>> children = new TreeMap<>();
        for (Path process : entries(PROC)) {
            if (process.getFileName().toString().matches("[0-9]+") && isChildOf(parent, process)) {
                String directory = String.valueOf(workingDirectory(process).getFileName());
                children.computeIfAbsent(directory, _ -> new ArrayList<>())
                        .add(Integer.parseInt(process.getFileName().toString()));
            }
        }
        return children;
    }

    /// The processes, whosever children, that run in a directory below this one.
    static List<Integer> processesIn(Path directory) throws IOException {
        List<Integer> pids = new ArrayList<>();
        for (Path process : entries(PROC)) {
            if (process.getFileName().toString().matches("[0-9]+")
                    && workingDirectory(process).startsWith(directory)) {
                pids.add(Integer.parseInt(process.getFileName().toString()));
            }
        }
        return pids;
    }

    /// The open descriptors of a process, by what they are: `anon_inode:[pidfd]`, `pipe`, `socket`, or a path.
    static Map<String, Integer> descriptors(long pid) throws IOException {
        Map<String, Integer> kinds = new TreeMap<>();
        for (Path descriptor : entries(PROC.resolve(Long.toString(pid)).resolve("fd"))) {
            try {
                String target = Files.readSymbolicLink(descriptor).toString();
                kinds.merge(target.replaceFirst("^(pipe|socket):.*", "$1"), 1, Integer::sum);
            } catch (IOException _) {
                // It was closed meanwhile.
            }
        }
        return kinds;
    }

    /// Whether a process has a handler of its own for a signal.
    static boolean catches(long pid, int signal) throws IOException {
        Path status = PROC.resolve(Long.toString(pid)).resolve("status");
        String caught = Files.readAllLines(status).stream()
                .filter(line -> line.startsWith("SigCgt:"))
                .findFirst()
                .orElseThrow();
        return (Long.parseUnsignedLong(caught.replaceFirst("SigCgt:\\s*", ""), 16) >> (signal - 1) & 1) == 1;
    }

    /// The threads of a process, by name.
    static Map<String, Integer> threads(long pid) throws IOException {
        Map<String, Integer> names = new TreeMap<>();
        for (Path thread : entries(PROC.resolve(Long.toString(pid)).resolve("task"))) {
            try {
                names.merge(Files.readString(thread.resolve("comm")).strip(), 1, Integer::sum);
            } catch (IOException _) {
                // It has ended meanwhile.
            }
        }
        return names;
    }

    private static Path workingDirectory(Path process) {
        try {
            return Files.readSymbolicLink(process.resolve("cwd"));
        } catch (IOException _) {
            // It has ended meanwhile.
            return Path.of("");
        }
    }

    private static List<Path> entries(Path directory) throws IOException {
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.toList();
        }
    }

    private static boolean isChildOf(long parent, Path process) {
        try {
            String stat = Files.readString(process.resolve("stat"));
            // After the name, which may hold anything: state, parent.
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
            return Long.parseLong(fields[1]) == parent && !fields[0].equals("Z");
        } catch (IOException _) {
            // It has ended meanwhile.
            return false;
        }
    }
}
