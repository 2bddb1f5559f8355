package dev.reeve.daemon.simulation;

import dev.reeve.bridge.Kernel;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Set;

/// The system calls that supervising does not make.
abstract class UnneededCalls implements Kernel {

    @Override
    public int write(int fd, ByteBuffer buffer) {
        throw unneeded();
    }

    @Override
    public boolean isPassedOn(int fd) {
        throw unneeded();
    }

    @Override
    public void duplicate(int fd, int copy) {
        throw unneeded();
    }

    @Override
    public Set<Integer> blockedSignals() {
        throw unneeded();
    }

    @Override
    public int inotify() {
        throw unneeded();
    }

    @Override
    public void unwatchDirectory(int inotifyFd, int watch) {
        throw unneeded();
    }

    @Override
    public int watchDirectory(int inotifyFd, String path) {
        throw unneeded();
    }

    @Override
    public List<DirectoryChange> readInotify(int fd) {
        throw unneeded();
    }

    @Override
    public void makeFifoAt(int directoryFd, String name, int mode) {
        throw unneeded();
    }

    @Override
    public int openFifoAt(int directoryFd, String name) {
        throw unneeded();
    }

    @Override
    public boolean writeFifoAt(int directoryFd, String name, byte[] bytes) {
        throw unneeded();
    }

    @Override
    public Symlink readLinkAt(int directoryFd, String name) {
        throw unneeded();
    }

    @Override
    public void adoptOrphans() {
        throw unneeded();
    }

    @Override
    public void closeOnExecFrom(int first) {
        throw unneeded();
    }

    @Override
    public List<byte[]> environment() {
        throw unneeded();
    }

    @Override
    public int pid() {
        throw unneeded();
    }

    private static AssertionError unneeded() {
        return new AssertionError("a system call that the simulation does not know");
    }
}
