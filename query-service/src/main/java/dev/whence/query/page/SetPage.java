package dev.whence.query.page;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Domains by who holds them.
 *
 * @param holders the datasets all of which do
 * @param without those that do not
 * @param prefix what the domains begin with
 * @param others the same datasets, asked in other ways
 */
public record SetPage(
        Frame frame,
        List<Dataset> holders,
        List<Dataset> without,
        long count,
        String prefix,
        List<Link> domains,
        List<Link> others,
        @Nullable String next)
        implements Page {

    /** A dataset that the question names. */
    public record Dataset(String id, String name, String href) {}
}
