package dev.whence.lake;

import org.apache.parquet.bytes.ByteBufferAllocator;
import org.apache.parquet.bytes.HeapByteBufferAllocator;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.ParquetProperties;
import org.apache.parquet.column.values.ValuesWriter;
import org.apache.parquet.column.values.deltastrings.DeltaByteArrayWriter;
import org.apache.parquet.column.values.dictionary.DictionaryValuesWriter.PlainBinaryDictionaryValuesWriter;
import org.apache.parquet.column.values.dictionary.DictionaryValuesWriter.PlainLongDictionaryValuesWriter;
import org.apache.parquet.column.values.factory.ValuesWriterFactory;
import org.apache.parquet.column.values.plain.PlainValuesWriter;
import org.apache.parquet.io.api.Binary;

/**
 * Gives each column its encoding. Parquet-java's own choice would leave the dictionary as soon as a
 * first page does not shrink by it; here a dictionary column stays one, and the encoder ends the
 * row group before a dictionary grows large.
 */
final class UrlValuesWriters implements ValuesWriterFactory {
    private static final int SLAB_BYTES = 1 << 10;
    private static final int LARGEST_SLAB_BYTES = 1 << 20;

    private ByteBufferAllocator allocator = HeapByteBufferAllocator.getInstance();

    @Override
    public void initialize(ParquetProperties properties) {
        allocator = properties.getAllocator();
    }

    @Override
    public ValuesWriter newValuesWriter(ColumnDescriptor column) {
        return switch (String.join(".", column.getPath())) {
            case UrlSchema.DOMAIN_ID -> new Ids(allocator);
            case UrlSchema.URL_ID, UrlSchema.TS ->
                    new PlainValuesWriter(SLAB_BYTES, LARGEST_SLAB_BYTES, allocator);
            case UrlSchema.SCHEME, UrlSchema.HOST, UrlSchema.DOMAIN -> new Texts(allocator);
            // A dictionary of keys would be empty in most files, and DuckDB calls those corrupt.
            case UrlSchema.PATH_QUERY, UrlSchema.EXTRAS_KEY, UrlSchema.EXTRAS_VALUE ->
                    new Deltas(allocator);
            default -> throw new IllegalArgumentException("no column of a URL file: " + column);
        };
    }

    /**
     * Texts as what they add to the one before, whose page ends by the texts as they were: long
     * texts that resemble each other would otherwise make a page of a few bytes that fills the
     * memory of whoever decodes it.
     */
    private static final class Deltas extends DeltaByteArrayWriter {
        private long rawBytes;

        Deltas(ByteBufferAllocator allocator) {
            super(SLAB_BYTES, LARGEST_SLAB_BYTES, allocator);
        }

        @Override
        public void writeBytes(Binary value) {
            super.writeBytes(value);
            rawBytes += value.length();
        }

        @Override
        public long getBufferedSize() {
            return Math.max(rawBytes, super.getBufferedSize());
        }

        @Override
        public void reset() {
            super.reset();
            rawBytes = 0;
        }
    }

    /** A dictionary of texts that looks a value up only when it is not the object before. */
    private static final class Texts extends PlainBinaryDictionaryValuesWriter {
        private Binary last = Binary.EMPTY;
        private int lastId = -1;

        Texts(ByteBufferAllocator allocator) {
            super(Integer.MAX_VALUE, Encoding.RLE_DICTIONARY, Encoding.PLAIN, allocator);
        }

        @Override
        @SuppressWarnings("ReferenceEquality")
        public void writeBytes(Binary value) {
            if (value == last && lastId >= 0) {
                encodedValues.add(lastId);
                return;
            }
            super.writeBytes(value);
            last = value;
            lastId = binaryDictionaryContent.getInt(value);
        }

        @Override
        public void resetDictionary() {
            super.resetDictionary();
            lastId = -1;
        }
    }

    /** The same for numbers. */
    private static final class Ids extends PlainLongDictionaryValuesWriter {
        private long last;
        private int lastId = -1;

        Ids(ByteBufferAllocator allocator) {
            super(Integer.MAX_VALUE, Encoding.RLE_DICTIONARY, Encoding.PLAIN, allocator);
        }

        @Override
        public void writeLong(long value) {
            if (value == last && lastId >= 0) {
                encodedValues.add(lastId);
                return;
            }
            int known = getDictionarySize();
            super.writeLong(value);
            last = value;
            // The id of a value that was known before does not show; such values are rare here.
            lastId = getDictionarySize() > known ? known : -1;
        }

        @Override
        public void resetDictionary() {
            super.resetDictionary();
            lastId = -1;
        }
    }
}
