package dev.reeve.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Comparator;
import java.util.Set;
import java.util.stream.Stream;

/// A regular file that a process has open for writing, a log perhaps: its path here, what it is open as, by
/// whom.
record WrittenFile(Path path, OpenDescriptor descriptor, ProcessTable.Entry writer) {

    /// What s6-log, multilog and svlogd hold open beside the log.
    private static final Set<String> NO_LOGS = Set.of("lock", "state");

    /// The likeliest log last: `current` is what loggers call it; then the file that was written last.
    static final Comparator<WrittenFile> BY_LIKELIHOOD = Comparator.comparing(
                    (WrittenFile file) -> file.path().endsWith(RotatedLog.CURRENT))
            .thenComparing(WrittenFile::lastWritten);

    static WrittenFile of(OpenDescriptor descriptor, ProcessTable.Entry writer) {
        return new WrittenFile(RotatedLog.newestBeside(path(descriptor)), descriptor, writer);
    }

    boolean isLog() {
        return !NO_LOGS.contains(path.getFileName().toString());
    }

    /// `shared` tells that others than the service in question write there too.
    LogPlace place(boolean shared) {
        return new LogPlace(path, TaiClock.of(writer.program()), shared);
    }

    /// The path that the link tells, if that is the same file here; else as it is seen from the process' root,
    /// which may be another; else, for a file that is deleted, the descriptor itself.
    private static Path path(OpenDescriptor descriptor) {
        Path told = Path.of(descriptor.target());
        Path fromRoot = Path.of(descriptor.process() + "/root" + told);
        return Stream.of(told, fromRoot)
                .filter(path -> isSame(path, descriptor.link()))
                .findFirst()
                .orElse(descriptor.link());
    }

    private static boolean isSame(Path one, Path other) {
        try {
            return Files.isSameFile(one, other);
        } catch (IOException e) {
            return false;
        }
    }

    private FileTime lastWritten() {
        try {
            return Files.readAttributes(descriptor.link(), BasicFileAttributes.class)
                    .lastModifiedTime();
        } catch (IOException e) {
            return FileTime.fromMillis(0);
        }
    }
}
