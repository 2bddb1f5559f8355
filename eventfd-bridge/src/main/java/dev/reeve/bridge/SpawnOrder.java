package dev.reeve.bridge;

import java.util.List;

/// What [Kernel#spawn] starts: `path` is looked up in the directory of `directoryFd`, which becomes the child's
/// working directory.
///
/// The child has a session of its own, an empty signal mask, every signal at its default, and of the descriptors 0,
/// 1, 2 and the `passed` ones only. The environment's entries are `NAME=value`, in their own bytes.
public record SpawnOrder(
        int directoryFd,
        String path,
        List<String> arguments,
        List<byte[]> environment,
        List<PassedFd> passed,
        ProcessAttributes attributes) {

    /// With nothing special about the child.
    public SpawnOrder(
            int directoryFd, String path, List<String> arguments, List<byte[]> environment, List<PassedFd> passed) {
        this(directoryFd, path, arguments, environment, passed, ProcessAttributes.INHERITED);
    }

    /// Our descriptor `ours` becomes descriptor `theirs` of the child, and stays open here. Two of one order may
    /// not be the same `theirs` (EINVAL).
    public record PassedFd(int ours, int theirs) {}
}
