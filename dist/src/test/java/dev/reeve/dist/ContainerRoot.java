package dev.reeve.dist;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The root of a container, in which programs are run as a container's engine runs them: in namespaces of their own,
/// whose root it is by pivot_root(2), read-only but for /run. The distribution is in /opt/reeve, and what the engine
/// mounts for its user in /opt/services.
enum ContainerRoot {
    /// One static program: no libc, no /etc.
    BUSYBOX {
        @Override
        Path directory() throws IOException {
            if (busybox == null) {
                busybox = busyboxIn(Path.of(System.getProperty("reeve.home"), "dist/target/container-root"));
            }
            return busybox;
        }
    },
    /// What debootstrap makes.
    DEBIAN {
        @Override
        Path directory() throws IOException {
            return DebianRoot.bootstrappedOrSkip();
        }
    };

    /// Who the container's first process is.
    enum User {
        ROOT,
        NOBODY,
        /// As with an engine that needs no root: it is root to those in the container, and nobody outside.
        ROOT_OF_ITS_OWN;

        private List<String> words() {
            return switch (this) {
                case ROOT -> List.of();
                case NOBODY -> carried("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups");
                case ROOT_OF_ITS_OWN ->
                    Stream.of(
                                    carried("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"),
                                    carried(
                                            "unshare",
                                            "--user",
                                            "--map-root-user",
                                            "--mount",
                                            "--pid",
                                            "--fork",
                                            "--kill-child",
                                            "--mount-proc"))
                            .flatMap(List::stream)
                            .toList();
            };
        }

        /// One of the distribution's own: busybox's know too little.
        private static List<String> carried(String program, String... options) {
            String libc = "/opt/reeve/lib/glibc";
            List<String> words =
                    new ArrayList<>(List.of(libc + "/reeved", "--library-path", libc, libc + "/" + program));
            words.addAll(List.of(options));
            return words;
        }
    }

    /// What happens before the container's first process is executed. `bare` is `true` if it has neither /proc nor
    /// anything in /dev. (umount(8) wants a /proc, however.)
    private static final String ENTER = """
            set -eu
            root=$1 reeve=$2 services=$3 bare=$4
            shift 4
            mount --bind "$root" "$root"
            mount -t tmpfs -o mode=755 tmpfs "$root/opt"
            mkdir "$root/opt/reeve" "$root/opt/services"
            mount --bind "$reeve" "$root/opt/reeve"
            mount --bind "$services" "$root/opt/services"
            mount -o remount,bind,ro "$root/opt/services"
            mount -o remount,bind,ro "$root/opt"
            mount -t tmpfs -o mode=1777,noexec tmpfs "$root/run"
            mount -t proc proc "$root/proc"
            mount -t tmpfs -o mode=755 tmpfs "$root/dev"
            $bare || { : >"$root/dev/null"; mount --bind /dev/null "$root/dev/null"; }
            mkdir "$root/run/old"
            cd "$root"
            pivot_root . run/old
            cd /
            umount -l /run/old
            rmdir /run/old
            mount -o remount,bind,ro /
            ! $bare || umount /proc
            exec "$@"
            """;

    private static @Nullable Path busybox;

    /// Where it is: made once.
    abstract Path directory() throws IOException;

    /// A command that makes the container and executes these words as its first process.
    List<String> command(User user, Path services, boolean bare, String... words) {
        assumeTrue(System.getProperty("user.name").equals("root"), "containers need root: run the tests as root");
        try {
            List<String> command = new ArrayList<>(List.of(
                    "unshare",
                    "--mount",
                    "--pid",
                    "--fork",
                    "--kill-child",
                    "sh",
                    "-c",
                    ENTER,
                    "enter",
                    directory().toString(),
                    Distribution.directory().toString(),
                    services.toString(),
                    Boolean.toString(bare)));
            command.addAll(user.words());
            command.addAll(List.of(words));
            return command;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path busyboxIn(Path root) throws IOException {
        Command.output("rm", "-rf", root.toString());
        Files.createDirectories(root);
        Machines.withoutLibc().writeTo(root);
        Files.delete(root.resolve("etc"));
        return root;
    }
}
