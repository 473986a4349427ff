package dev.whence.merge;

/** A column to order rows by: its path, and which end comes first. Nulls come first ascending. */
public record SortOrder(String column, boolean descending) {

    /** {@code ts}, {@code ts asc} or {@code ts desc}. */
    public static SortOrder of(String text) {
        String[] words = text.strip().split("\\s+", -1);
        boolean known =
                words.length == 1
                        || (words.length == 2
                                && (words[1].equalsIgnoreCase("asc")
                                        || words[1].equalsIgnoreCase("desc")));
        if (!known || words[0].isEmpty()) {
            throw new IllegalArgumentException(
                    "'%s' is no order; write COLUMN, COLUMN asc or COLUMN desc".formatted(text));
        }
        return new SortOrder(words[0], words.length == 2 && words[1].equalsIgnoreCase("desc"));
    }
}
