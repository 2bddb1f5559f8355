package dev.reeve.daemon.config;

import java.util.Optional;

/// A socket that a service wants to be handed: the file `listen/NAME`. `backlog` is how many connections may wait
/// to be accepted.
public record ListenSettings(String name, Type type, Address address, int backlog) {

    /// As many as the system allows (net.core.somaxconn), which is what the kernel makes of it.
    public static final int BACKLOG_MAX = Integer.MAX_VALUE;

    public enum Type {
        STREAM,
        DATAGRAM,
        SEQPACKET
    }

    public sealed interface Address {}

    /// An IP address in figures. `shared` and `early` are the words `reuseport` and `freebind`.
    public record InternetAddress(String address, int port, boolean shared, boolean early) implements Address {
        @Override
        public String toString() {
            return (address.contains(":") ? "[" + address + "]" : address) + ":" + port;
        }
    }

    /// A socket file. `owner` is `USER` or `USER:GROUP`, by names or ids.
    public record SocketFile(String path, int mode, Optional<String> owner) implements Address {
        @Override
        public String toString() {
            return path;
        }
    }

    /// The file that says so.
    public String file() {
        return ListenSettingsReader.LISTEN + "/" + name;
    }
}
