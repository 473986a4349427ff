package dev.whence.cli.place;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** A server that writes whatever bytes it likes. */
final class RawServer implements AutoCloseable {
    /** Writes an answer. */
    interface Speech {
        void to(OutputStream out) throws IOException, InterruptedException;
    }

    private final ServerSocket socket;

    RawServer(Speech speech) throws IOException {
        socket = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(() -> accept(speech));
    }

    /** Says a whole text and ends. */
    static RawServer of(String text) throws IOException {
        return new RawServer(out -> out.write(text.getBytes(StandardCharsets.ISO_8859_1)));
    }

    private void accept(Speech speech) {
        while (!socket.isClosed()) {
            try (Socket connection = socket.accept()) {
                var request =
                        new BufferedReader(
                                new InputStreamReader(
                                        connection.getInputStream(), StandardCharsets.US_ASCII));
                for (String line = request.readLine();
                        line != null && !line.isEmpty();
                        line = request.readLine()) {
                    // The request says nothing that matters.
                }
                speech.to(connection.getOutputStream());
            } catch (IOException e) {
                // The other side had enough: the next one.
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    URI address() {
        return URI.create("http://localhost:" + socket.getLocalPort());
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
