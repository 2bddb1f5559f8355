package dev.reeve.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/// The examples that can run here, and the packages that the others lack.
///
/// An example says what it needs in `data/requires`: lines `COMMAND PACKAGE`.
record DemoExamples(List<Path> runnable, SortedMap<String, Set<String>> missingPackages) {

    static DemoExamples in(Path services, Map<String, String> environment) throws IOException {
        List<Path> runnable = new ArrayList<>();
        SortedMap<String, Set<String>> missing = new TreeMap<>();
        for (Path service : children(services)) {
            Set<String> packages = missingPackages(service, environment);
            if (packages.isEmpty()) {
                runnable.add(service);
            } else {
                missing.put(name(service), packages);
            }
        }
        return new DemoExamples(runnable, missing);
    }

    List<String> names() {
        return runnable.stream().map(DemoExamples::name).toList();
    }

    /// Copies what can run into a scan directory, which this makes.
    void copyInto(Path scan) throws IOException {
        Files.createDirectory(scan);
        for (Path service : runnable) {
            copy(service, scan.resolve(name(service)));
        }
    }

    /// What to say about those that cannot run; nothing if all can.
    List<String> complaint() {
        if (missingPackages.isEmpty()) {
            return List.of();
        }
        Set<String> packages = new TreeSet<>();
        missingPackages.values().forEach(packages::addAll);
        return List.of(
                "Left out, because it is not installed: " + String.join(", ", missingPackages.keySet())
                        + ". To have it:",
                "  apt-get install " + String.join(" ", packages));
    }

    private static Set<String> missingPackages(Path service, Map<String, String> environment) throws IOException {
        Set<String> missing = new TreeSet<>();
        Path requires = service.resolve("data/requires");
        if (Files.exists(requires)) {
            for (String line : Files.readAllLines(requires)) {
                List<String> words = List.of(line.strip().split("\\s+"));
                if (words.size() == 2 && !isInstalled(words.getFirst(), environment)) {
                    missing.add(words.getLast());
                }
            }
        }
        return missing;
    }

    private static boolean isInstalled(String command, Map<String, String> environment) {
        String path = environment.getOrDefault("PATH", "/usr/bin:/bin") + ":/usr/sbin:/sbin";
        return Stream.of(path.split(":"))
                .map(folder -> Path.of(folder, command))
                .anyMatch(Files::isExecutable);
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.copy(from, to, StandardCopyOption.COPY_ATTRIBUTES);
        if (Files.isDirectory(from)) {
            for (Path child : children(from)) {
                copy(child, to.resolve(name(child)));
            }
        }
    }

    private static List<Path> children(Path folder) throws IOException {
        try (Stream<Path> children = Files.list(folder)) {
            return children.sorted().toList();
        }
    }

    private static String name(Path path) {
        return path.getFileName().toString();
    }
}
