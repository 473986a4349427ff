package dev.whence.catalog;

import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A version of the index: a numbered, immutable list of what it is made of. Version 0 is the empty
 * one and is not stored. Its size follows what it changed, and not how many versions there are.
 *
 * @param writer a fresh id of this very publish
 * @param generations ascending by ordinal, without gaps
 * @param segments oldest first, without gaps in versions
 * @param datasetTable the block whose one file is the {@link DatasetTable}
 * @param positions one for each partition of the commit log
 * @param changes what this publish did, by dataset id
 * @param nextFileId the registry id that the next live file will get
 * @param oldestRetained the oldest version that readers may still ask for
 * @param deletedUpTo everything that the versions up to this one superseded is deleted
 * @param superseded keys that the version before names, or that the log entries of this one
 *     brought, and that this version is the first not to name
 * @param parts keys of the files of the lake that were written for this version, or that it is the
 *     first to take in
 * @param queues datasets with batches that are in its positions and not yet in its counts; null for
 *     none
 * @param operations what came of instructions; null before the first
 * @param takedowns how far takedowns have come; null before the first
 */
public record Version(
        int format,
        long number,
        Instant publishedAt,
        String writer,
        int urlProfile,
        String suffixListDate,
        List<GenerationRef> generations,
        List<SegmentRef> segments,
        Block datasetTable,
        List<LogPosition> positions,
        List<DatasetChange> changes,
        Counts counts,
        long nextFileId,
        long oldestRetained,
        long deletedUpTo,
        List<String> superseded,
        List<String> parts,
        @Nullable List<QueueRef> queues,
        @Nullable Operations operations,
        @Nullable TakedownProgress takedowns) {

    /**
     * How much a version holds.
     *
     * @param domains those with at least one URL
     */
    public record Counts(long datasets, long domains, long urls, long files) {}

    public static final int FORMAT = CatalogJson.FORMAT;

    /** A version whose counts hold all that its positions do. */
    public Version(
            int format,
            long number,
            Instant publishedAt,
            String writer,
            int urlProfile,
            String suffixListDate,
            List<GenerationRef> generations,
            List<SegmentRef> segments,
            Block datasetTable,
            List<LogPosition> positions,
            List<DatasetChange> changes,
            Counts counts,
            long nextFileId,
            long oldestRetained,
            long deletedUpTo,
            List<String> superseded,
            List<String> parts) {
        this(
                format,
                number,
                publishedAt,
                writer,
                urlProfile,
                suffixListDate,
                generations,
                segments,
                datasetTable,
                positions,
                changes,
                counts,
                nextFileId,
                oldestRetained,
                deletedUpTo,
                superseded,
                parts,
                null,
                null,
                null);
    }

    /** The datasets of which batches are not in its counts yet. */
    public List<QueueRef> queued() {
        return queues == null ? List.of() : queues;
    }

    /** What came of instructions up to it. */
    public Operations operationsOrNone() {
        return operations == null ? Operations.NONE : operations;
    }

    /** How far takedowns have come. */
    public TakedownProgress takedownsOrNone() {
        return takedowns == null ? TakedownProgress.NONE : takedowns;
    }

    /** The blocks that it names. */
    public Stream<Block> blocks() {
        return Stream.of(
                        generations.stream().map(GenerationRef::block),
                        segments.stream().map(SegmentRef::block),
                        Stream.of(datasetTable))
                .flatMap(blocks -> blocks);
    }

    public boolean names(String blockId) {
        return blocks().anyMatch(block -> block.id().equals(blockId));
    }

    /**
     * Checks that every block is one of the version before, was made for this version, or was
     * folded from adjacent blocks of the version before and stands where they stood. So a name that
     * a version does not have never comes back, and what is superseded is so for ever.
     *
     * @throws IllegalStateException if one is nothing of these
     */
    public Version requireFollows(Optional<Version> before) {
        Set<String> fitting = new HashSet<>();
        before.ifPresent(version -> {
            version.blocks().forEach(block -> fitting.add(block.id()));
            for (IndexStack stack : IndexStack.values()) {
                stack.of(this).stream()
                        .filter(ref -> isFolded(ref, stack, version))
                        .forEach(ref -> fitting.add(ref.block().id()));
            }
        });
        String own = Block.newId(number, "");
        blocks().map(Block::id)
                .filter(id -> !fitting.contains(id) && !id.startsWith(own))
                .findFirst()
                .ifPresent(id -> {
                    throw new IllegalStateException(
                            "version %d takes up block %s, which the version before does not name"
                                    .formatted(number, id));
                });
        return this;
    }

    /** Whether a block bears the name of a fold, and takes the place of two blocks or more. */
    private static boolean isFolded(StackRef ref, IndexStack stack, Version before) {
        return BlockName.ofId(ref.block().id())
                .filter(name ->
                        name instanceof BlockName.Folded folded
                                && folded.stack() == stack
                                && folded.base() <= before.number
                                && folded.start() == ref.start())
                .filter(_ -> stack.of(before).stream().anyMatch(old -> begins(old, ref)))
                .filter(_ -> stack.of(before).stream().anyMatch(old -> ends(old, ref)))
                .isPresent();
    }

    private static boolean begins(StackRef old, StackRef folded) {
        return old.start() == folded.start() && old.end() < folded.end();
    }

    private static boolean ends(StackRef old, StackRef folded) {
        return old.start() > folded.start() && old.end() == folded.end();
    }
}
