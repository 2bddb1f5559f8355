package dev.reeve.bridge;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// The accounts of this machine, as the C library finds them (nsswitch.conf(5)): in a file, or across a network.
final class Accounts {
    /// struct passwd: where its user id and its group id are.
    private static final int PASSWD_SIZE = 64;

    private static final int PASSWD_USER = 16;
    private static final int PASSWD_GROUP = 20;

    /// struct group: where its id is.
    private static final int GROUP_SIZE = 32;

    private static final int GROUP_ID = 16;
    private static final int MEMBERS_SIZE_MAX = 4 * 1024 * 1024;
    private static final int STRINGS_SIZE = 16 * 1024;

    /// NGROUPS_MAX.
    private static final int GROUPS_MAX = 65_536;

    private static final int GROUPS_AT_FIRST = 64;

    private Accounts() {}

    /// Empty where there is no such account.
    static Optional<Credentials> find(String account) throws ErrnoException {
        String call = "look up the account " + account;
        NativeMemory memory = NativeMemory.ofThread();
        long name = memory.path(call, account);
        int passwd = memory.reserveZeroed(PASSWD_SIZE);
        int strings = memory.reserve(STRINGS_SIZE);
        int found = memory.reserveZeroed(Long.BYTES);
        int errno = LibcProcesses.getpwnam_r(
                name, memory.address(passwd), memory.address(strings), STRINGS_SIZE, memory.address(found));
        if (errno != 0 && errno != Errno.ENOENT && errno != Errno.ESRCH) {
            throw new ErrnoException(call, errno);
        }
        if (memory.bytes().getLong(found) == 0) {
            return Optional.empty();
        }
        int user = memory.bytes().getInt(passwd + PASSWD_USER);
        int group = memory.bytes().getInt(passwd + PASSWD_GROUP);
        return Optional.of(new Credentials(user, group, groupsOf(account, group)));
    }

    /// Empty where there is no such group.
    static OptionalInt findGroup(String group) throws ErrnoException {
        String call = "look up the group " + group;
        for (int room = STRINGS_SIZE; room <= MEMBERS_SIZE_MAX; room *= 4) {
            NativeMemory memory = NativeMemory.ofThread();
            memory.ensureSize(room + 2L * NativeMemory.PATH_MAX);
            long name = memory.path(call, group);
            int entry = memory.reserveZeroed(GROUP_SIZE);
            int strings = memory.reserve(room);
            int found = memory.reserveZeroed(Long.BYTES);
            int errno = LibcProcesses.getgrnam_r(
                    name, memory.address(entry), memory.address(strings), room, memory.address(found));
            if (errno == Errno.ERANGE) {
                // Its members are named, too.
                continue;
            }
            if (errno != 0 && errno != Errno.ENOENT && errno != Errno.ESRCH) {
                throw new ErrnoException(call, errno);
            }
            return memory.bytes().getLong(found) == 0
                    ? OptionalInt.empty()
                    : OptionalInt.of(memory.bytes().getInt(entry + GROUP_ID));
        }
        throw new ErrnoException(call, Errno.ERANGE);
    }

    private static List<Integer> groupsOf(String account, int group) throws ErrnoException {
        for (int room = GROUPS_AT_FIRST; room <= GROUPS_MAX; room *= 4) {
            NativeMemory memory = NativeMemory.ofThread();
            memory.ensureSize(room * (long) Integer.BYTES + 2L * NativeMemory.PATH_MAX);
            long name = memory.path("look up the groups of " + account, account);
            int count = memory.reserve(Integer.BYTES);
            int groups = memory.reserve(room * Integer.BYTES);
            memory.bytes().putInt(count, room);
            if (LibcProcesses.getgrouplist(name, group, memory.address(groups), memory.address(count)) >= 0) {
                List<Integer> list = new ArrayList<>();
                for (int i = 0; i < memory.bytes().getInt(count); i++) {
                    list.add(memory.bytes().getInt(groups + i * Integer.BYTES));
                }
                return list;
            }
        }
        throw new ErrnoException("look up the groups of " + account, Errno.ERANGE);
    }
}
