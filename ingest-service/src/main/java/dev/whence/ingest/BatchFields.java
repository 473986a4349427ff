package dev.whence.ingest;

import dev.whence.catalog.Strategy;
import dev.whence.source.SourceFormat;
import dev.whence.source.UrlSources;
import java.util.EnumSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The fields of one message, in whatever order they come, and what they have to be together. */
final class BatchFields {
    /** The fields that a batch can have, see {@code docs/format/batch.md}. */
    enum Field {
        DATASET,
        STRATEGY,
        URLS,
        OBJECTS,
        FORMAT,
        URL_COLUMN,
        REWRITE_MODE,
        DEDUP_ORDER_BY,
        BATCH_ID,
        PART,
        LAST,
        ALL;

        String text() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }

        static Field of(String name) throws BatchRefusedException {
            for (Field field : values()) {
                if (field.text().equals(name)) {
                    return field;
                }
            }
            throw new BatchRefusedException("unknown field " + Quoted.name(name));
        }
    }

    private static final List<String> REWRITE_MODES = List.of("full", "incremental", "auto");

    private final EnumSet<Field> seen = EnumSet.noneOf(Field.class);
    @Nullable String dataset;
    Strategy strategy = Strategy.INSERT;
    List<String> objects = List.of();
    @Nullable SourceFormat format;
    String urlColumn = UrlSources.DEFAULT_URL_COLUMN;
    String rewriteMode = "full";
    boolean all;

    /** Notes that a field is there; each may be there once. */
    void see(Field field) throws BatchRefusedException {
        if (!seen.add(field)) {
            throw new BatchRefusedException("field '" + field.text() + "' stands there twice");
        }
    }

    boolean has(Field field) {
        return seen.contains(field);
    }

    /** The batch that the fields make, all of them read. */
    Batch check() throws BatchRefusedException {
        String name = dataset;
        if (name == null) {
            throw new BatchRefusedException("field 'dataset' is missing");
        }
        if (strategy != Strategy.APPEND && strategy != Strategy.INSERT) {
            throw new BatchRefusedException(
                    "strategy '"
                            + strategy.text()
                            + "' is not carried out yet: append and insert are");
        }
        checkNothingForOtherStrategies();
        return new Batch(name, strategy, claim());
    }

    private void checkNothingForOtherStrategies() throws BatchRefusedException {
        if (!REWRITE_MODES.contains(rewriteMode)) {
            throw new BatchRefusedException(
                    "no rewrite_mode "
                            + Quoted.name(rewriteMode)
                            + "; there are "
                            + String.join(", ", REWRITE_MODES));
        }
        if (rewriteMode.equals("incremental")) {
            throw new BatchRefusedException(
                    "rewrite_mode 'incremental' does not go with '"
                            + strategy.text()
                            + "', which rewrites nothing");
        }
        if (has(Field.DEDUP_ORDER_BY)) {
            throw new BatchRefusedException(
                    "field 'dedup_order_by' goes with strategy 'deduplicate' only");
        }
        if (all) {
            throw new BatchRefusedException("'all': true goes with strategy 'delete' only");
        }
        if ((has(Field.PART) || has(Field.LAST)) && !has(Field.BATCH_ID)) {
            throw new BatchRefusedException("fields 'part' and 'last' need a 'batch_id'");
        }
    }

    private Batch.@Nullable Claim claim() throws BatchRefusedException {
        if (has(Field.URLS) == has(Field.OBJECTS)) {
            throw new BatchRefusedException(
                    has(Field.URLS)
                            ? "a batch has 'urls' or 'objects', not both"
                            : "neither 'urls' nor 'objects' is there");
        }
        if (has(Field.URLS)) {
            if (has(Field.FORMAT) || has(Field.URL_COLUMN)) {
                throw new BatchRefusedException(
                        "fields 'format' and 'url_column' go with 'objects' only");
            }
            return null;
        }
        SourceFormat known = format;
        if (known == null) {
            throw new BatchRefusedException("field 'format' is missing: 'objects' need one");
        }
        if (objects.isEmpty()) {
            throw new BatchRefusedException("field 'objects' names no object");
        }
        return new Batch.Claim(objects, known, urlColumn);
    }
}
