package dev.whence.query.page;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of a list that is in memory.
 *
 * @param first the number of its first item, from 1; 0 where there is none
 * @param total how long the list is
 * @param next the address of the next page; null at the end
 */
public record Slice<T>(List<T> items, int first, int total, @Nullable String next) {

    /** The page of that number, from 1. */
    static <T> Slice<T> of(List<T> all, int page, int size, Address self) {
        int from = (int) Math.min(all.size(), (page - 1L) * size);
        int to = Math.min(all.size(), from + size);
        return new Slice<>(
                all.subList(from, to),
                from == to ? 0 : from + 1,
                all.size(),
                to < all.size() ? self.with("page", page + 1).toString() : null);
    }
}
