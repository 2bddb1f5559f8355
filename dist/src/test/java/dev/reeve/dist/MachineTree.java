package dev.reeve.dist;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The files of a machine's root, collected from this one and from the folders in `dist/machines`.
///
/// Paths are relative to the root and have no slash at their ends. A later file takes the place of an earlier
/// one. Folders above a file need not be named.
final class MachineTree {
    /// What is at a path, and its mode: all belongs to root.
    sealed interface Node {
        int mode();

        record Folder(int mode) implements Node {}

        record Link(String target) implements Node {
            @Override
            public int mode() {
                return 0777;
            }
        }

        record Text(String text, int mode) implements Node {}

        /// A file of this machine, with the time when it was changed last: Java does not trust a cache of jars that
        /// were changed since.
        record Copy(Path source, int mode) implements Node {}
    }

    private static final Pattern LIBRARY = Pattern.compile("(/\\S+) \\(0x");

    private final SortedMap<String, Node> nodes = new TreeMap<>();

    /// Every path and what is there, folders before what is in them.
    SortedMap<String, Node> nodes() {
        return new TreeMap<>(nodes);
    }

    MachineTree folder(String path, int mode) {
        return put(path, new Node.Folder(mode));
    }

    MachineTree link(String path, String target) {
        return put(path, new Node.Link(target));
    }

    MachineTree file(String path, String text) {
        return put(path, new Node.Text(text, 0644));
    }

    MachineTree script(String path, String text) {
        return put(path, new Node.Text(text, 0755));
    }

    /// A file or folder of this machine, and all that is in it. Symbolic links stay what they are.
    MachineTree copy(Path source, String path) {
        try (Stream<Path> files = Files.walk(source)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                put(Path.of(path).resolve(source.relativize(file)).toString(), node(file));
            }
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// A program of this machine, with the libraries that it is linked with, where they are here.
    MachineTree program(Path program) {
        copyFollowing(program);
        return libraries(program);
    }

    /// What an ELF file is linked with, where it is on this machine.
    MachineTree libraries(Path binary) {
        LIBRARY.matcher(Command.output("ldd", binary.toString()))
                .results()
                .map(match -> Path.of(match.group(1)))
                .forEach(this::copyFollowing);
        return this;
    }

    private void copyFollowing(Path source) {
        try {
            put(source.toString().substring(1), node(source.toRealPath()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Makes all of it in a directory.
    void writeTo(Path directory) throws IOException {
        for (var entry : nodes.entrySet()) {
            Path path = directory.resolve(entry.getKey());
            switch (entry.getValue()) {
                case Node.Folder _ -> Files.createDirectories(path);
                case Node.Link link -> Files.createSymbolicLink(path, Path.of(link.target()));
                case Node.Text text -> Files.writeString(path, text.text());
                case Node.Copy copy -> Files.copy(copy.source(), path, StandardCopyOption.COPY_ATTRIBUTES);
            }
            if (!(entry.getValue() instanceof Node.Link)) {
                Files.setAttribute(path, "unix:mode", entry.getValue().mode());
            }
        }
    }

    private MachineTree put(String path, Node node) {
        for (int slash = path.indexOf('/'); slash > 0; slash = path.indexOf('/', slash + 1)) {
            nodes.putIfAbsent(path.substring(0, slash), new Node.Folder(0755));
        }
        if (!path.isEmpty()) {
            nodes.put(path, node);
        }
        return this;
    }

    private static Node node(Path file) throws IOException {
        if (Files.isSymbolicLink(file)) {
            return new Node.Link(Files.readSymbolicLink(file).toString());
        }
        int mode = (int) Files.getAttribute(file, "unix:mode") & 07777;
        return Files.isDirectory(file) ? new Node.Folder(mode) : new Node.Copy(file, mode);
    }

    /// Symbolic links to them, as busybox is installed.
    MachineTree links(String target, List<String> paths) {
        paths.forEach(path -> link(path, target));
        return this;
    }
}
