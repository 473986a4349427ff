package dev.whence.query.cdx;

import dev.whence.query.CursorSeal;
import dev.whence.query.QueryException;
import dev.whence.query.listing.PlaceCursor;
import dev.whence.query.view.View;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The lines that answer a question, one after the other. Not thread-safe. */
public final class CdxLines {
    /** So many rows are looked at before the answer begins, to tell whether there is a line. */
    private static final int FIRST_LOOKS = 100_000;

    private final View view;
    private final CdxQuestion question;
    private final CdxWalk walk;
    private long looked;
    private long left;
    private @Nullable CdxRow last;
    private @Nullable CdxPlace lastPlace;
    private @Nullable CdxRow ready;
    private boolean ended;

    private CdxLines(View view, CdxQuestion question, CdxWalk walk) {
        this.view = view;
        this.question = question;
        this.walk = walk;
        this.left = question.limit();
    }

    /**
     * Stands before the first line.
     *
     * @param resume the cursor behind a line; null for none
     */
    public static CdxLines open(View view, CdxQuestion question, @Nullable PlaceCursor resume)
            throws QueryException, IOException {
        question.scope().check(view);
        CdxPlace from = resume == null ? null : CdxPlace.of(resume);
        var lines = new CdxLines(view, question, new CdxWalk(view, question.scope(), from));
        if (from != null) {
            // The line that was told last, which those behind it are compared with.
            lines.last = lines.walk.next().orElse(null);
            lines.lastPlace = lines.walk.place();
        }
        lines.walk.pass(question.window().first());
        for (long i = 0; i < question.offset() && lines.find(Long.MAX_VALUE); i++) {
            lines.take();
        }
        lines.find(FIRST_LOOKS);
        return lines;
    }

    /** How many rows a scope has, without reading them. */
    public static long count(View view, CdxScope scope) throws QueryException, IOException {
        scope.check(view);
        return CdxWalk.count(view, scope);
    }

    /** The cursor of a text that {@link #resumeKey} gave. */
    public static PlaceCursor cursor(String text, CursorSeal seal, CdxQuestion question)
            throws QueryException {
        return PlaceCursor.decode(text, seal, question.identity());
    }

    /** Whether it is known that there is no line at all, before the first is asked for. */
    public boolean isEmpty() {
        return ended && ready == null;
    }

    /** The values of the next line; empty at the end, or when the limit is reached. */
    public Optional<CdxRow> next() throws QueryException, IOException {
        if (left == 0 || !find(Long.MAX_VALUE)) {
            return Optional.empty();
        }
        left--;
        return Optional.of(take());
    }

    /** Where to go on behind the last line, if there are more that the limit left out. */
    public Optional<String> resumeKey() throws QueryException, IOException {
        CdxPlace place = lastPlace;
        return place != null && find(Long.MAX_VALUE)
                ? Optional.of(place.encode(view, question))
                : Optional.empty();
    }

    private CdxRow take() {
        CdxRow taken = ready;
        if (taken == null) {
            throw new IllegalStateException("no line was found");
        }
        ready = null;
        last = taken;
        lastPlace = walk.place();
        return taken;
    }

    /** Looks for the next line, at so many rows. */
    private boolean find(long most) throws QueryException, IOException {
        for (long i = 0; i < most && ready == null && !ended; i++) {
            if (looked == question.window().rows()) {
                ended = true;
                break;
            }
            Optional<CdxRow> row = walk.next();
            looked++;
            if (row.isEmpty()) {
                ended = true;
            } else if (question.takes(row.get())
                    && (last == null || !question.areAlike(last, row.get()))) {
                ready = row.get();
            }
        }
        return ready != null;
    }

    /** The values of a line. */
    public static List<String> values(CdxRow row, List<CdxField> fields) {
        return fields.stream().map(field -> field.value(row)).toList();
    }
}
