package dev.reeve.bridge;

/// A socket that [Kernel#openSocket] is to open, at an address to which others connect or send.
///
/// `backlog` is how many connections may wait to be accepted, of which the system allows at most net.core.somaxconn;
/// it means nothing for [Type#DATAGRAM].
public record SocketOrder(Type type, Address address, int backlog) {
    public enum Type {
        STREAM,
        DATAGRAM,
        SEQPACKET
    }

    public sealed interface Address {}

    /// An IPv4 or IPv6 address in figures; one of IPv6 takes no IPv4 connections. `shared`: others of the same user
    /// may have the same port (SO_REUSEPORT). `early`: no interface need have the address yet (IP_FREEBIND).
    public record InternetAddress(String address, int port, boolean shared, boolean early) implements Address {
        boolean isVersion6() {
            return address.indexOf(':') >= 0;
        }
    }

    /// A socket file, by its absolute path, made with exactly this mode. `owner` and `group` are ids, or
    /// [#UNCHANGED].
    public record SocketFile(String path, int mode, int owner, int group) implements Address {
        /// That of this process.
        public static final int UNCHANGED = -1;

        /// What sockaddr_un has room for beside the terminating NUL.
        public static final int PATH_BYTES_MAX = 107;
    }
}
