package dev.reeve.dist;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// Writes a machine's root as the archive that a kernel unpacks into memory: cpio's "newc", see the kernel's
/// Documentation/driver-api/early-userspace/buffer-format.rst.
final class Cpio {
    private static final int FOLDER = 0040000;
    private static final int FILE = 0100000;
    private static final int LINK = 0120000;

    private final OutputStream out;
    private long written;
    private int files;

    private Cpio(OutputStream out) {
        this.out = out;
    }

    static void write(MachineTree tree, Path archive) throws IOException {
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(archive), 1 << 16)) {
            Cpio cpio = new Cpio(out);
            for (Map.Entry<String, MachineTree.Node> entry : tree.nodes().entrySet()) {
                cpio.add(entry.getKey(), entry.getValue());
            }
            cpio.entry("TRAILER!!!", 0, 0, new byte[0]);
        }
    }

    private void add(String path, MachineTree.Node node) throws IOException {
        switch (node) {
            case MachineTree.Node.Folder folder -> entry(path, FOLDER | folder.mode(), 0, new byte[0]);
            case MachineTree.Node.Link link ->
                entry(path, LINK | link.mode(), 0, link.target().getBytes(StandardCharsets.UTF_8));
            case MachineTree.Node.Text text ->
                entry(path, FILE | text.mode(), 0, text.text().getBytes(StandardCharsets.UTF_8));
            case MachineTree.Node.Copy copy ->
                entry(
                        path,
                        FILE | copy.mode(),
                        Files.getLastModifiedTime(copy.source()).to(TimeUnit.SECONDS),
                        Files.readAllBytes(copy.source()));
        }
    }

    private void entry(String path, int mode, long changedSeconds, byte[] content) throws IOException {
        byte[] name = (path + "\0").getBytes(StandardCharsets.UTF_8);
        files++;
        int links = 1;
        write(("070701" + hex(files) + hex(mode) + hex(0) + hex(0) + hex(links) + hex(changedSeconds)
                        + hex(content.length) + hex(0) + hex(0) + hex(0) + hex(0) + hex(name.length) + hex(0))
                .getBytes(StandardCharsets.US_ASCII));
        write(name);
        align();
        write(content);
        align();
    }

    private static String hex(long number) {
        return "%08X".formatted(number);
    }

    private void write(byte[] bytes) throws IOException {
        out.write(bytes);
        written += bytes.length;
    }

    private void align() throws IOException {
        while (written % 4 != 0) {
            out.write(0);
            written++;
        }
    }
}
