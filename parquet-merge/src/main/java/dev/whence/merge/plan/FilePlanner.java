package dev.whence.merge.plan;

import dev.whence.merge.DataFile;
import dev.whence.merge.MergeRefusedException;
import dev.whence.merge.MergeRequest;
import dev.whence.merge.MergeSettings.Pruning;
import dev.whence.merge.MergeStrategy;
import dev.whence.merge.Partition;
import dev.whence.merge.file.Footers;
import dev.whence.merge.file.ParquetInput;
import dev.whence.merge.key.KeyBounds;
import dev.whence.merge.rows.RowKey;
import dev.whence.merge.rows.SourceRows;
import dev.whence.merge.rows.TableSpec;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.parquet.filter2.columnindex.RowRanges;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;

/** Plans one file after the other; thread-safe. */
final class FilePlanner {
    private final Footers footers;
    private final TableSpec table;
    private final MergeRequest request;
    private final SourceRows source;
    private final Pruning depth;
    private final Deadline deadline;
    private final Matches matches;

    FilePlanner(
            Footers footers,
            TableSpec table,
            MergeRequest request,
            SourceRows source,
            Pruning depth,
            Deadline deadline,
            Matches matches) {
        this.footers = footers;
        this.table = table;
        this.request = request;
        this.source = source;
        this.depth = depth;
        this.deadline = deadline;
        this.matches = matches;
    }

    FilePlan plan(int number, DataFile file) throws IOException {
        try (ParquetInput input = footers.open(file)) {
            List<RowGroupPlan> groups = new ArrayList<>();
            RowKey key = key(input);
            Optional<Reason> whole = wholeFile(file, key);
            for (int group = 0; group < input.rowGroups().size(); group++) {
                groups.add(
                        whole.isPresent()
                                ? untouched(input, group, key, whole.get())
                                : plan(number, input, group, key));
            }
            return new FilePlan(number, file, groups);
        }
    }

    /** Looks at the keys that planning did not. */
    FilePlan complete(FilePlan plan) throws IOException {
        try (ParquetInput input = footers.open(plan.file())) {
            List<RowGroupPlan> groups = new ArrayList<>();
            RowKey key = key(input);
            for (int group = 0; group < plan.rowGroups().size(); group++) {
                RowGroupPlan known = plan.rowGroups().get(group);
                groups.add(
                        known.reason() == Reason.NOT_LOOKED_AT
                                ? scan(plan.number(), input, group, key, Optional.empty())
                                : known);
            }
            return new FilePlan(plan.number(), plan.file(), groups);
        }
    }

    private RowKey key(ParquetInput input) {
        return RowKey.of(
                input.schema(),
                input.file().partition(),
                request.keyColumns(),
                table.keyKinds(),
                "target " + input.file().key());
    }

    private Optional<Reason> wholeFile(DataFile file, RowKey key) {
        if (request.strategy() == MergeStrategy.APPEND) {
            return Optional.of(Reason.ONLY_ADDS);
        }
        if (depth.compareTo(Pruning.PARTITIONS) < 0) {
            return Optional.empty();
        }
        for (int i = 0; i < key.parts().size(); i++) {
            RowKey.Part part = key.parts().get(i);
            if (part.isFixed()) {
                String text = file.partition().find(part.column().path()).orElseThrow().value();
                if (!source.ranges(i).mayIntersect(KeyBounds.ofPartition(part.column(), text))) {
                    return Optional.of(Reason.OTHER_PARTITION);
                }
            }
        }
        return Optional.empty();
    }

    private RowGroupPlan plan(int number, ParquetInput input, int group, RowKey key)
            throws IOException {
        var pruned = new RowGroupPruning(input, key, source, depth, deadline).run(group);
        if (pruned.excluded().isPresent()) {
            return untouched(input, group, key, pruned.excluded().get());
        }
        if (depth.compareTo(Pruning.KEYS) < 0 || deadline.isOver()) {
            return untouched(input, group, key, Reason.NOT_LOOKED_AT);
        }
        return scan(number, input, group, key, pruned.left());
    }

    private RowGroupPlan scan(
            int number, ParquetInput input, int group, RowKey key, Optional<RowRanges> left)
            throws IOException {
        MatchBuffer found = KeyScan.run(input, group, key, source, left);
        requireSamePartition(input.file(), found);
        matches.add(number, group, found);
        Reason reason = found.count() > 0 ? Reason.MATCHED_KEY : Reason.NO_MATCHED_KEY;
        return describe(input, group, key, reason, found.count());
    }

    /** An updated row stays in its file, and so in its partition. */
    private void requireSamePartition(DataFile file, MatchBuffer found) {
        if (!request.strategy().replacesMatched()) {
            return;
        }
        for (int i = 0; i < found.count(); i++) {
            int partition = source.partition(found.sourceRow(i));
            if (partition >= 0 && moves(file.partition(), source.partitions().get(partition))) {
                throw new MergeRefusedException(
                        "a matched row of %s would move from partition %s to %s; delete it and insert it, or make %s part of the key"
                                .formatted(
                                        file.key(),
                                        file.partition().values(),
                                        source.partitions().get(partition).values(),
                                        String.join(", ", file.partition().columns())));
            }
        }
    }

    /** A column of the key matched by value: 1 and 01 are one month. */
    private boolean moves(Partition from, Partition to) {
        return !from.equals(to)
                && from.values().stream()
                        .filter(value -> !request.keyColumns().contains(value.column()))
                        .anyMatch(value -> !to.values().contains(value));
    }

    private static RowGroupPlan untouched(
            ParquetInput input, int group, RowKey key, Reason reason) {
        return describe(input, group, key, reason, 0);
    }

    private static RowGroupPlan describe(
            ParquetInput input, int group, RowKey key, Reason reason, int matched) {
        BlockMetaData block = input.rowGroups().get(group);
        Set<List<String>> keys = new HashSet<>();
        key.leaves().forEach(leaf -> keys.add(List.of(leaf.getPath())));
        long bytes = 0;
        long keyBytes = 0;
        for (ColumnChunkMetaData chunk : block.getColumns()) {
            bytes += chunk.getTotalSize();
            if (keys.contains(List.of(chunk.getPath().toArray()))) {
                keyBytes += chunk.getTotalSize();
            }
        }
        return new RowGroupPlan(block.getRowCount(), bytes, keyBytes, reason, matched);
    }
}
