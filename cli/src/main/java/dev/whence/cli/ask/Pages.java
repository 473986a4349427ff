package dev.whence.cli.ask;

import com.fasterxml.jackson.databind.JsonNode;
import dev.whence.cli.place.Answer;
import dev.whence.cli.place.Failure;
import org.jspecify.annotations.Nullable;

/** A list that is read page by page, each behind the cursor of the one before. */
public final class Pages {
    private static final int MOST_IN_PAGE = 10_000;

    private final String field;
    private final Ask ask;

    /** Asks for a page. */
    public interface Ask {
        /**
         * A page.
         *
         * @param limit the most items in it
         * @param cursor where it begins; null for the first page
         */
        Answer page(long limit, @Nullable String cursor) throws Failure;
    }

    /** Where items go. */
    public interface Sink {
        void take(JsonNode item);

        /** Whether more are wanted; asked between pages. */
        boolean wantsMore();
    }

    /**
     * How a reading ended.
     *
     * @param items that were taken
     * @param hasMore whether the list goes on
     * @param last the last page
     */
    public record Reading(long items, boolean hasMore, Answer last) {}

    /**
     * @param field of a page that holds its items
     */
    public Pages(String field, Ask ask) {
        this.field = field;
        this.ask = ask;
    }

    /** Reads up to so many items. */
    public Reading read(long most, Sink sink) throws Failure {
        long taken = 0;
        String cursor = null;
        while (true) {
            Answer page = ask.page(Math.min(most - taken, MOST_IN_PAGE), cursor);
            for (JsonNode item : page.items(field)) {
                if (taken == most) {
                    break;
                }
                sink.take(item);
                taken++;
            }
            String next = page.nextCursor().orElse(null);
            if (next == null || taken >= most || !sink.wantsMore()) {
                return new Reading(taken, next != null, page);
            }
            if (next.equals(cursor)) {
                throw Failure.of(
                        page.origin()
                                + " answers with the cursor that it was asked for: its list"
                                + " would never end",
                        null);
            }
            cursor = next;
        }
    }
}
