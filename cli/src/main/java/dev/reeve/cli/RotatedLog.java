package dev.reeve.cli;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/// A log as files. s6-log, multilog and svlogd write `current`. When it is full they rename it (s6-log and
/// multilog to `previous` first), begin a new one, and let the old one become `@` and a label of the time:
/// these sort by their age, and the oldest are deleted. A log of another name is one file alone, until another
/// takes its path.
///
/// All of that may happen at any moment between two looks. What is sure, and relied on: a file is linked under
/// its next name before it loses the former one, and whoever begins a new `current` writes no more to the old.
final class RotatedLog {
    static final String CURRENT = "current";
    private static final String PREVIOUS = "previous";

    /// `.u` was not ended in order, or is to be processed; all others are `.s`.
    private static final Pattern ARCHIVE = Pattern.compile("@[0-9a-f]{24}\\.[su]");

    private final Path newest;
    private final Path folder;

    /// `newest` is the file that is written.
    RotatedLog(Path newest) {
        this.newest = newest.toAbsolutePath();
        this.folder = Objects.requireNonNull(this.newest.getParent(), "a file lies in a folder");
    }

    /// The file that is written where this one was, if it has just been rotated away.
    static Path newestBeside(Path file) {
        String name = file.getFileName().toString();
        Path current = file.resolveSibling(CURRENT);
        boolean isFormer = name.equals(PREVIOUS) || ARCHIVE.matcher(name).matches();
        return isFormer && Files.exists(current) ? current : file;
    }

    Path folder() {
        return folder;
    }

    Path newest() {
        return newest;
    }

    /// The file that is written now; empty in the moment in which there is none.
    Optional<LogFile> openNewest() throws IOException {
        // Listed before it is opened: of two files that look older by this, one may be newer, but none is
        // missed.
        List<Path> archives = archives();
        return LogFile.open(newest, archives.isEmpty() ? "" : label(archives.getLast()));
    }

    /// Those that were finished before this one was begun, the youngest first.
    List<Path> olderThan(LogFile file) throws IOException {
        List<Path> older = new ArrayList<>();
        for (Path path : finished()) {
            if (file.isAt(path)) {
                older.clear();
            } else {
                older.add(path);
            }
        }
        return older;
    }

    /// The file that was begun after this one; empty while this is the newest.
    Optional<LogFile> after(LogFile file) throws IOException {
        if (file.isAt(newest)) {
            return Optional.empty();
        }
        // Opened before the others are listed: what was begun between the two files is among those then.
        LogFile last = openNewest().orElse(null);
        if (last == null) {
            return Optional.empty();
        }
        if (last.isSameAs(file)) {
            last.close();
            return Optional.empty();
        }
        Deque<Path> between = new ArrayDeque<>();
        String label = "";
        boolean isDeleted = !file.newestOlder().isEmpty();
        for (Path path : finished()) {
            // An archive keeps its name: no file has to be looked at to see which are younger.
            boolean isIt = file.isArchive() ? label(path).equals(file.label()) : file.isAt(path);
            if (isIt) {
                label = label(path);
                break;
            }
            if (!label(path).isEmpty() && label(path).compareTo(file.newestOlder()) <= 0) {
                isDeleted = false;
                break;
            }
            between.addFirst(path);
        }
        if (label.isEmpty() && !file.isArchive() && !isDeleted && !between.isEmpty()) {
            // A processor of the logger's has put another file in the place of this one.
            label = label(between.removeFirst());
        }
        if (between.isEmpty()) {
            return Optional.of(last);
        }
        last.close();
        // One that is deleted meanwhile has taken its lines with it; the next look finds its successor.
        return LogFile.open(between.getFirst(), label.isEmpty() ? file.newestOlder() : label);
    }

    /// All but the newest, the youngest first.
    private List<Path> finished() throws IOException {
        if (!newest.endsWith(CURRENT)) {
            return List.of();
        }
        // Looked at before the archives are listed: it is linked as one of them before it goes.
        Path previous = folder.resolve(PREVIOUS);
        Object key = LogFile.key(previous);
        List<Path> finished = new ArrayList<>(archives().reversed());
        boolean isListed = !finished.isEmpty() && key != null && key.equals(LogFile.key(finished.getFirst()));
        if (key != null && !isListed) {
            finished.addFirst(previous);
        }
        return finished;
    }

    /// The oldest first.
    private List<Path> archives() throws IOException {
        List<Path> archives = new ArrayList<>();
        if (newest.endsWith(CURRENT)) {
            try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "@*")) {
                for (Path file : files) {
                    if (ARCHIVE.matcher(file.getFileName().toString()).matches()) {
                        archives.add(file);
                    }
                }
            } catch (DirectoryIteratorException e) {
                throw e.getCause();
            }
            archives.sort(Comparator.naturalOrder());
        }
        return archives;
    }

    /// The time in an archive's name; nothing in another's.
    static String label(Path file) {
        String name = file.getFileName().toString();
        return name.startsWith("@") ? name.substring(0, TaiClock.LABEL_LENGTH) : "";
    }
}
