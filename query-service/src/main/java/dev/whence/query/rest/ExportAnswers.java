package dev.whence.query.rest;

import dev.whence.query.CursorSeal;
import dev.whence.query.QueryException;
import dev.whence.query.Turns;
import dev.whence.query.export.Export;
import dev.whence.query.export.Exports;
import dev.whence.query.export.Format;
import dev.whence.query.export.Frame;
import dev.whence.query.export.Listing;
import dev.whence.query.listing.PlaceCursor;
import dev.whence.query.view.View;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.util.OptionalLong;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** What every streamed answer has in common: its turn, its lease, its headers, and its end. */
@Singleton
public final class ExportAnswers {
    private final Answers answers;
    private final Exports exports;

    @Inject
    ExportAnswers(Answers answers, Exports exports) {
        this.answers = answers;
        this.exports = exports;
    }

    /** Makes ready, from a view, what will be written; what it throws is told as a problem. */
    public interface Start {
        ExportBody.Writing in(View view) throws QueryException, IOException;
    }

    /** What cursors of whoever asks are sealed with. */
    CursorSeal seal() throws QueryException {
        return answers.seal();
    }

    /** A list as a file. */
    RestResponse<StreamingOutput> answer(
            Listing listing, ExportQuery query, @Nullable String known, RoutingContext request)
            throws QueryException, IOException {
        Format format = query.format();
        Frame frame = query.frame();
        boolean cursors = query.hasCursors();
        long limit = query.limit();
        PlaceCursor from = query.cursor(answers.seal(), listing);
        OptionalLong version = from == null ? query.version() : OptionalLong.of(from.version());
        RestResponse<StreamingOutput> answer =
                stream(
                        "export-" + format.ending(),
                        version,
                        format.mediaType(),
                        known,
                        request,
                        view -> {
                            Export export =
                                    new Export(
                                            view,
                                            listing,
                                            from == null
                                                    ? new PlaceCursor(
                                                            view.number(), PlaceCursor.BEGINNING, 0)
                                                    : from,
                                            limit,
                                            cursors);
                            return out -> export.writeTo(out, format, frame);
                        });
        answer.getHeaders()
                .putSingle(
                        "Content-Disposition",
                        "attachment; filename=\"%s.%s\""
                                .formatted(
                                        listing.fileName().replaceAll("[^A-Za-z0-9._-]", "_"),
                                        format.ending()));
        return answer;
    }

    /**
     * All of a list as a file, with a heading and an end where the format has them.
     *
     * @param call its name in metrics
     */
    public RestResponse<StreamingOutput> whole(
            String call,
            Listing listing,
            Format format,
            OptionalLong version,
            RoutingContext request)
            throws QueryException, IOException {
        return stream(
                call,
                version,
                format.mediaType(),
                null,
                request,
                view -> {
                    var beginning = new PlaceCursor(view.number(), PlaceCursor.BEGINNING, 0);
                    var export = new Export(view, listing, beginning, Long.MAX_VALUE, false);
                    return out -> export.writeTo(out, format, Frame.WHOLE);
                });
    }

    /**
     * Any answer that is streamed.
     *
     * @param call its name in metrics
     */
    public RestResponse<StreamingOutput> stream(
            String call,
            OptionalLong version,
            String mediaType,
            @Nullable String known,
            RoutingContext request,
            Start start)
            throws QueryException, IOException {
        Turns.Turn turn = exports.take();
        View view = null;
        boolean handedOn = false;
        try {
            view = answers.view(version, exports.time());
            String tag = EntityTags.of(view);
            ExportBody.Writing writing = timed(call, start.in(view));
            var answer = RestResponse.ResponseBuilder.<StreamingOutput>create(200);
            if (EntityTags.matches(known, tag)) {
                answer = RestResponse.ResponseBuilder.<StreamingOutput>notModified();
            } else if (!request.request().method().equals(HttpMethod.HEAD)) {
                var body =
                        new ExportBody(
                                view,
                                turn,
                                request.request(),
                                exports.stall(),
                                exports.time(),
                                answers.permission(),
                                mediaType,
                                writing);
                request.addEndHandler(ended -> body.abandon());
                if (request.response().closed()) {
                    // It was over before anybody could be told.
                    body.abandon();
                }
                answer.entity(body);
                handedOn = true;
            }
            return answer.header("ETag", tag)
                    .header("Cache-Control", Answers.cacheControl(view))
                    .header("Whence-Version", view.number())
                    .build();
        } finally {
            if (!handedOn) {
                if (view != null) {
                    view.close();
                }
                turn.close();
            }
        }
    }

    private ExportBody.Writing timed(String call, ExportBody.Writing writing) {
        return out -> {
            long started = System.nanoTime();
            boolean whole = false;
            try {
                writing.to(out);
                whole = true;
            } finally {
                answers.streamed(call, whole, System.nanoTime() - started);
            }
        };
    }
}
