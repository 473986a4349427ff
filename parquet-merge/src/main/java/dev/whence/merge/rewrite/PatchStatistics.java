package dev.whence.merge.rewrite;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import dev.whence.merge.file.FlatPage;
import dev.whence.merge.file.PlainDictionary;
import dev.whence.merge.file.RawPages;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.BitSet;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.LogicalTypeAnnotation.Float16LogicalTypeAnnotation;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;

/**
 * Statistics of a page that was patched: of its values, but that bounds of plain binaries, which
 * are dear to compare, are those of the old page with what came in, unless a bound itself left. Not
 * thread-safe.
 */
final class PatchStatistics {
    private final PrimitiveType type;
    private final int valueBytes;
    private final boolean keepsBounds;
    private Statistics<?> statistics;
    private byte[] min = new byte[0];
    private byte[] max = new byte[0];
    private boolean bounded;

    PatchStatistics(PrimitiveType type) {
        this.type = type;
        this.valueBytes = FlatPage.valueBytes(type);
        this.statistics = Statistics.createStats(type);
        PrimitiveTypeName name = type.getPrimitiveTypeName();
        this.keepsBounds =
                (name == PrimitiveTypeName.BINARY || name == PrimitiveTypeName.FIXED_LEN_BYTE_ARRAY)
                        && !(type.getLogicalTypeAnnotation()
                                instanceof Float16LogicalTypeAnnotation);
    }

    /** Begins with the bounds of the old page, whose plain values then come and go. */
    void begin(RawPages.Page page) {
        bounded = keepsBounds && page.statistics().hasNonNullValue();
        if (bounded) {
            statistics = page.statistics();
            min = statistics.getMinBytes();
            max = statistics.getMaxBytes();
        }
    }

    /** A plain value left. */
    void left(byte[] bytes, int from, int to) {
        bounded &=
                !Arrays.equals(bytes, from, to, min, 0, min.length)
                        && !Arrays.equals(bytes, from, to, max, 0, max.length);
    }

    /** A plain value came, its length (if it has one) before it. */
    void came(byte[] plain) {
        if (bounded) {
            int from = valueBytes >= 0 ? 0 : Integer.BYTES;
            statistics.updateStats(Binary.fromConstantByteArray(plain, from, plain.length - from));
        }
    }

    /** Of the patched page, whose values are plain. */
    Statistics<?> ofPlain(PagePatch patch) {
        if (!bounded || patch.values() == 0) {
            statistics = Statistics.createStats(type);
            ByteBuffer values =
                    ByteBuffer.wrap(patch.plain(), 0, patch.plainLength()).order(LITTLE_ENDIAN);
            for (int i = 0; i < patch.values(); i++) {
                update(values, valueBytes >= 0 ? valueBytes : values.getInt());
            }
        }
        return withNulls(patch);
    }

    /** Of the patched page, whose values are numbers of a dictionary. */
    Statistics<?> ofNumbers(PagePatch patch, PlainDictionary dictionary) {
        statistics = Statistics.createStats(type);
        BitSet used = new BitSet(dictionary.count());
        for (int i = 0; i < patch.values(); i++) {
            used.set(patch.number(i));
        }
        used.stream()
                .forEach(number -> {
                    ByteBuffer content = dictionary.content(number);
                    update(content, content.remaining());
                });
        return withNulls(patch);
    }

    private Statistics<?> withNulls(PagePatch patch) {
        long nulls = (long) patch.rows() - patch.values();
        statistics.incrementNumNulls(nulls - Math.max(0, statistics.getNumNulls()));
        return statistics;
    }

    private void update(ByteBuffer values, int length) {
        switch (type.getPrimitiveTypeName()) {
            case INT32 -> statistics.updateStats(values.getInt());
            case INT64 -> statistics.updateStats(values.getLong());
            case FLOAT -> statistics.updateStats(values.getFloat());
            case DOUBLE -> statistics.updateStats(values.getDouble());
            case BINARY, FIXED_LEN_BYTE_ARRAY, INT96 -> {
                byte[] bytes = new byte[length];
                values.get(bytes);
                statistics.updateStats(Binary.fromConstantByteArray(bytes));
            }
            case BOOLEAN -> throw new IllegalArgumentException("booleans are bits");
        }
    }
}
