package dev.reeve.bridge;

import dev.reeve.bridge.SpawnOrder.PassedFd;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/// How a child comes by its passed descriptors and loses all others, in few steps whatever the numbers are.
///
/// First `before` moves each to a number as low as possible, so that nothing worth keeping is above; then everything
/// from `closedFrom` on is closed; then `after` moves on those that belong higher up. What moves on leaves its low
/// number, which is to be closed.
record DescriptorPlan(List<PassedFd> before, int closedFrom, List<PassedFd> after) {
    private static final int FIRST_UNPASSED = 3;

    /// EINVAL where two are to have the same number.
    static DescriptorPlan of(List<PassedFd> passed) throws ErrnoException {
        int closedFrom = FIRST_UNPASSED;
        for (PassedFd fd : passed) {
            if (fd.theirs() >= FIRST_UNPASSED) {
                closedFrom++;
            }
        }
        BitSet taken = takenBelow(closedFrom, passed);
        List<PassedFd> before = new ArrayList<>(passed.size());
        List<PassedFd> after = new ArrayList<>();
        for (PassedFd fd : passed) {
            if (fd.theirs() < closedFrom) {
                before.add(fd);
                continue;
            }
            int low = taken.nextClearBit(FIRST_UNPASSED);
            taken.set(low);
            before.add(new PassedFd(fd.ours(), low));
            after.add(new PassedFd(low, fd.theirs()));
        }
        return new DescriptorPlan(before, closedFrom, after);
    }

    private static BitSet takenBelow(int end, List<PassedFd> passed) throws ErrnoException {
        BitSet seen = new BitSet();
        for (PassedFd fd : passed) {
            if (fd.theirs() < 0) {
                throw new ErrnoException("pass a descriptor as " + fd.theirs(), Errno.EBADF);
            }
            if (seen.get(fd.theirs())) {
                throw new ErrnoException("pass two descriptors as " + fd.theirs(), Errno.EINVAL);
            }
            seen.set(fd.theirs());
        }
        return seen.get(0, end);
    }
}
