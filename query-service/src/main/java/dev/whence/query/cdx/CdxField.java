package dev.whence.query.cdx;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A field of a line: one that every line has, or what producers sent along, under the name that
 * they gave it. Immutable.
 *
 * @param told the name under which it is told
 * @param source the name under which it is found
 */
public record CdxField(String told, String source) {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.-]{1,64}");
    private static final int MOST = 32;

    /** Names that the servers of archives have for the same. */
    private static final Map<String, String> SAME =
            Map.of("url", "original", "mime", "mimetype", "status", "statuscode");

    private static final Map<String, List<String>> EXTRAS =
            Map.of(
                    "mimetype", List.of("mimetype", "mime"),
                    "statuscode", List.of("statuscode", "status"));

    /**
     * The field of a name.
     *
     * @throws IllegalArgumentException if it is no name
     */
    public static CdxField named(String name) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "A field has a name of up to 64 letters, digits, and any of _ . - in it.");
        }
        return new CdxField(name, SAME.getOrDefault(name, name));
    }

    /** Fields with commas between. */
    public static List<CdxField> list(String names) {
        String[] each = names.split(",", -1);
        if (each.length > MOST) {
            throw new IllegalArgumentException("At most %d fields are told.".formatted(MOST));
        }
        CdxField[] fields = new CdxField[each.length];
        for (int i = 0; i < each.length; i++) {
            fields[i] = named(each[i]);
        }
        return Arrays.asList(fields);
    }

    /** Its value, or {@link CdxRow#NONE}. */
    String value(CdxRow row) {
        return switch (source) {
            case "urlkey" -> row.key();
            case "timestamp" -> row.timestamp();
            case "original" -> row.row().url();
            case "dataset" -> row.dataset();
            default -> extra(row);
        };
    }

    private String extra(CdxRow row) {
        Stream<String> names = EXTRAS.getOrDefault(source, List.of(source)).stream();
        return names.map(name -> row.row().extras().getOrDefault(name, ""))
                .filter(value -> !value.isEmpty())
                .findFirst()
                .orElse(CdxRow.NONE);
    }
}
