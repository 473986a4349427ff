package dev.whence.cli.place;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** A path of the API with its query. Not thread-safe. */
public final class Question {
    private final StringBuilder text;
    private char next = '?';

    /**
     * @param path with everything in it encoded
     */
    public Question(String path) {
        this.text = new StringBuilder(path);
    }

    /** Adds a parameter; one that is null is left out. */
    public Question with(String name, @Nullable Object value) {
        if (value != null) {
            text.append(next).append(name).append('=').append(encoded(value.toString()));
            next = '&';
        }
        return this;
    }

    /** What stands for a text in a path or a query. */
    public static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
