package dev.whence.standalone;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/** A loopback port that nobody listens on. */
final class FreePort {
    private FreePort() {}

    /**
     * The wished port, or any free one for 0.
     *
     * @throws IOException if somebody listens on it
     */
    static int check(int wished) throws IOException {
        try (var socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), wished));
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new IOException(
                    "port " + wished + " is taken; choose another with --port, or 0 for a free one",
                    e);
        }
    }
}
