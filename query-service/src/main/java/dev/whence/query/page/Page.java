package dev.whence.query.page;

import java.util.Locale;

/** What a page shows; the template has the name of the record. */
interface Page {

    /** What is around it. */
    Frame frame();

    default String template() {
        return getClass().getSimpleName().replace("Page", "").toLowerCase(Locale.ROOT);
    }
}
