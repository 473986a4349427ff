package dev.whence.faults;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/**
 * A connection of a client and the one to the server that belongs to it. What the client sends
 * after an answer began is a new request, and draws its own trouble.
 */
final class LinkedPair {
    private static final int BUFFER_BYTES = 64 << 10;

    /** A round trip of a bad day, and a line of some 300 kB/s. */
    private static final int LATENCY_MILLIS = 150;

    private static final int SLOW_BYTES_PER_MILLI = 300;
    private static final int DRAIN_MILLIS = 2_000;

    private static final String SLOW_DOWN =
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?><Error><Code>SlowDown</Code>"
                    + "<Message>Please reduce your request rate.</Message></Error>";

    private final FaultyLink link;
    private final Socket client;
    private final Socket server;
    private volatile Trouble trouble = Trouble.NONE;
    private volatile boolean asking;

    /** Whether a body's bit is still to be turned. Of the thread that hands answers on. */
    private boolean toBeTurned;

    LinkedPair(FaultyLink link, Socket client, Socket server) {
        this.link = link;
        this.client = client;
        this.server = server;
    }

    void start() {
        Thread.ofVirtual().start(() -> handOn(client, server, this::handRequestOn));
        Thread.ofVirtual().start(() -> handOn(server, client, this::handAnswerOn));
    }

    /** Resets it where nobody listens any more. */
    void refuse() {
        link.count();
        reset();
    }

    void reset() {
        reset(client);
        reset(server);
    }

    /** Closes it so that the other side sees a reset, as from a host that knows nothing of it. */
    static void reset(Socket socket) {
        try (socket) {
            socket.setSoLinger(true, 0);
        } catch (IOException _) {
            // It was closed already.
        }
    }

    /** What becomes of some bytes. */
    private interface Step {
        /** Whether the conversation goes on. */
        boolean take(byte[] bytes, int length, OutputStream to) throws IOException;
    }

    private void handOn(Socket from, Socket to, Step step) {
        byte[] buffer = new byte[BUFFER_BYTES];
        try {
            InputStream source = from.getInputStream();
            OutputStream target = to.getOutputStream();
            for (int read = source.read(buffer); read >= 0; read = source.read(buffer)) {
                link.awaitWhole();
                if (!step.take(buffer, read, target)) {
                    break;
                }
            }
            link.awaitWhole();
        } catch (IOException _) {
            // One side has gone: so does the other.
        }
        close(client);
        close(server);
        link.ended(this);
    }

    private boolean handRequestOn(byte[] bytes, int length, OutputStream to) throws IOException {
        if (!asking) {
            trouble = link.draw();
            asking = true;
        }
        switch (trouble) {
            case THROTTLED -> {
                link.count();
                sayToSlowDown(bytes, length);
                return false;
            }
            case RESET -> {
                if (link.below(2) == 0) {
                    link.count();
                    reset();
                    return false;
                }
            }
            case SLOW -> pause(length);
            default -> {}
        }
        to.write(bytes, 0, length);
        to.flush();
        return true;
    }

    private boolean handAnswerOn(byte[] bytes, int length, OutputStream to) throws IOException {
        if (isInterim(bytes, length)) {
            to.write(bytes, 0, length);
            to.flush();
            return true;
        }
        boolean begins = asking;
        if (begins) {
            asking = false;
            toBeTurned = trouble == Trouble.WRONG_BYTES;
        }
        int handedOn = length;
        switch (trouble) {
            case RESET -> {
                if (begins) {
                    link.count();
                    reset();
                    return false;
                }
            }
            case CUT_SHORT -> {
                if (begins) {
                    link.count();
                    handedOn = link.below(length);
                }
            }
            case WRONG_BYTES -> turnABit(bytes, length, begins);
            case SLOW -> pause(length);
            default -> {}
        }
        to.write(bytes, 0, handedOn);
        to.flush();
        return handedOn == length;
    }

    /** "100 Continue" asks for the body: the request has not been answered yet. */
    private static boolean isInterim(byte[] bytes, int length) {
        return startsWith(bytes, length, "HTTP/1.1 100");
    }

    private void turnABit(byte[] bytes, int length, boolean begins) {
        int body = begins ? endOfHeader(bytes, length) : 0;
        if (toBeTurned && body < length) {
            link.count();
            bytes[body + link.below(length - body)] ^= (byte) (1 << link.below(8));
            toBeTurned = false;
        }
    }

    private static int endOfHeader(byte[] bytes, int length) {
        for (int i = 3; i < length; i++) {
            if (bytes[i] == '\n' && bytes[i - 1] == '\r' && bytes[i - 2] == '\n') {
                return i + 1;
            }
        }
        return length;
    }

    private void sayToSlowDown(byte[] request, int length) throws IOException {
        boolean isHead = startsWith(request, length, "HEAD ");
        String answer =
                "HTTP/1.1 503 Slow Down\r\nContent-Type: application/xml\r\nContent-Length: %d\r\nConnection: close\r\n\r\n%s"
                        .formatted(SLOW_DOWN.length(), isHead ? "" : SLOW_DOWN);
        client.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
        client.shutdownOutput();
        // Closed with something unread, it would be a reset, and the answer lost.
        client.setSoTimeout(DRAIN_MILLIS);
        client.getInputStream().transferTo(OutputStream.nullOutputStream());
    }

    private static boolean startsWith(byte[] bytes, int length, String start) {
        return length >= start.length()
                && new String(bytes, 0, start.length(), StandardCharsets.US_ASCII).equals(start);
    }

    private void pause(int length) throws IOException {
        link.count();
        try {
            Thread.sleep(LATENCY_MILLIS + length / SLOW_BYTES_PER_MILLI);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted on a slow link", e);
        }
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException _) {
            // Then it is closed.
        }
    }
}
