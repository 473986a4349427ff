package dev.whence.query.page;

import dev.whence.query.QueryException;
import dev.whence.query.view.View;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What every page has around its answer.
 *
 * @param section which of the pages it is, for the list of them; null for none of them
 * @param typed what stands in the box for domains
 * @param version the version that answers; null where none did
 * @param publishedAt when that was published
 * @param pinned the version that was asked for, which all links keep; null for the newest
 */
public record Frame(
        @Nullable Section section,
        String typed,
        @Nullable Long version,
        @Nullable Instant publishedAt,
        @Nullable Long pinned) {

    static Frame of(Section section, String typed, View view, Asked asked)
            throws QueryException, IOException {
        return new Frame(
                section,
                typed,
                view.number(),
                view.history().get(view.number()).publishedAt(),
                asked.pinned());
    }

    /** Where nothing answered. */
    static Frame empty(String typed) {
        return new Frame(null, typed, null, null, null);
    }

    /** A link to another page. */
    public record Place(String name, String href, boolean current) {}

    /** The pages, in the same version. */
    public List<Place> places() {
        return Stream.of(Section.values())
                .map(each -> new Place(each.title(), to(each.path()), each == section))
                .toList();
    }

    /** The first page. */
    public String home() {
        return to(Section.LOOK_UP.path());
    }

    /** The page of all datasets. */
    public String datasets() {
        return to(Section.DATASETS.path());
    }

    /** The page that compares them. */
    public String comparison() {
        return to(Section.COMPARE.path());
    }

    /** Whether a version answered. */
    public boolean isAnswered() {
        return version != null;
    }

    private String to(String path) {
        return address(path).toString();
    }

    Address address(String path) {
        return Address.of(path).with("version", pinned);
    }
}
