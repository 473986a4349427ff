package dev.whence.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A query service that is about to end answers on, and lets go of connections before it goes. */
@Tag("slow")
class LeaveTest {
    private static final byte[] PREFACE =
            "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] NO_SETTINGS = {0, 0, 0, 4, 0, 0, 0, 0, 0};

    /** {@code GET / http localhost} by the static table of HPACK, the whole of stream 1. */
    private static final byte[] QUESTION = {
        0,
        0,
        14,
        1,
        5,
        0,
        0,
        0,
        1,
        (byte) 0x82,
        (byte) 0x86,
        (byte) 0x84,
        0x41,
        9,
        'l',
        'o',
        'c',
        'a',
        'l',
        'h',
        'o',
        's',
        't'
    };

    private static final int DATA = 0;
    private static final int GOAWAY = 7;
    private static final int END_STREAM = 1;

    @TempDir Path directory;

    @Test
    void eachAnswerSaysThatItsConnectionEnds() throws Exception {
        Path store = Files.createDirectory(directory.resolve("store"));
        Map<String, String> environment =
                Map.of(
                        "WHENCE_STORE_LOCATION",
                        store.toUri().toString(),
                        "QUARKUS_SHUTDOWN_DELAY",
                        "5S");
        Path own = Files.createDirectory(directory.resolve("query"));
        try (Running query = new Processes().start("query", environment, own);
                var background = Executors.newSingleThreadExecutor()) {
            query.server().awaitReady();
            URI address = query.server().address();
            assertThat(answer(address)).startsWith("http/1.1 200").doesNotContain("connection:");
            assertThat(isToldToGo(address)).isFalse();
            Future<Integer> end = background.submit(query::terminate);
            // It would refuse connections in the end, without ever having said so.
            while (!answer(address).contains("connection: close")) {
                Thread.sleep(20);
            }
            assertThat(answer(address)).startsWith("http/1.1 200");
            assertThat(isToldToGo(address)).isTrue();
            assertThat(end.get()).as("exit status, 143 being SIGTERM's").isEqualTo(143);
        }
    }

    /** Up to the end of the headers, in lower case. */
    private static String answer(URI address) throws IOException {
        try (var socket = new Socket(address.getHost(), address.getPort())) {
            socket.getOutputStream()
                    .write(
                            "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n"
                                    .getBytes(StandardCharsets.US_ASCII));
            var head = new StringBuilder();
            while (head.indexOf("\r\n\r\n") < 0) {
                int next = socket.getInputStream().read();
                assertThat(next).as("the end, after %s", head).isNotNegative();
                head.append((char) next);
            }
            return head.toString().toLowerCase(Locale.ROOT);
        }
    }

    /** Whether a GOAWAY comes before the end of the answer to the only question, in HTTP/2. */
    private static boolean isToldToGo(URI address) throws IOException {
        try (var socket = new Socket(address.getHost(), address.getPort())) {
            OutputStream out = socket.getOutputStream();
            out.write(PREFACE);
            out.write(NO_SETTINGS);
            out.write(QUESTION);
            var in = new DataInputStream(socket.getInputStream());
            while (true) {
                int bytes = in.readUnsignedByte() << 16 | in.readUnsignedShort();
                int type = in.readUnsignedByte();
                int flags = in.readUnsignedByte();
                in.readInt();
                in.skipNBytes(bytes);
                if (type == GOAWAY || (type == DATA && (flags & END_STREAM) != 0)) {
                    return type == GOAWAY;
                }
            }
        }
    }
}
