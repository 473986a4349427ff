package dev.whence.faults;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;

/**
 * A way over TCP to a server of this machine, on which things go wrong as told. Clients come to
 * {@link #port}; what goes wrong may change at any time, from any thread. It knows of a protocol
 * only that one side asks and the other answers, so that it serves brokers and stores alike; what
 * only HTTP has (see {@link Trouble}) it does to nothing else.
 *
 * <p>Which requests meet the trouble is drawn from the generator; which of them are asked first is
 * the machine's choice.
 */
final class FaultyLink implements AutoCloseable {
    static final InetAddress LOOPBACK = InetAddress.ofLiteral("127.0.0.1");
    private static final int BACKLOG = 50;

    /** What goes wrong now, and for which share of the requests. */
    private record State(Trouble trouble, double share) {
        private static final State WELL = new State(Trouble.NONE, 0);
    }

    private final String name;
    private final int serverPort;
    private final RandomGenerator random;
    private final int port;
    private final Set<LinkedPair> pairs = ConcurrentHashMap.newKeySet();
    private final AtomicLong met = new AtomicLong();
    private final Object changes = new Object();
    private volatile State state = State.WELL;
    private volatile boolean closed;
    private ServerSocket listening;

    /**
     * Begins to hand on.
     *
     * @param name whose way where, for messages
     */
    FaultyLink(String name, int serverPort, RandomGenerator random) throws IOException {
        this.name = name;
        this.serverPort = serverPort;
        this.random = random;
        this.listening = listen(0);
        this.port = listening.getLocalPort();
        accept(listening);
    }

    int port() {
        return port;
    }

    /**
     * How often a trouble did something so far: answers that were changed or kept back, connections
     * that were reset or led to a server that is gone, pieces that came late or had to wait. What
     * was drawn and found nothing to spoil is not counted, nor what was refused before it came.
     */
    long met() {
        return met.get();
    }

    /** Counts that a trouble did something. */
    void count() {
        met.incrementAndGet();
    }

    /** Every request meets the trouble from now on. */
    void suffer(Trouble trouble) throws IOException {
        suffer(trouble, 1);
    }

    /** A share of the requests, from 0 to 1, meets the trouble from now on. */
    void suffer(Trouble trouble, double share) throws IOException {
        synchronized (changes) {
            boolean refused = state.trouble() == Trouble.REFUSED;
            state = new State(trouble, share);
            if (trouble == Trouble.REFUSED) {
                listening.close();
                pairs.forEach(LinkedPair::refuse);
            } else if (refused) {
                listening = listen(port);
                accept(listening);
            }
            changes.notifyAll();
        }
    }

    void heal() throws IOException {
        suffer(Trouble.NONE, 0);
    }

    @Override
    public void close() throws IOException {
        synchronized (changes) {
            closed = true;
            listening.close();
            changes.notifyAll();
        }
        pairs.forEach(LinkedPair::reset);
    }

    /** What the next request meets. */
    Trouble draw() {
        State now = state;
        if (now.trouble().isOfTheLink() || now.trouble() == Trouble.NONE) {
            return Trouble.NONE;
        }
        double drawn;
        synchronized (random) {
            drawn = random.nextDouble();
        }
        if (drawn >= now.share()) {
            return Trouble.NONE;
        }
        return now.trouble();
    }

    /** A number from 0 to below the bound. */
    int below(int bound) {
        synchronized (random) {
            return random.nextInt(bound);
        }
    }

    /** Returns when the cable is whole. */
    void awaitWhole() throws IOException {
        synchronized (changes) {
            if (state.trouble() == Trouble.CUT && !closed) {
                count();
            }
            while (state.trouble() == Trouble.CUT && !closed) {
                try {
                    changes.wait();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    throw new IOException("interrupted while the link is cut", e);
                }
            }
        }
    }

    @Override
    public String toString() {
        return name;
    }

    void ended(LinkedPair pair) {
        pairs.remove(pair);
    }

    private static ServerSocket listen(int port) throws IOException {
        ServerSocket socket = new ServerSocket();
        socket.setReuseAddress(true);
        socket.bind(new InetSocketAddress(LOOPBACK, port), BACKLOG);
        return socket;
    }

    private void accept(ServerSocket socket) {
        Thread.ofVirtual()
                .start(() -> {
                    try {
                        while (true) {
                            open(socket.accept());
                        }
                    } catch (IOException _) {
                        // Closed: refused from now on, or the end of the test.
                    }
                });
    }

    private void open(Socket client) throws IOException {
        Socket server;
        try {
            server = new Socket(LOOPBACK, serverPort);
        } catch (IOException _) {
            // The server itself is gone: whoever asks for it learns so.
            count();
            LinkedPair.reset(client);
            return;
        }
        // Neither side's small packets wait for anything but a trouble.
        client.setTcpNoDelay(true);
        server.setTcpNoDelay(true);
        var pair = new LinkedPair(this, client, server);
        pairs.add(pair);
        pair.start();
        if (state.trouble() == Trouble.REFUSED || closed) {
            pair.refuse(); // came in between
        }
    }
}
