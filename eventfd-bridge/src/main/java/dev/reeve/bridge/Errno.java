package dev.reeve.bridge;

/// The error numbers of Linux (errno(3); the same on x86_64 and aarch64) that code here decides by, and words for
/// those a person may meet.
public final class Errno {
    public static final int EPERM = 1;
    public static final int ENOENT = 2;
    public static final int ESRCH = 3;
    public static final int EINTR = 4;
    public static final int EIO = 5;
    public static final int ENXIO = 6;
    public static final int E2BIG = 7;
    public static final int ENOEXEC = 8;
    public static final int EBADF = 9;
    public static final int ECHILD = 10;
    public static final int EAGAIN = 11;
    public static final int ENOMEM = 12;
    public static final int EACCES = 13;
    public static final int EBUSY = 16;
    public static final int EEXIST = 17;
    public static final int ENODEV = 19;
    public static final int ENOTDIR = 20;
    public static final int EISDIR = 21;
    public static final int EINVAL = 22;
    public static final int ENFILE = 23;
    public static final int EMFILE = 24;
    public static final int EFBIG = 27;
    public static final int ENOSPC = 28;
    public static final int EROFS = 30;
    public static final int EPIPE = 32;
    public static final int ERANGE = 34;
    public static final int ENAMETOOLONG = 36;
    public static final int ENOSYS = 38;
    public static final int ELOOP = 40;
    public static final int ENOTSOCK = 88;
    public static final int EAFNOSUPPORT = 97;
    public static final int EADDRINUSE = 98;
    public static final int EADDRNOTAVAIL = 99;
    public static final int ECONNREFUSED = 111;
    public static final int EDQUOT = 122;

    private Errno() {}

    /// The error in words, with its name in brackets: `No such file or directory (ENOENT)`.
    public static String describe(int errno) {
        return switch (errno) {
            case EPERM -> "Operation not permitted (EPERM)";
            case ENOENT -> "No such file or directory (ENOENT)";
            case ESRCH -> "No such process (ESRCH)";
            case EINTR -> "Interrupted by a signal (EINTR)";
            case EIO -> "Input or output error (EIO)";
            case ENXIO -> "No such device, or nobody at the other end (ENXIO)";
            case E2BIG -> "Arguments and environment are too long (E2BIG)";
            case ENOEXEC -> "Not a program, and no #! line either (ENOEXEC)";
            case EBADF -> "Bad file descriptor (EBADF)";
            case ECHILD -> "No such child process (ECHILD)";
            case EAGAIN -> "Resource temporarily unavailable (EAGAIN)";
            case ENOMEM -> "Out of memory (ENOMEM)";
            case EACCES -> "Permission denied (EACCES)";
            case 14 -> "Bad address (EFAULT)";
            case EBUSY -> "Device or resource busy (EBUSY)";
            case EEXIST -> "File exists (EEXIST)";
            case 18 -> "Crosses from one file system into another (EXDEV)";
            case ENODEV -> "No such device (ENODEV)";
            case ENOTDIR -> "Not a directory (ENOTDIR)";
            case EISDIR -> "Is a directory (EISDIR)";
            case EINVAL -> "Invalid argument (EINVAL)";
            case ENFILE -> "Too many open files in the system (ENFILE)";
            case EMFILE -> "Too many open files (EMFILE)";
            case ERANGE -> "Result out of range (ERANGE)";
            case 25 -> "Inappropriate call for this device (ENOTTY)";
            case 26 -> "The program is open for writing (ETXTBSY)";
            case EFBIG -> "File too large (EFBIG)";
            case ENOSPC -> "No space left (ENOSPC)";
            case 29 -> "Cannot seek (ESPIPE)";
            case EROFS -> "Read-only file system (EROFS)";
            case 31 -> "Too many links (EMLINK)";
            case EPIPE -> "Nobody reads at the other end (EPIPE)";
            case ENAMETOOLONG -> "File name too long (ENAMETOOLONG)";
            case ENOSYS -> "The kernel does not know this call (ENOSYS)";
            case 39 -> "Directory not empty (ENOTEMPTY)";
            case ELOOP -> "Too many levels of symbolic links (ELOOP)";
            case 61 -> "No data available (ENODATA)";
            case 75 -> "Value too large (EOVERFLOW)";
            case 80 -> "A shared library is corrupted (ELIBBAD)";
            case 87 -> "Too many users (EUSERS)";
            case ENOTSOCK -> "Not a socket (ENOTSOCK)";
            case 94 -> "Socket type not supported (ESOCKTNOSUPPORT)";
            case 95 -> "Operation not supported (EOPNOTSUPP)";
            case EAFNOSUPPORT -> "The kernel has no such addresses (EAFNOSUPPORT)";
            case EADDRINUSE -> "Address already in use (EADDRINUSE)";
            case EADDRNOTAVAIL -> "No interface has this address (EADDRNOTAVAIL)";
            case 110 -> "Timed out (ETIMEDOUT)";
            case ECONNREFUSED -> "Connection refused (ECONNREFUSED)";
            case 116 -> "Stale file handle (ESTALE)";
            case EDQUOT -> "Disk quota exceeded (EDQUOT)";
            default -> "Error " + errno;
        };
    }
}
