package dev.whence.merge.rewrite;

import java.util.Optional;
import java.util.Set;
import org.apache.parquet.bytes.ByteBufferAllocator;
import org.apache.parquet.bytes.HeapByteBufferAllocator;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.EncodingStats;
import org.apache.parquet.column.ParquetProperties;
import org.apache.parquet.column.values.ValuesWriter;
import org.apache.parquet.column.values.bytestreamsplit.ByteStreamSplitValuesWriter;
import org.apache.parquet.column.values.delta.DeltaBinaryPackingValuesWriterForInteger;
import org.apache.parquet.column.values.delta.DeltaBinaryPackingValuesWriterForLong;
import org.apache.parquet.column.values.deltalengthbytearray.DeltaLengthByteArrayValuesWriter;
import org.apache.parquet.column.values.deltastrings.DeltaByteArrayWriter;
import org.apache.parquet.column.values.dictionary.DictionaryValuesWriter;
import org.apache.parquet.column.values.factory.ValuesWriterFactory;
import org.apache.parquet.column.values.fallback.FallbackValuesWriter;
import org.apache.parquet.column.values.plain.BooleanPlainValuesWriter;
import org.apache.parquet.column.values.plain.FixedLenByteArrayPlainValuesWriter;
import org.apache.parquet.column.values.plain.PlainValuesWriter;
import org.apache.parquet.column.values.rle.RunLengthBitPackingHybridValuesWriter;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;

/**
 * The encoding that a chunk had, for the one that takes its place: the same one for values outside
 * of a dictionary, and a dictionary if there was one.
 */
final class KeptEncoding implements ValuesWriterFactory {
    private static final int SLAB_BYTES = 1 << 10;
    private static final int LARGEST_SLAB_BYTES = 1 << 20;
    private static final int DICTIONARY_BYTES = 1 << 20;
    private static final int INT96_BYTES = 12;

    private final boolean dictionary;
    private final Encoding encoding;
    private ByteBufferAllocator allocator = HeapByteBufferAllocator.getInstance();

    private KeptEncoding(boolean dictionary, Encoding encoding) {
        this.dictionary = dictionary;
        this.encoding = encoding;
    }

    static KeptEncoding of(ColumnDescriptor leaf, Optional<ColumnChunkMetaData> replaced) {
        PrimitiveTypeName type = leaf.getPrimitiveType().getPrimitiveTypeName();
        boolean canHaveDictionary = type != PrimitiveTypeName.BOOLEAN;
        if (replaced.isEmpty()) {
            return new KeptEncoding(canHaveDictionary, Encoding.PLAIN);
        }
        ColumnChunkMetaData chunk = replaced.get();
        EncodingStats stats = chunk.getEncodingStats();
        Set<Encoding> used = stats == null ? chunk.getEncodings() : stats.getDataEncodings();
        boolean dictionary =
                stats == null
                        ? used.stream().anyMatch(Encoding::usesDictionary)
                        : stats.hasDictionaryPages();
        Encoding plain =
                used.stream().filter(one -> fits(one, type)).findFirst().orElse(Encoding.PLAIN);
        return new KeptEncoding(dictionary && canHaveDictionary, plain);
    }

    /** The same for values that are not in a dictionary. */
    KeptEncoding withoutDictionary() {
        return new KeptEncoding(false, encoding);
    }

    private static boolean fits(Encoding encoding, PrimitiveTypeName type) {
        return switch (encoding) {
            case PLAIN -> true;
            case DELTA_BINARY_PACKED ->
                    type == PrimitiveTypeName.INT32 || type == PrimitiveTypeName.INT64;
            case DELTA_LENGTH_BYTE_ARRAY -> type == PrimitiveTypeName.BINARY;
            case DELTA_BYTE_ARRAY ->
                    type == PrimitiveTypeName.BINARY
                            || type == PrimitiveTypeName.FIXED_LEN_BYTE_ARRAY;
            case BYTE_STREAM_SPLIT ->
                    type != PrimitiveTypeName.BINARY
                            && type != PrimitiveTypeName.BOOLEAN
                            && type != PrimitiveTypeName.INT96;
            case RLE -> type == PrimitiveTypeName.BOOLEAN;
            default -> false;
        };
    }

    @Override
    public void initialize(ParquetProperties properties) {
        allocator = properties.getAllocator();
    }

    @Override
    public ValuesWriter newValuesWriter(ColumnDescriptor leaf) {
        PrimitiveTypeName type = leaf.getPrimitiveType().getPrimitiveTypeName();
        int length = leaf.getPrimitiveType().getTypeLength();
        ValuesWriter values = values(type, length);
        return dictionary ? FallbackValuesWriter.of(dictionary(type, length), values) : values;
    }

    private ValuesWriter values(PrimitiveTypeName type, int length) {
        return switch (encoding) {
            case DELTA_BINARY_PACKED ->
                    type == PrimitiveTypeName.INT32
                            ? new DeltaBinaryPackingValuesWriterForInteger(
                                    SLAB_BYTES, LARGEST_SLAB_BYTES, allocator)
                            : new DeltaBinaryPackingValuesWriterForLong(
                                    SLAB_BYTES, LARGEST_SLAB_BYTES, allocator);
            case DELTA_LENGTH_BYTE_ARRAY ->
                    new DeltaLengthByteArrayValuesWriter(SLAB_BYTES, LARGEST_SLAB_BYTES, allocator);
            case DELTA_BYTE_ARRAY ->
                    new DeltaByteArrayWriter(SLAB_BYTES, LARGEST_SLAB_BYTES, allocator);
            case BYTE_STREAM_SPLIT -> byteStreams(type, length);
            case RLE ->
                    new RunLengthBitPackingHybridValuesWriter(
                            1, SLAB_BYTES, LARGEST_SLAB_BYTES, allocator);
            default -> plain(type, length);
        };
    }

    private ValuesWriter plain(PrimitiveTypeName type, int length) {
        return switch (type) {
            case BOOLEAN -> new BooleanPlainValuesWriter();
            case FIXED_LEN_BYTE_ARRAY ->
                    new FixedLenByteArrayPlainValuesWriter(
                            length, SLAB_BYTES, LARGEST_SLAB_BYTES, allocator);
            case INT96 ->
                    new FixedLenByteArrayPlainValuesWriter(
                            INT96_BYTES, SLAB_BYTES, LARGEST_SLAB_BYTES, allocator);
            case INT32, INT64, FLOAT, DOUBLE, BINARY ->
                    new PlainValuesWriter(SLAB_BYTES, LARGEST_SLAB_BYTES, allocator);
        };
    }

    private ValuesWriter byteStreams(PrimitiveTypeName type, int length) {
        return switch (type) {
            case INT32 ->
                    new ByteStreamSplitValuesWriter.IntegerByteStreamSplitValuesWriter(
                            SLAB_BYTES, LARGEST_SLAB_BYTES, allocator);
            case INT64 ->
                    new ByteStreamSplitValuesWriter.LongByteStreamSplitValuesWriter(
                            SLAB_BYTES, LARGEST_SLAB_BYTES, allocator);
            case FLOAT ->
                    new ByteStreamSplitValuesWriter.FloatByteStreamSplitValuesWriter(
                            SLAB_BYTES, LARGEST_SLAB_BYTES, allocator);
            case DOUBLE ->
                    new ByteStreamSplitValuesWriter.DoubleByteStreamSplitValuesWriter(
                            SLAB_BYTES, LARGEST_SLAB_BYTES, allocator);
            case FIXED_LEN_BYTE_ARRAY ->
                    new ByteStreamSplitValuesWriter.FixedLenByteArrayByteStreamSplitValuesWriter(
                            length, SLAB_BYTES, LARGEST_SLAB_BYTES, allocator);
            case BOOLEAN, BINARY, INT96 ->
                    throw new IllegalArgumentException("no byte streams of " + type);
        };
    }

    private DictionaryValuesWriter dictionary(PrimitiveTypeName type, int length) {
        Encoding pages = Encoding.RLE_DICTIONARY;
        Encoding entries = Encoding.PLAIN;
        return switch (type) {
            case INT32 ->
                    new DictionaryValuesWriter.PlainIntegerDictionaryValuesWriter(
                            DICTIONARY_BYTES, pages, entries, allocator);
            case INT64 ->
                    new DictionaryValuesWriter.PlainLongDictionaryValuesWriter(
                            DICTIONARY_BYTES, pages, entries, allocator);
            case FLOAT ->
                    new DictionaryValuesWriter.PlainFloatDictionaryValuesWriter(
                            DICTIONARY_BYTES, pages, entries, allocator);
            case DOUBLE ->
                    new DictionaryValuesWriter.PlainDoubleDictionaryValuesWriter(
                            DICTIONARY_BYTES, pages, entries, allocator);
            case BINARY ->
                    new DictionaryValuesWriter.PlainBinaryDictionaryValuesWriter(
                            DICTIONARY_BYTES, pages, entries, allocator);
            case FIXED_LEN_BYTE_ARRAY ->
                    new DictionaryValuesWriter.PlainFixedLenArrayDictionaryValuesWriter(
                            DICTIONARY_BYTES, length, pages, entries, allocator);
            case INT96 ->
                    new DictionaryValuesWriter.PlainFixedLenArrayDictionaryValuesWriter(
                            DICTIONARY_BYTES, INT96_BYTES, pages, entries, allocator);
            case BOOLEAN -> throw new IllegalArgumentException("no dictionary of booleans");
        };
    }
}
