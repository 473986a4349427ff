package dev.whence.query.rest;

import dev.whence.query.CursorSeal;
import dev.whence.query.QueryException;
import dev.whence.query.Turns;
import dev.whence.query.access.Caller;
import dev.whence.query.view.View;
import dev.whence.query.view.Views;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.function.BooleanSupplier;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/**
 * What every answer has in common: it is made from one view, carries the view's tag, need not be
 * made again for who has it already, and is timed.
 */
@Singleton
public final class Answers {

    /** Finds in a view what is asked about, or says that it is not there. */
    interface Subject<S> {
        S in(View view) throws QueryException, IOException;
    }

    /** Makes an answer about a subject from its view. */
    interface Body<S, T> {
        T from(View view, S subject) throws QueryException, IOException;
    }

    private final Callers callers;
    private final Views views;
    private final CallMetrics metrics;

    @Inject
    Answers(Callers callers, Views views, CallMetrics metrics) {
        this.callers = callers;
        this.views = views;
        this.metrics = metrics;
    }

    /**
     * An answer from the version that is asked for, or the newest. The subject is looked for before
     * the tags are compared: what is not there is a 404 for everybody.
     *
     * @param ifNoneMatch the tags that the caller has; null for none
     */
    <S, T> RestResponse<T> answer(
            String call,
            OptionalLong number,
            @Nullable String ifNoneMatch,
            Subject<S> subject,
            Body<S, T> body)
            throws QueryException, IOException {
        long started = System.nanoTime();
        try (View view = view(number)) {
            S found = subject.in(view);
            String tag = EntityTags.of(view);
            var answer =
                    EntityTags.matches(ifNoneMatch, tag)
                            ? RestResponse.ResponseBuilder.<T>notModified()
                            : RestResponse.ResponseBuilder.ok(body.from(view, found));
            return answer.header("ETag", tag).header("Cache-Control", cacheControl(view)).build();
        } finally {
            time(call, System.nanoTime() - started);
        }
    }

    /** The same where an answer takes much work or memory: a few are made at once. */
    <S, T> RestResponse<T> heavyAnswer(
            String call,
            OptionalLong number,
            @Nullable String ifNoneMatch,
            Subject<S> subject,
            Body<S, T> body)
            throws QueryException, IOException {
        return answer(call, number, ifNoneMatch, subject, inTurn(body));
    }

    /** The same where it tells sums over all domains, too: waits for these without a turn. */
    <S, T> RestResponse<T> heavySums(
            String call,
            OptionalLong number,
            @Nullable String ifNoneMatch,
            Subject<S> subject,
            Body<S, T> body)
            throws QueryException, IOException {
        Body<S, T> inTurn = inTurn(body);
        return answer(
                call,
                number,
                ifNoneMatch,
                subject,
                (view, found) -> {
                    view.countMasked();
                    return inTurn.from(view, found);
                });
    }

    private static <S, T> Body<S, T> inTurn(Body<S, T> body) {
        return (view, found) -> {
            try (Turns.Turn _ = view.heavyTurn()) {
                return body.from(view, found);
            }
        };
    }

    /** An answer that is another one at the next moment, of the same version, too. */
    static <T> RestResponse<T> fresh(View view, T body) {
        return RestResponse.ResponseBuilder.ok(body)
                .header("Cache-Control", cacheControl(view))
                .build();
    }

    /** A version as whoever asks may see it. */
    public View view(OptionalLong number) throws QueryException, IOException {
        return views.open(number, callers.current());
    }

    /** What cursors of whoever asks are sealed with. */
    public CursorSeal seal() throws QueryException {
        return callers.current().seal();
    }

    /** Refuses whoever is no operator, where there are rules that say who is one. */
    void requireOperator() throws QueryException {
        callers.current().requireOperator();
    }

    /** Whether whoever asks may go on to be told what he may see: rules change meanwhile. */
    BooleanSupplier permission() throws QueryException {
        Caller caller = callers.current();
        return () -> callers.stillAllows(caller);
    }

    /** Notes how long a call took. */
    public void time(String call, long nanos) {
        metrics.time(call, nanos);
    }

    /** Notes how long it took to write an answer, or what there was of it. */
    void streamed(String call, boolean whole, long nanos) {
        metrics.streamed(call, whole, nanos);
    }

    /** A view for an answer that may take its own time, and has a turn of its own kind. */
    View view(OptionalLong number, Duration time) throws QueryException, IOException {
        return views.open(number, callers.current(), time);
    }

    static String cacheControl(View view) {
        return view.isForEverybody() ? "no-cache" : "private, no-cache";
    }
}
