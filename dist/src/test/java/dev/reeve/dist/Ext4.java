package dev.reeve.dist;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Writes a machine's root as the image of a disk, and reads what the machine has left there.
final class Ext4 {
    private static final Pattern STATE = Pattern.compile("Filesystem state: +(.*)");

    private Ext4() {}

    /// The image, in a directory which is used for its making, too.
    static Path write(MachineTree tree, Path directory) throws IOException {
        Path root = Files.createDirectory(directory.resolve("root"));
        tree.writeTo(root);
        return write(root, directory.resolve("disk"), "256M");
    }

    /// The image of a directory, as large as is said (`256M`).
    static Path write(Path root, Path disk, String size) {
        String mke2fs = Command.find("mke2fs").orElseThrow().toString();
        Command.output(
                mke2fs, "-q", "-t", "ext4", "-E", "root_owner=0:0", "-d", root.toString(), disk.toString(), size);
        return disk;
    }

    /// `clean` where it was unmounted, or made read-only, with all that was written to it; `recovery` where its journal
    /// has to be read first.
    static String state(Path disk) {
        String superblock =
                Command.output(Command.find("dumpe2fs").orElseThrow().toString(), "-h", disk.toString());
        if (superblock.contains("needs_recovery")) {
            return "recovery";
        }
        Matcher state = STATE.matcher(superblock);
        return state.find() ? state.group(1) : superblock;
    }

    /// Reads a folder of an image that no machine has any more: a copy of it, in this directory.
    static Path read(Path disk, String folder, Path into) {
        Path copy = into.resolve(Path.of(folder).getFileName());
        Command.output(
                Command.find("debugfs").orElseThrow().toString(),
                "-R",
                "rdump " + folder + " " + into,
                disk.toString());
        if (!Files.isDirectory(copy)) {
            throw new IllegalStateException("there is no " + folder + " in " + disk);
        }
        return copy;
    }
}
