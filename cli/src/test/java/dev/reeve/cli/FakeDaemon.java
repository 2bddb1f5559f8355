package dev.reeve.cli;

import dev.reeve.protocol.Decoded;
import dev.reeve.protocol.Notice;
import dev.reeve.protocol.ProtocolCodec;
import dev.reeve.protocol.Reply;
import dev.reeve.protocol.Request;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Scanner;
import java.util.concurrent.CopyOnWriteArrayList;

/// A daemon that answers what a test tells it to.
public final class FakeDaemon implements AutoCloseable {

    /// What to do with a request.
    public interface Script {
        public void take(Request request, Conversation client) throws IOException;
    }

    /// The daemon's side of one connection.
    public record Conversation(SocketChannel channel) {
        public void say(Reply reply) throws IOException {
            write(ProtocolCodec.encode(reply));
        }

        public void say(Notice notice) throws IOException {
            write(ProtocolCodec.encode(notice));
        }

        public void sayRaw(String line) throws IOException {
            write((line + "\n").getBytes(StandardCharsets.UTF_8));
        }

        public void hangUp() throws IOException {
            channel.close();
        }

        private void write(byte[] bytes) throws IOException {
            ByteBuffer rest = ByteBuffer.wrap(bytes);
            while (rest.hasRemaining()) {
                channel.write(rest);
            }
        }
    }

    private final ServerSocketChannel server;
    private final List<Request> requests = new CopyOnWriteArrayList<>();

    /// Listens, greets each client with this line, and follows the script.
    public FakeDaemon(Path socket, String greeting, Script script) throws IOException {
        server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        server.bind(UnixDomainSocketAddress.of(socket));
        Thread.ofVirtual().start(() -> serve(greeting, script));
    }

    /// All that clients have asked, in order.
    public List<Request> requests() {
        return requests;
    }

    @Override
    public void close() throws IOException {
        server.close();
    }

    private void serve(String greeting, Script script) {
        while (server.isOpen()) {
            try (SocketChannel channel = server.accept()) {
                converse(new Conversation(channel), greeting, script);
            } catch (IOException e) {
                // The client or the test is done.
            }
        }
    }

    private void converse(Conversation client, String greeting, Script script) throws IOException {
        client.sayRaw(greeting);
        Scanner lines = new Scanner(Channels.newInputStream(client.channel()), StandardCharsets.UTF_8);
        while (client.channel().isOpen() && lines.hasNextLine()) {
            byte[] line = lines.nextLine().getBytes(StandardCharsets.UTF_8);
            switch (ProtocolCodec.decodeRequest(line, 0, line.length)) {
                case Decoded.Ok(Request request) -> {
                    requests.add(request);
                    script.take(request, client);
                }
                case Decoded.Bad(long id, String reason) ->
                    client.say(new Reply.Refused(id, Reply.Refusal.BAD_REQUEST, reason));
            }
        }
    }
}
