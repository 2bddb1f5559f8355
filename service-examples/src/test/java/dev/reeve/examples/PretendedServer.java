package dev.reeve.examples;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/// Something else on a server's port, which answers whoever connects as redis answers a ping.
final class PretendedServer implements AutoCloseable {
    private final ServerSocket socket;

    PretendedServer(int port) throws IOException {
        socket = new ServerSocket(port, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::serve);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    private void serve() {
        while (!socket.isClosed()) {
            try (Socket peer = socket.accept()) {
                peer.getOutputStream().write("+PONG\r\n".getBytes(StandardCharsets.US_ASCII));
                peer.shutdownOutput();
                peer.setSoTimeout(2_000);
                peer.getInputStream().readAllBytes();
            } catch (IOException e) {
                // Closed, or the peer went away.
            }
        }
    }
}
