package dev.reeve.benchmarks.unread;

import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/// One client of the [Crowd]. Nothing that it does waits for the daemon, except connecting. One that was cut off comes
/// again.
final class CrowdClient implements AutoCloseable {
    private static final ByteBuffer RECEIVED = ByteBuffer.allocateDirect(1 << 16);
    private static final ByteBuffer STATUS = bytes("{\"id\":1,\"op\":\"status\"}\n");
    private static final ByteBuffer STATUSES = bytes("{\"id\":1,\"op\":\"status\"}\n".repeat(100));
    private static final ByteBuffer WATCH = bytes("{\"id\":1,\"op\":\"watch\"}\n");

    private final Path socket;
    private final Manner manner;
    private final String service;
    private SocketChannel channel;
    private ByteBuffer unsent;
    private int asked;
    private int timesCutOff;

    /// Connects.
    CrowdClient(Path socket, Manner manner, String service) throws IOException {
        this.socket = socket;
        this.manner = manner;
        this.service = service;
        channel = connected(socket);
        unsent = first();
    }

    Manner manner() {
        return manner;
    }

    /// Whether the connection is still the first.
    boolean wasNeverCutOff() {
        return timesCutOff == 0;
    }

    /// Does what is next for it.
    void act() throws IOException {
        try {
            if (manner == Manner.ORDINARY) {
                readAll();
            }
            if (!unsent.hasRemaining()) {
                unsent = next();
            }
            channel.write(unsent);
        } catch (IOException _) {
            // EPIPE or ECONNRESET: it has been cut off.
            comeAgain();
        }
    }

    /// Reads everything, as none of those that never read has done so far, to see whether the connection has ended.
    void findOutWhetherCutOff() {
        try {
            readAll();
        } catch (IOException _) {
            timesCutOff++;
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    private void comeAgain() throws IOException {
        timesCutOff++;
        channel.close();
        channel = connected(socket);
        unsent = first();
    }

    private void readAll() throws IOException {
        int length;
        do {
            RECEIVED.clear();
            length = channel.read(RECEIVED);
        } while (length > 0);
        if (length < 0) {
            throw new IOException("the daemon has closed the connection");
        }
    }

    private ByteBuffer first() {
        return switch (manner) {
            case WATCHES_UNREAD -> WATCH.duplicate();
            case LEAVES_ONE_UNREAD, ASKS_UNREAD -> STATUS.duplicate();
            case FLOODS_UNREAD -> STATUSES.duplicate();
            case ORDINARY -> bytes("{\"id\":1,\"op\":\"version\"}\n");
        };
    }

    private ByteBuffer next() {
        return switch (manner) {
            case WATCHES_UNREAD, LEAVES_ONE_UNREAD -> ByteBuffer.allocate(0);
            case ASKS_UNREAD -> STATUS.duplicate();
            case FLOODS_UNREAD -> STATUSES.duplicate();
            case ORDINARY -> ordinary();
        };
    }

    /// Looks, mostly; some watch; now and then something is restarted.
    private ByteBuffer ordinary() {
        asked++;
        String op = switch (asked % 100) {
            case 10 -> "restart";
            case 20, 70 -> "why";
            case 30 -> "watch";
            default -> "status";
        };
        return bytes("{\"id\":1,\"op\":\"" + op + "\",\"services\":[\"" + service + "\"]}\n");
    }

    private static SocketChannel connected(Path socket) throws IOException {
        SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket));
        channel.configureBlocking(false);
        return channel;
    }

    private static ByteBuffer bytes(String lines) {
        byte[] bytes = lines.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocateDirect(bytes.length).put(bytes).flip();
    }
}
