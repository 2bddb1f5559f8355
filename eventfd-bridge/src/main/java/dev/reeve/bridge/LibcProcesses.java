package dev.reeve.bridge;

/// The functions of glibc about processes: their start, end, limits, signals and users, and about plain memory. See
/// [Libc].
final class LibcProcesses {
    private static final NativeFunction DLSYM = new NativeFunction("dlsym");
    private static final NativeFunction EXECVE = new NativeFunction("execve");
    private static final NativeFunction GETEGID = new NativeFunction("getegid");
    private static final NativeFunction GETEUID = new NativeFunction("geteuid");
    private static final NativeFunction GETGRNAM_R = new NativeFunction("getgrnam_r");
    private static final NativeFunction GETGROUPLIST = new NativeFunction("getgrouplist");
    private static final NativeFunction GETPID = new NativeFunction("getpid");
    private static final NativeFunction GETPWNAM_R = new NativeFunction("getpwnam_r");
    private static final SystemCall GETRLIMIT = new SystemCall("getrlimit");
    private static final SystemCall GETSID = new SystemCall("getsid");
    private static final SystemCall KILL = new SystemCall("kill");
    private static final NativeFunction MEMCPY = new NativeFunction("memcpy");
    private static final NativeFunction POSIX_SPAWN = new NativeFunction("posix_spawn");
    private static final NativeFunction POSIX_SPAWN_FILE_ACTIONS_ADDCLOSE =
            new NativeFunction("posix_spawn_file_actions_addclose");
    private static final NativeFunction POSIX_SPAWN_FILE_ACTIONS_ADDCLOSEFROM_NP =
            new NativeFunction("posix_spawn_file_actions_addclosefrom_np");
    private static final NativeFunction POSIX_SPAWN_FILE_ACTIONS_ADDDUP2 =
            new NativeFunction("posix_spawn_file_actions_adddup2");
    private static final NativeFunction POSIX_SPAWN_FILE_ACTIONS_ADDFCHDIR_NP =
            new NativeFunction("posix_spawn_file_actions_addfchdir_np");
    private static final NativeFunction POSIX_SPAWN_FILE_ACTIONS_DESTROY =
            new NativeFunction("posix_spawn_file_actions_destroy");
    private static final NativeFunction POSIX_SPAWN_FILE_ACTIONS_INIT =
            new NativeFunction("posix_spawn_file_actions_init");
    private static final NativeFunction POSIX_SPAWNATTR_INIT = new NativeFunction("posix_spawnattr_init");
    private static final NativeFunction POSIX_SPAWNATTR_SETFLAGS = new NativeFunction("posix_spawnattr_setflags");
    private static final NativeFunction POSIX_SPAWNATTR_SETSIGDEFAULT =
            new NativeFunction("posix_spawnattr_setsigdefault");
    private static final NativeFunction POSIX_SPAWNATTR_SETSIGMASK = new NativeFunction("posix_spawnattr_setsigmask");
    private static final SystemCall PRCTL = new SystemCall("prctl");
    private static final NativeFunction PTHREAD_SIGMASK = new NativeFunction("pthread_sigmask");
    private static final SystemCall SETPRIORITY = new SystemCall("setpriority");
    private static final SystemCall SETRLIMIT = new SystemCall("setrlimit");
    private static final NativeFunction SIGEMPTYSET = new NativeFunction("sigemptyset");
    private static final NativeFunction SIGNAL = new NativeFunction("signal");
    private static final NativeFunction STRLEN = new NativeFunction("strlen");
    private static final SystemCall SYSCALL = new SystemCall("syscall");
    private static final SystemCall UNSHARE = new SystemCall("unshare");
    private static final SystemCall WAITID = new SystemCall("waitid");

    private LibcProcesses() {}

    static long dlsym(long handle, long symbol) {
        return DLSYM.call(handle, symbol);
    }

    static int execve(long path, long argv, long envp) {
        return (int) EXECVE.call(path, argv, envp);
    }

    static int getegid() {
        return (int) GETEGID.call();
    }

    static int geteuid() {
        return (int) GETEUID.call();
    }

    static int getgrnam_r(long name, long group, long strings, long length, long found) {
        return (int) GETGRNAM_R.call(name, group, strings, length, found);
    }

    static int getgrouplist(long user, int group, long groups, long count) {
        return (int) GETGROUPLIST.call(user, group, groups, count);
    }

    static int getpid() {
        return (int) GETPID.call();
    }

    static int getpwnam_r(long name, long passwd, long strings, long length, long found) {
        return (int) GETPWNAM_R.call(name, passwd, strings, length, found);
    }

    static int getrlimit(int resource, long limit) {
        return GETRLIMIT.answer(resource, limit);
    }

    static int getsid(int pid) {
        return GETSID.answer(pid);
    }

    static int kill(int pid, int signal) {
        return KILL.answer(pid, signal);
    }

    static long memcpy(long to, long from, long length) {
        return MEMCPY.call(to, from, length);
    }

    static int posix_spawn(long pid, long path, long actions, long attributes, long argv, long envp) {
        return (int) POSIX_SPAWN.call(pid, path, actions, attributes, argv, envp);
    }

    static int posix_spawn_file_actions_addclose(long actions, int fd) {
        return (int) POSIX_SPAWN_FILE_ACTIONS_ADDCLOSE.call(actions, fd);
    }

    static int posix_spawn_file_actions_addclosefrom_np(long actions, int from) {
        return (int) POSIX_SPAWN_FILE_ACTIONS_ADDCLOSEFROM_NP.call(actions, from);
    }

    static int posix_spawn_file_actions_adddup2(long actions, int from, int to) {
        return (int) POSIX_SPAWN_FILE_ACTIONS_ADDDUP2.call(actions, from, to);
    }

    static int posix_spawn_file_actions_addfchdir_np(long actions, int fd) {
        return (int) POSIX_SPAWN_FILE_ACTIONS_ADDFCHDIR_NP.call(actions, fd);
    }

    static int posix_spawn_file_actions_destroy(long actions) {
        return (int) POSIX_SPAWN_FILE_ACTIONS_DESTROY.call(actions);
    }

    static int posix_spawn_file_actions_init(long actions) {
        return (int) POSIX_SPAWN_FILE_ACTIONS_INIT.call(actions);
    }

    static int posix_spawnattr_init(long attributes) {
        return (int) POSIX_SPAWNATTR_INIT.call(attributes);
    }

    static int posix_spawnattr_setflags(long attributes, short flags) {
        return (int) POSIX_SPAWNATTR_SETFLAGS.call(attributes, flags);
    }

    static int posix_spawnattr_setsigdefault(long attributes, long signals) {
        return (int) POSIX_SPAWNATTR_SETSIGDEFAULT.call(attributes, signals);
    }

    static int posix_spawnattr_setsigmask(long attributes, long signals) {
        return (int) POSIX_SPAWNATTR_SETSIGMASK.call(attributes, signals);
    }

    static int prctl(int option, long second, long third, long fourth, long fifth) {
        return PRCTL.answer(option, second, third, fourth, fifth);
    }

    static int pthread_sigmask(int how, long set, long old) {
        return (int) PTHREAD_SIGMASK.call(how, set, old);
    }

    static int setpriority(int which, int who, int niceness) {
        return SETPRIORITY.answer(which, who, niceness);
    }

    static int setrlimit(int resource, long limit) {
        return SETRLIMIT.answer(resource, limit);
    }

    static int sigemptyset(long set) {
        return (int) SIGEMPTYSET.call(set);
    }

    static long signal(int number, long disposition) {
        return SIGNAL.call(number, disposition);
    }

    static long strlen(long text) {
        return STRLEN.call(text);
    }

    static int syscall(long number, long first, long second, long third, long fourth) {
        return SYSCALL.answer(number, first, second, third, fourth);
    }

    static int unshare(int flags) {
        return UNSHARE.answer(flags);
    }

    static int waitid(int idType, int id, long info, int options) {
        return WAITID.answer(idType, id, info, options);
    }
}
