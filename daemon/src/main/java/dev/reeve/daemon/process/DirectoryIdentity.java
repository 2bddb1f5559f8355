package dev.reeve.daemon.process;

import dev.reeve.bridge.Kernel.FileStatus;

/// Which directory it is, whatever it is called: as long as a descriptor of it is open, no other has its inode
/// number.
record DirectoryIdentity(long device, long inode) {
    static DirectoryIdentity of(FileStatus status) {
        return new DirectoryIdentity(status.device(), status.inode());
    }
}
