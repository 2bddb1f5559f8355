package dev.reeve.daemon.control;

import org.jspecify.annotations.Nullable;

/// Who connected, as the kernel vouches for it: user, primary group and pid of the moment of connecting
/// (SO_PEERCRED, unix(7)). The pid is 0 for one in a PID namespace that is not ours or below it.
final class Peer {
    private final int uid;
    private final int gid;
    private final int pid;
    private volatile @Nullable String command;

    Peer(int uid, int gid, int pid) {
        this.uid = uid;
        this.gid = gid;
        this.pid = pid;
    }

    int uid() {
        return uid;
    }

    int gid() {
        return gid;
    }

    int pid() {
        return pid;
    }

    /// Its command line, once it has been read; null before, and for one that was gone by then. Its own word: a
    /// process may write there what it likes.
    @Nullable
    String command() {
        return command;
    }

    /// What was read; any thread.
    void command(String command) {
        this.command = command;
    }

    @Override
    public String toString() {
        return "uid " + uid + ", gid " + gid + ", pid " + pid;
    }
}
