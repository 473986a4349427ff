package dev.whence.merge;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * All strategies over rows in memory, as naive as the table that defines them: no file, no plan, no
 * encoding of keys.
 */
final class MergeModel {
    private final MergeRequest request;
    private final List<String> partitionColumns;
    final List<Map<String, Object>> rows = new ArrayList<>();
    MergeCounts counts = new MergeCounts(0, 0, 0, 0, 0, 0, 0);
    final Set<List<Object>> matched = new HashSet<>();

    /**
     * @param partitionColumns columns whose values are text in the result; of a matched row they
     *     are the target's, where the source has none
     */
    MergeModel(MergeRequest request, List<String> partitionColumns) {
        this.request = request;
        this.partitionColumns = partitionColumns;
    }

    static MergeModel merge(
            MergeRequest request,
            List<String> partitionColumns,
            List<Map<String, Object>> target,
            List<Map<String, Object>> source) {
        MergeModel model = new MergeModel(request, partitionColumns);
        model.merge(target, source);
        return model;
    }

    private void merge(List<Map<String, Object>> target, List<Map<String, Object>> source) {
        Map<List<Object>, Map<String, Object>> winners = winners(source);
        MergeStrategy strategy = request.strategy();
        if (strategy == MergeStrategy.APPEND) {
            rows.addAll(target);
            source.forEach(row -> rows.add(withTextPartitions(row)));
            counts = counts(source.size(), 0, source.size(), 0, 0, target.size());
            return;
        }
        long deleted = 0;
        for (Map<String, Object> row : target) {
            List<Object> key = key(row);
            Map<String, Object> winner = winners.get(key);
            boolean first = winner != null && matched.add(key);
            Optional<Map<String, Object>> kept =
                    switch (strategy) {
                        case APPEND, INSERT -> Optional.of(row);
                        case UPDATE, UPSERT, DEDUPLICATE ->
                                winner == null
                                        ? Optional.of(row)
                                        : first ? Optional.of(over(row, winner)) : Optional.empty();
                        case FULL_MERGE ->
                                first ? Optional.of(over(row, winner)) : Optional.empty();
                        case DELETE -> winner == null ? Optional.of(row) : Optional.empty();
                    };
            kept.ifPresent(rows::add);
            deleted += kept.isPresent() ? 0 : 1;
        }
        long inserted = 0;
        if (strategy.addsUnmatched()) {
            for (var entry : winners.entrySet()) {
                if (!matched.contains(entry.getKey())) {
                    rows.add(withTextPartitions(entry.getValue()));
                    inserted++;
                }
            }
        }
        boolean replaces = strategy != MergeStrategy.INSERT && strategy != MergeStrategy.DELETE;
        counts =
                counts(
                        source.size(),
                        source.size() - winners.size(),
                        inserted,
                        replaces ? matched.size() : 0,
                        deleted,
                        target.size());
    }

    /** How many of a file's rows have a key of the source. */
    int matchedRows(List<Map<String, Object>> file) {
        return (int) file.stream().filter(row -> matched.contains(key(row))).count();
    }

    /** A row's key by value. */
    List<Object> key(Map<String, Object> row) {
        List<Object> key = new ArrayList<>();
        for (String column : request.keyColumns()) {
            Object value = PlainRows.find(row, column);
            if (value != null && partitionColumns.contains(column)) {
                value = text(value);
            }
            key.add(value instanceof Comparable<?> plain ? PlainValue.key(plain) : value);
        }
        return key;
    }

    private Map<List<Object>, Map<String, Object>> winners(List<Map<String, Object>> source) {
        Comparator<Map<String, Object>> order = (one, other) -> 0;
        for (SortOrder column : request.dedupOrderBy()) {
            Comparator<Map<String, Object>> ascending =
                    (one, other) ->
                            compare(
                                    PlainRows.find(one, column.column()),
                                    PlainRows.find(other, column.column()));
            order = order.thenComparing(column.descending() ? ascending.reversed() : ascending);
        }
        Map<List<Object>, Map<String, Object>> winners = new LinkedHashMap<>();
        for (Map<String, Object> row : source) {
            List<Object> key = key(row);
            Map<String, Object> incumbent = winners.get(key);
            if (incumbent == null || order.compare(row, incumbent) <= 0) {
                winners.put(key, row);
            }
        }
        return winners;
    }

    @SuppressWarnings("unchecked")
    private static int compare(Object one, Object other) {
        if (one == null || other == null) {
            return Boolean.compare(one != null, other != null);
        }
        return ((Comparable<Object>) PlainValue.key((Comparable<?>) one))
                .compareTo(PlainValue.key((Comparable<?>) other));
    }

    private Map<String, Object> over(Map<String, Object> target, Map<String, Object> source) {
        Map<String, Object> row = withTextPartitions(source);
        for (String column : partitionColumns) {
            if (!row.containsKey(column) && target.containsKey(column)) {
                row.put(column, target.get(column));
            }
        }
        return row;
    }

    private Map<String, Object> withTextPartitions(Map<String, Object> row) {
        Map<String, Object> result = new TreeMap<>(row);
        for (String column : partitionColumns) {
            result.computeIfPresent(column, (name, value) -> text(value));
        }
        return result;
    }

    private static String text(Object value) {
        return value instanceof BigDecimal number ? number.toPlainString() : value.toString();
    }

    private static MergeCounts counts(
            long source, long duplicates, long inserted, long updated, long deleted, long before) {
        return new MergeCounts(
                source,
                duplicates,
                inserted,
                updated,
                deleted,
                before,
                before + inserted - deleted);
    }
}
