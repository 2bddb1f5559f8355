package dev.reeve.examples;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/// A service directory of `services/`.
record Example(String name) {
    static final Path HOME = Path.of(System.getProperty("reeve.home"));
    private static final Path SERVICES = HOME.resolve("service-examples/services");

    /// Every example there is.
    static List<Example> all() {
        try (Stream<Path> services = Files.list(SERVICES)) {
            return services.map(service -> new Example(service.getFileName().toString()))
                    .sorted((one, other) -> one.name.compareTo(other.name))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The packages that `data/requires` names and that are not installed.
    List<String> missingPackages() {
        return lines("requires").stream()
                .map(line -> line.split(" "))
                .filter(commandAndPackage -> !isInstalled(commandAndPackage[0]))
                .map(commandAndPackage -> commandAndPackage[1])
                .toList();
    }

    /// A sentence for a test that is skipped where those are missing.
    String complaint() {
        return name + " is not tested, because it is not installed: apt-get install "
                + String.join(" ", missingPackages());
    }

    boolean isInstalled() {
        return missingPackages().isEmpty();
    }

    /// Whether it is a server; `data/port` says where.
    boolean hasPort() {
        return !lines("port").isEmpty();
    }

    /// The port that it has in the demo.
    int usualPort() {
        return Integer.parseInt(lines("port").getFirst());
    }

    /// Copies it into a scan directory. A server gets a port that nobody has.
    void copyInto(Path scan) {
        Path source = SERVICES.resolve(name);
        Path target = scan.resolve(name);
        try (Stream<Path> files = Files.walk(source)) {
            for (Path file : files.toList()) {
                Files.copy(file, target.resolve(source.relativize(file)), StandardCopyOption.COPY_ATTRIBUTES);
            }
            if (hasPort()) {
                Files.writeString(target.resolve("data/port"), freePort() + "\n");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Whether someone listens there, or has just listened there.
    static boolean isTaken(int port) {
        try (ServerSocket _ = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return false;
        } catch (IOException e) {
            return true;
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private List<String> lines(String file) {
        Path path = SERVICES.resolve(name).resolve("data").resolve(file);
        try {
            return Files.exists(path) ? Files.readAllLines(path) : List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isInstalled(String command) {
        return Arrays.stream((System.getenv("PATH") + ":/usr/sbin:/sbin").split(":"))
                .anyMatch(directory -> Files.isExecutable(Path.of(directory, command)));
    }
}
