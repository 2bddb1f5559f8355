package dev.reeve.benchmarks.peers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

/// Service directories for one supervisor: `run` is the program that stamps, the same for all. `announcing`
/// services say when they are ready.
record Stage(Path directory, List<String> services) {
    static Stage build(WorkDirectory work, int count, boolean announcing) throws IOException {
        Path directory = work.newStage();
        Path scan = Files.createDirectory(directory.resolve("scan"));
        List<String> names =
                IntStream.range(0, count).mapToObj(i -> "s%05d".formatted(i)).toList();
        for (String name : names) {
            Path service = Files.createDirectory(scan.resolve(name));
            Files.createLink(service.resolve("run"), work.program("service"));
            if (announcing) {
                Files.writeString(service.resolve("notification-fd"), "3\n");
            }
        }
        return new Stage(directory, names);
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
}
