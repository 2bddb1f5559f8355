package dev.reeve.daemon.boot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class MountPointTest {

    @Test
    void aMachinesFurnitureStaysAndAllElseIsUnmountedLastFirst() {
        List<MountPoint> points = MountPoint.toUnmount("""
                rootfs / rootfs rw 0 0
                /dev/vda / ext4 rw,relatime 0 0
                proc /proc proc rw 0 0
                binfmt_misc /proc/sys/fs/binfmt_misc binfmt_misc rw 0 0
                dev /dev devtmpfs rw 0 0
                devpts /dev/pts devpts rw 0 0
                shm /dev/shm tmpfs rw 0 0
                tmpfs /run tmpfs rw 0 0
                cgroup2 /sys/fs/cgroup cgroup2 rw 0 0
                /dev/vdb /srv xfs rw 0 0
                tmpfs /tmp tmpfs rw 0 0
                /dev/sdc1 /run/media/stick vfat rw 0 0
                proc /srv/jail/proc proc rw 0 0
                """);

        assertEquals(
                List.of("/srv/jail/proc", "/run/media/stick", "/tmp", "/srv"),
                points.stream().map(MountPoint::target).toList());
    }

    @Test
    void whatLiesOnAnotherOfTheSameNameIsUnmountedTwice() {
        assertEquals(
                List.of(new MountPoint("/mnt", "xfs"), new MountPoint("/mnt", "ext4")),
                MountPoint.toUnmount("a /mnt ext4 rw 0 0\nb /mnt xfs rw 0 0\n"));
    }

    @Test
    void blanksAreOctalThere() {
        assertEquals(
                List.of(new MountPoint("/mnt/a b\\c\n", "ext4")),
                MountPoint.toUnmount("/dev/a /mnt/a\\040b\\134c\\012 ext4 rw 0 0\n"));
    }

    @Test
    void aDirectoryWhoseNameOnlyBeginsLikeFurnitureIsNone() {
        assertEquals(1, MountPoint.toUnmount("tmpfs /runtime tmpfs rw 0 0\n").size());
    }

    @Test
    void aServersFileSystemIsKnown() {
        assertTrue(new MountPoint("/net", "nfs4").isFromAServer());
        assertFalse(new MountPoint("/srv", "btrfs").isFromAServer());
    }

    @Test
    void aLineThatMeansNothingIsPassedOver() {
        assertEquals(List.of(), MountPoint.toUnmount("\nnonsense\n"));
    }
}
