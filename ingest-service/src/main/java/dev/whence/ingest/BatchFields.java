package dev.whence.ingest;

import dev.whence.catalog.BatchPart;
import dev.whence.catalog.Effect;
import dev.whence.catalog.RewriteMode;
import dev.whence.catalog.Strategy;
import dev.whence.source.SourceFormat;
import dev.whence.source.UrlSources;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
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

    /** Parts that a source may have which has to be looked at whole: all are kept until then. */
    static final long MAX_PARTS = 10_000;

    private static final Set<Field> OF_ALL = EnumSet.of(Field.DATASET, Field.STRATEGY, Field.ALL);

    private final EnumSet<Field> seen = EnumSet.noneOf(Field.class);
    @Nullable String dataset;
    Strategy strategy = Strategy.INSERT;
    List<String> objects = List.of();
    @Nullable SourceFormat format;
    String urlColumn = UrlSources.DEFAULT_URL_COLUMN;
    RewriteMode rewriteMode = RewriteMode.AUTO;
    @Nullable String dedupOrderBy;
    @Nullable String batchId;
    long part;
    boolean last;
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
        checkTogether();
        return new Batch(name, effect(), all ? null : claim());
    }

    /** What the batch does, as far as its fields are read. */
    Effect effect() {
        String source = batchId;
        return new Effect(
                strategy,
                strategy.onlyAdds() ? RewriteMode.AUTO : rewriteMode,
                dedupOrderBy,
                source != null && strategy.needsWholeSource()
                        ? new BatchPart(source, part, last)
                        : null,
                all);
    }

    private void checkTogether() throws BatchRefusedException {
        String how = "'" + strategy.text() + "'";
        if (rewriteMode == RewriteMode.INCREMENTAL && strategy.onlyAdds()) {
            throw new BatchRefusedException(
                    "rewrite_mode 'incremental' does not go with "
                            + how
                            + ", which rewrites nothing");
        }
        if (rewriteMode == RewriteMode.INCREMENTAL && strategy.needsWholeSource()) {
            throw new BatchRefusedException(
                    "rewrite_mode 'incremental' does not go with "
                            + how
                            + ", which looks at every row: use full or auto");
        }
        if (has(Field.DEDUP_ORDER_BY) && strategy != Strategy.DEDUPLICATE) {
            throw new BatchRefusedException(
                    "field 'dedup_order_by' goes with strategy 'deduplicate' only, not with "
                            + how);
        }
        if ((has(Field.PART) || has(Field.LAST)) && !has(Field.BATCH_ID)) {
            throw new BatchRefusedException("fields 'part' and 'last' need a 'batch_id'");
        }
        if (strategy.needsWholeSource() && has(Field.BATCH_ID)) {
            checkPart(how);
        }
        if (all) {
            checkAll(how);
        }
    }

    private void checkPart(String how) throws BatchRefusedException {
        if (!has(Field.PART)) {
            throw new BatchRefusedException(
                    "field 'part' is missing: "
                            + how
                            + " waits for every part of a 'batch_id', and counts them from 0");
        }
        if (part >= MAX_PARTS) {
            throw new BatchRefusedException(
                    "field 'part' is 0 to %d with %s".formatted(MAX_PARTS - 1, how));
        }
    }

    private void checkAll(String how) throws BatchRefusedException {
        if (strategy != Strategy.DELETE) {
            throw new BatchRefusedException(
                    "'all': true goes with strategy 'delete' only, not with " + how);
        }
        for (Field field : Field.values()) {
            if (has(field) && !OF_ALL.contains(field)) {
                throw new BatchRefusedException(
                        "'all': true is for every URL of the dataset, and does not go with field '"
                                + field.text()
                                + "'");
            }
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
