package dev.whence.query.page;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** An address of these pages; whatever is put into it stays the value of a parameter. Immutable. */
final class Address {
    private final String text;

    private Address(String text) {
        this.text = text;
    }

    static Address of(String path) {
        return new Address(path);
    }

    /** With one more parameter; without, where there is no value. */
    Address with(String name, @Nullable Object value) {
        if (value == null || value.toString().isEmpty()) {
            return this;
        }
        String before = text + (text.indexOf('?') < 0 ? '?' : '&') + name + '=';
        return new Address(before + URLEncoder.encode(value.toString(), StandardCharsets.UTF_8));
    }

    /** With a dataset's id. */
    Address withDataset(String name, int datasetId) {
        return with(name, Integer.toUnsignedString(datasetId));
    }

    @Override
    public String toString() {
        return text;
    }
}
