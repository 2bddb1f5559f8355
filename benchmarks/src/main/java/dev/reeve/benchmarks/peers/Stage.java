package dev.reeve.benchmarks.peers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.IntStream;

/// Service directories for one supervisor: `run` is the program that stamps, the same for all.
record Stage(Path directory, List<String> services) {
    /// What such services are like. `ANNOUNCING` ones say when they are ready.
    enum Kind {
        QUIET,
        ANNOUNCING,
        FINISHING,
        ANNOUNCING_AND_FINISHING;

        boolean announces() {
            return this == ANNOUNCING || this == ANNOUNCING_AND_FINISHING;
        }

        boolean finishes() {
            return this == FINISHING || this == ANNOUNCING_AND_FINISHING;
        }
    }

    static Stage build(WorkDirectory work, int count, Kind kind) throws IOException {
        Stage stage = buildAside(work, count, kind);
        Files.delete(stage.scan());
        Files.move(stage.aside(), stage.scan());
        return stage;
    }

    /// The same, but the scan directory is empty until [#show].
    static Stage buildAside(WorkDirectory work, int count, Kind kind) throws IOException {
        Path directory = work.newStage();
        List<String> names =
                IntStream.range(0, count).mapToObj(i -> "s%05d".formatted(i)).toList();
        Stage stage = new Stage(directory, names);
        Files.createDirectory(stage.scan());
        Files.createDirectory(stage.aside());
        Path run = stage.ownCopy(work, "service");
        Path finish = stage.ownCopy(work, "finish");
        for (String name : names) {
            Path service = Files.createDirectory(stage.aside().resolve(name));
            Files.createLink(service.resolve("run"), run);
            if (kind.finishes()) {
                Files.createLink(service.resolve("finish"), finish);
            }
            if (kind.announces()) {
                Files.writeString(service.resolve("notification-fd"), "3\n");
            }
        }
        return stage;
    }

    void show() throws IOException {
        for (String name : services) {
            Files.move(aside().resolve(name), service(name));
        }
    }

    Path scan() {
        return directory.resolve("scan");
    }

    Path service(String name) {
        return scan().resolve(name);
    }

    Path file(String name) {
        return directory.resolve(name);
    }

    /// A file may have 65,000 names on ext4, which is not enough for all stages of a run.
    private Path ownCopy(WorkDirectory work, String program) throws IOException {
        return Files.copy(work.program(program), file(program), StandardCopyOption.COPY_ATTRIBUTES);
    }

    private Path aside() {
        return directory.resolve("aside");
    }
}
