package dev.whence.query.page;

import dev.whence.query.rest.Parameters;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** What a link or a form asks; a field that nobody filled in is as good as none. */
final class Asked {
    private final UriInfo uri;

    Asked(UriInfo uri) {
        this.uri = uri;
    }

    String path() {
        return uri.getRequestUri().getRawPath();
    }

    /** A parameter without blanks around it; null for none. */
    @Nullable String text(String name) {
        String value = uri.getQueryParameters().getFirst(name);
        return value == null || value.isBlank() ? null : value.strip();
    }

    String text(String name, String otherwise) {
        String value = text(name);
        return value == null ? otherwise : value;
    }

    /** All that are given of a parameter. */
    List<String> all(String name) {
        List<String> values = uri.getQueryParameters().get(name);
        return values == null
                ? List.of()
                : values.stream().filter(each -> !each.isBlank()).toList();
    }

    /** The number of a page of a list, 1 for the first. */
    int page() {
        return (int) Parameters.number("page", text("page"), 1, 1_000_000, 1);
    }

    OptionalLong version() {
        return Parameters.version(text("version"));
    }

    @Nullable Long pinned() {
        OptionalLong version = version();
        return version.isEmpty() ? null : version.getAsLong();
    }

    /** What stands in the box for domains on the page that answers. */
    String typed() {
        return text("name", text("domain", ""));
    }
}
