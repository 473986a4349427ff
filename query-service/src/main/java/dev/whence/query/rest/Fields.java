package dev.whence.query.rest;

import dev.whence.query.rest.json.UrlField;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The fields of a URL that are asked for. */
final class Fields {
    private static final String KNOWN =
            Arrays.stream(UrlField.values()).map(UrlField::text).collect(Collectors.joining(", "));

    private Fields() {}

    /** Those that a parameter names, or the usual. */
    static Set<UrlField> of(@Nullable String text) {
        if (text == null) {
            return UrlField.USUAL;
        }
        Set<UrlField> fields = EnumSet.noneOf(UrlField.class);
        for (String name : text.split(",", -1)) {
            UrlField field =
                    Arrays.stream(UrlField.values())
                            .filter(each -> each.text().equals(name))
                            .findFirst()
                            .orElseThrow(() ->
                                    new BadParameterException(
                                            "fields are some of %s, with commas between, not '%s'."
                                                    .formatted(KNOWN, Parameters.shown(name))));
            if (!fields.add(field)) {
                throw new BadParameterException("fields names %s twice.".formatted(name));
            }
        }
        return fields;
    }
}
