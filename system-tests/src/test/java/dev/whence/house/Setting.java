package dev.whence.house;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;

/**
 * A setting, as the interface that reads it says.
 *
 * @param name in full, such as {@code whence.query.poll-interval}
 * @param type of its value, without what says that it may be left out
 * @param standard its default, as it would be written; empty if there is none to write
 * @param text what it does, without its bounds
 */
record Setting(
        String name,
        Class<?> type,
        Optional<String> standard,
        String text,
        Optional<SettingBounds> bounds) {

    /** As a variable of the environment. */
    String variable() {
        return name.replaceAll("[^A-Za-z0-9]", "_").toUpperCase(Locale.ROOT);
    }

    boolean isNumber() {
        return type == int.class || type == long.class;
    }

    boolean isDuration() {
        return type == Duration.class;
    }

    boolean isBytes() {
        return isNumber() && name.endsWith("-bytes");
    }

    /** Its type in words. */
    String kind() {
        if (isBytes()) {
            return "bytes";
        }
        return Map.<Class<?>, String>of(
                        int.class, "number",
                        long.class, "number",
                        boolean.class, "`true` or `false`",
                        Duration.class, "duration",
                        Path.class, "path",
                        URI.class, "address",
                        List.class, "list, with commas",
                        Set.class, "list, with commas",
                        Map.class, "names and values",
                        String.class, "text")
                .get(type);
    }

    /** What a method of a mapping returns, without what says that it may be left out. */
    static Class<?> valueType(Type returned) {
        if (returned == OptionalInt.class) {
            return int.class;
        }
        if (returned == OptionalLong.class) {
            return long.class;
        }
        if (returned instanceof ParameterizedType generic) {
            return generic.getRawType() == Optional.class
                    ? valueType(generic.getActualTypeArguments()[0])
                    : (Class<?>) generic.getRawType();
        }
        return returned == Boolean.class ? boolean.class : (Class<?>) returned;
    }
}
