package dev.reeve.daemon.boot;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// A line of /proc/mounts (proc(5)): what is mounted where.
record MountPoint(String target, String type) {
    private static final String ROOT = "/";

    /// What a machine is made of while it runs: there is nothing in it that a disk should have.
    private static final Set<String> FURNITURE = Set.of("/proc", "/sys", "/dev", "/run");

    private static final Set<String> IN_MEMORY = Set.of(
            "autofs",
            "binfmt_misc",
            "bpf",
            "cgroup",
            "cgroup2",
            "configfs",
            "debugfs",
            "devpts",
            "devtmpfs",
            "efivarfs",
            "fusectl",
            "hugetlbfs",
            "mqueue",
            "proc",
            "pstore",
            "ramfs",
            "securityfs",
            "sysfs",
            "tmpfs",
            "tracefs");

    /// Whose server may be out of reach by now, and would be waited for.
    private static final Set<String> FROM_A_SERVER =
            Set.of("9p", "afs", "ceph", "cifs", "coda", "fuse.glusterfs", "fuse.sshfs", "ncpfs", "nfs", "nfs4", "smb3");

    /// What is to be unmounted of a table of mounts, last first, because a mount may hide, or lie on, one that came
    /// before.
    static List<MountPoint> toUnmount(String mounts) {
        List<MountPoint> points = new ArrayList<>();
        mounts.lines().map(MountPoint::parse).forEach(point -> {
            if (!point.target.equals(ROOT) && !point.isFurniture()) {
                points.addFirst(point);
            }
        });
        return points;
    }

    boolean isFromAServer() {
        return FROM_A_SERVER.contains(type);
    }

    private boolean isFurniture() {
        return IN_MEMORY.contains(type)
                && FURNITURE.stream().anyMatch(place -> target.equals(place) || target.startsWith(place + "/"));
    }

    private static MountPoint parse(String line) {
        String[] fields = line.split(" ", 4);
        return fields.length < 3 ? new MountPoint(ROOT, "") : new MountPoint(unescaped(fields[1]), fields[2]);
    }

    /// Blanks and backslashes are octal there, and in /proc/swaps: `\040`.
    static String unescaped(String field) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < field.length(); i++) {
            if (field.startsWith("\\", i) && field.substring(i).matches("\\\\[0-7]{3}.*")) {
                text.append((char) Integer.parseInt(field.substring(i + 1, i + 4), 8));
                i += 3;
            } else {
                text.append(field.charAt(i));
            }
        }
        return text.toString();
    }
}
