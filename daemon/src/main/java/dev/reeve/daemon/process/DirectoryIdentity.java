package dev.reeve.daemon.process;

import dev.reeve.bridge.Kernel.FileStatus;

/// Which directory it is, whatever it is called: as long as a descriptor of it is open, no other has its inode
/// number.
record DirectoryIdentity(long device, long inode) {
    static DirectoryIdentity of(FileStatus status) {
        return new DirectoryIdentity(status.device(), status.inode());
    }

    // By hand: see Signal.
    @Override
    public boolean equals(Object other) {
        return other instanceof DirectoryIdentity identity && identity.device == device && identity.inode == inode;
    }

    @Override
    public int hashCode() {
        return Long.hashCode(inode);
    }
}
