package dev.reeve.daemon.control;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/// Reads which commands peers run. A process can have its arguments lie on a disk that hangs, so this is done on a
/// thread of its own, which lives while there is something to read: while it hangs, commands remain unknown, and
/// nothing else happens.
final class PeerCommands {
    private static final int WAITING_MAX = 64;
    private static final int READ_BYTES_MAX = 4096;
    private static final int CHARACTERS_MAX = 200;
    private static final long STACK_BYTES = 256 * 1024;

    /// The client's main class: what stands before it on its command line are the JVM's options.
    private static final String CLIENT = "dev.reeve.cli.ReeveClient";

    private final ThreadPoolExecutor reader = new ThreadPoolExecutor(
            0,
            1,
            10,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(WAITING_MAX),
            PeerCommands::thread,
            new ThreadPoolExecutor.DiscardPolicy());

    /// Finds out what the peer runs and tells it to the [Peer], some time.
    void find(Peer peer) {
        if (peer.pid() > 0 && peer.command() == null) {
            try {
                reader.execute(() -> read(peer));
            } catch (OutOfMemoryError _) {
                // pthread_create's EAGAIN: no thread is to be had, and its numbers must do.
            }
        }
    }

    private static Thread thread(Runnable task) {
        Thread thread = new Thread(null, task, "peer-commands", STACK_BYTES);
        thread.setDaemon(true);
        return thread;
    }

    private static void read(Peer peer) {
        try (InputStream file = Files.newInputStream(Path.of("/proc", Integer.toString(peer.pid()), "cmdline"))) {
            byte[] commandLine = file.readNBytes(READ_BYTES_MAX);
            if (commandLine.length > 0) {
                peer.command(words(commandLine));
            }
        } catch (IOException _) {
            // It is gone, or there is no /proc: its numbers must do.
        }
    }

    /// A command line as a person would have typed it.
    static String words(byte[] commandLine) {
        String text = new String(commandLine, StandardCharsets.UTF_8);
        String[] words = text.split("\0", -1);
        int client = Arrays.asList(words).indexOf(CLIENT);
        if (client >= 0) {
            words = Arrays.copyOfRange(words, client, words.length);
            words[0] = "reeve";
        }
        return Audit.printable(String.join(" ", words).strip(), CHARACTERS_MAX);
    }
}
