package dev.reeve.dist;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Writes a machine's root as the image of a disk.
final class Ext4 {
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
}
