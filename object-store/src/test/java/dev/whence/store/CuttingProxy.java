package dev.whence.store;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

/**
 * A way to a server on which answers get lost: it hands requests on, and cuts the connection where
 * the answer to a put would come back.
 */
final class CuttingProxy implements AutoCloseable {
    private static final InetAddress LOOPBACK = InetAddress.ofLiteral("127.0.0.1");

    private final URI server;
    private final ServerSocket listening;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final AtomicInteger answersToCut = new AtomicInteger();
    private final AtomicInteger putsSeen = new AtomicInteger();

    CuttingProxy(URI server) throws IOException {
        this.server = server;
        this.listening = new ServerSocket(0, 50, LOOPBACK);
        Thread.ofVirtual().start(this::accept);
    }

    URI endpoint() {
        return URI.create("http://127.0.0.1:" + listening.getLocalPort());
    }

    /** The answers to the next so many puts get lost. */
    void cutAnswers(int answers) {
        answersToCut.set(answers);
    }

    int putsSeen() {
        return putsSeen.get();
    }

    private void accept() {
        try {
            while (true) {
                Socket client = listening.accept();
                Socket upstream = new Socket(LOOPBACK, server.getPort());
                sockets.add(client);
                sockets.add(upstream);
                Connection connection = new Connection(client, upstream);
                Thread.ofVirtual().start(connection::handRequestsOn);
                Thread.ofVirtual().start(connection::handAnswersOn);
            }
        } catch (IOException _) {
            // Closed: the end of the test.
        }
    }

    @Override
    public void close() throws IOException {
        listening.close();
        for (Socket socket : sockets) {
            socket.close();
        }
    }

    private final class Connection {
        private final Socket client;
        private final Socket upstream;
        private volatile boolean putUnderWay;

        Connection(Socket client, Socket upstream) {
            this.client = client;
            this.upstream = upstream;
        }

        void handRequestsOn() {
            copy(client, upstream, this::noticePut);
        }

        void handAnswersOn() {
            copy(upstream, client, this::isHandedOn);
        }

        private boolean noticePut(String start) {
            if (start.startsWith("PUT ")) {
                putsSeen.incrementAndGet();
                putUnderWay = true;
            } else if (start.startsWith("GET ") || start.startsWith("HEAD ")) {
                putUnderWay = false;
            }
            return true;
        }

        private boolean isHandedOn(String start) {
            // "100 Continue" asks for the body: the put itself has not been answered yet.
            boolean answersPut = putUnderWay && !start.startsWith("HTTP/1.1 100");
            return !answersPut || answersToCut.getAndUpdate(left -> Math.max(0, left - 1)) == 0;
        }

        private void copy(Socket from, Socket to, Predicate<String> handOn) {
            try (from;
                    to) {
                InputStream source = from.getInputStream();
                OutputStream target = to.getOutputStream();
                byte[] buffer = new byte[64 << 10];
                for (int read = source.read(buffer); read >= 0; read = source.read(buffer)) {
                    String start =
                            new String(buffer, 0, Math.min(read, 12), StandardCharsets.US_ASCII);
                    if (!handOn.test(start)) {
                        return;
                    }
                    target.write(buffer, 0, read);
                    target.flush();
                }
            } catch (IOException _) {
                // One side has gone: so does the other.
            } finally {
                sockets.remove(from);
                sockets.remove(to);
            }
        }
    }
}
