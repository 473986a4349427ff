package dev.whence.query.rest;

import dev.whence.query.QueryException;
import dev.whence.query.Turns;
import dev.whence.query.export.WatchedOutput;
import dev.whence.query.view.View;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.impl.ConnectionBase;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.jboss.logging.Logger;

/**
 * An answer that is written as its rows are read, under a lease on their version. It is held by the
 * thread that writes it, or by nobody if it is never written; it is let go once, whichever comes
 * first.
 *
 * <p>What fails half-way must not look whole: the connection, or the stream of it, is broken off
 * without the answer's end. So is one whose reader takes nothing for too long, and one whose reader
 * may not see all of it any more. The writing thread is a virtual one that waits for the reader;
 * nothing but its page of rows is held meanwhile.
 */
public final class ExportBody implements StreamingOutput {
    private static final Logger LOG = Logger.getLogger(ExportBody.class);
    private static final Duration LOOK = Duration.ofMillis(250);

    /** Writes all of the answer. */
    public interface Writing {
        void to(OutputStream out) throws QueryException, IOException;
    }

    private final View view;
    private final Turns.Turn turn;
    private final HttpServerRequest request;
    private final Duration stall;
    private final Duration time;
    private final BooleanSupplier permission;
    private final String mediaType;
    private final Writing writing;
    private final AtomicBoolean taken = new AtomicBoolean();

    ExportBody(
            View view,
            Turns.Turn turn,
            HttpServerRequest request,
            Duration stall,
            Duration time,
            BooleanSupplier permission,
            String mediaType,
            Writing writing) {
        this.view = view;
        this.turn = turn;
        this.request = request;
        this.stall = stall;
        this.time = time;
        this.permission = permission;
        this.mediaType = mediaType;
        this.writing = writing;
    }

    String mediaType() {
        return mediaType;
    }

    @Override
    public void write(OutputStream out) throws IOException {
        if (!taken.compareAndSet(false, true)) {
            throw new BrokenOffException(new EOFException("whoever asked is gone"));
        }
        var watched = new WatchedOutput(out, request.response()::closed);
        Thread watch = Thread.ofVirtual().name("export-watch").start(() -> watch(watched));
        try {
            writing.to(watched);
        } catch (QueryException | IOException | RuntimeException | StackOverflowError e) {
            LOG.warnf("An export of version %d was broken off: %s", view.number(), e.toString());
            breakOff();
            throw new BrokenOffException(e);
        } finally {
            watch.interrupt();
            letGo();
        }
    }

    /** Lets go of what is held if it is not being written, and never will be. */
    void abandon() {
        if (taken.compareAndSet(false, true)) {
            letGo();
        }
    }

    private void letGo() {
        view.close();
        turn.close();
    }

    /**
     * Ends the stream now, and drops what is still to be sent. The connection's own close would
     * send that first, and an answer's end behind it, which looks good to a reader who comes back;
     * so it is passed by.
     */
    private void breakOff() {
        if (request.version() != HttpVersion.HTTP_2
                && request.connection() instanceof ConnectionBase connection) {
            var _ = connection.channelHandlerContext().close();
        } else {
            request.response().reset();
        }
    }

    private void watch(WatchedOutput out) {
        try {
            boolean permitted = true;
            while (permitted && !out.isOver(stall, time)) {
                Thread.sleep(LOOK);
                permitted = permission.getAsBoolean();
            }
            if (!permitted) {
                LOG.warnf(
                        "An export of version %d is broken off: the access rules hide more now.",
                        view.number());
            }
            breakOff();
        } catch (InterruptedException e) {
            // It was written to its end, or failed by itself.
            Thread.currentThread().interrupt();
        }
    }
}
