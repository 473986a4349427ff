package dev.whence.indexer;

import dev.whence.merge.Partition;
import dev.whence.merge.file.ColumnRows;
import dev.whence.merge.rows.Partitioner;
import dev.whence.url.DomainPrefix;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.schema.MessageType;

/** Rows of URL files belong to the first digits of their domain's fingerprint. Not thread-safe. */
final class PrefixPartitioner implements Partitioner {
    private static final String DOMAIN_ID = "domain_id";

    private final ColumnDescriptor domainId;
    private final int digits;
    private final Map<DomainPrefix, Partition> partitions = new HashMap<>();
    private long lastId;
    private Partition last;

    private PrefixPartitioner(ColumnDescriptor domainId, int digits) {
        this.domainId = domainId;
        this.digits = digits;
        this.last = partition(lastId);
    }

    static Partitioner.Factory of(int digits) {
        return (schema, place) -> of(schema, digits);
    }

    private static Optional<Partitioner> of(MessageType schema, int digits) {
        return schema.containsField(DOMAIN_ID)
                ? Optional.of(
                        new PrefixPartitioner(
                                schema.getColumnDescription(new String[] {DOMAIN_ID}), digits))
                : Optional.empty();
    }

    /** Where the rows of a partition lie. */
    static DomainPrefix prefixOf(Partition partition) {
        return partition
                .find(DomainPrefix.COLUMN)
                .map(Partition.Value::value)
                .map(DomainPrefix::new)
                .orElse(DomainPrefix.NONE);
    }

    @Override
    public List<ColumnDescriptor> leaves() {
        return List.of(domainId);
    }

    /** Files are sorted by domain: most rows belong where the one before them does. */
    @Override
    public Partition read(ColumnRows rows, int[] readers) {
        long id = rows.reader(readers[0]).getLong();
        if (id != lastId) {
            lastId = id;
            last = partition(id);
        }
        return last;
    }

    private Partition partition(long id) {
        return partitions.computeIfAbsent(
                DomainPrefix.of(id, digits),
                prefix ->
                        new Partition(
                                List.of(
                                        new Partition.Value(
                                                DomainPrefix.COLUMN,
                                                prefix.length() == 0 ? null : prefix.digits()))));
    }
}
