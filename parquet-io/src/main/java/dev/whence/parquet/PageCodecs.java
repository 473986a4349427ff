package dev.whence.parquet;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import io.airlift.compress.lz4.Lz4Decompressor;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.bytes.HeapByteBufferAllocator;
import org.apache.parquet.compression.CompressionCodecFactory;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.xerial.snappy.Snappy;

/**
 * Page codecs straight over their libraries, with no Hadoop codec between: zstd, snappy, gzip and
 * uncompressed pages, and LZ4_RAW to read only. Not thread-safe; one for each reader or writer.
 */
public final class PageCodecs implements CompressionCodecFactory {
    private final int zstdLevel;

    /**
     * @param zstdLevel for writing, 1 to 19
     */
    public PageCodecs(int zstdLevel) {
        this.zstdLevel = zstdLevel;
    }

    @Override
    public BytesInputCompressor getCompressor(CompressionCodecName codec) {
        return switch (codec) {
            case ZSTD -> new ZstdCompressor(zstdLevel);
            case UNCOMPRESSED -> new ArrayCompressor(codec, page -> page);
            case SNAPPY -> new ArrayCompressor(codec, Snappy::compress);
            case GZIP -> new ArrayCompressor(codec, PageCodecs::gzip);
            case LZ4_RAW, LZO, BROTLI, LZ4 ->
                    throw new UnsupportedOperationException(
                            "pages are not written with " + codec + "; use ZSTD, SNAPPY or GZIP");
        };
    }

    @Override
    public BytesInputDecompressor getDecompressor(CompressionCodecName codec) {
        return switch (codec) {
            case UNCOMPRESSED -> new ArrayDecompressor((page, bytes) -> page);
            case ZSTD -> new ArrayDecompressor(Zstd::decompress);
            case SNAPPY -> new ArrayDecompressor((page, bytes) -> Snappy.uncompress(page));
            case GZIP -> new ArrayDecompressor(PageCodecs::gunzip);
            case LZ4_RAW -> new ArrayDecompressor(PageCodecs::unLz4);
            case LZO, BROTLI, LZ4 ->
                    throw new UnsupportedOperationException(
                            "Parquet pages compressed with "
                                    + codec
                                    + " cannot be read; write them with ZSTD, SNAPPY, GZIP or"
                                    + " LZ4_RAW");
        };
    }

    @Override
    public void release() {}

    private static byte[] array(BytesInput page) throws IOException {
        ByteBuffer buffer =
                page.toByteBuffer(HeapByteBufferAllocator.getInstance(), released -> {});
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        return bytes;
    }

    private static byte[] gunzip(byte[] page, int bytes) throws IOException {
        try (var in = new GZIPInputStream(new ByteArrayInputStream(page))) {
            // One byte more than expected is asked for, so that a longer page is noticed.
            return in.readNBytes(Math.addExact(bytes, 1));
        }
    }

    private static byte[] gzip(byte[] page) throws IOException {
        var out = new ByteArrayOutputStream(page.length / 2 + 64);
        try (var gzip = new GZIPOutputStream(out)) {
            gzip.write(page);
        }
        return out.toByteArray();
    }

    private static byte[] unLz4(byte[] page, int bytes) {
        byte[] plain = new byte[bytes];
        int length = new Lz4Decompressor().decompress(page, 0, page.length, plain, 0, bytes);
        return length == bytes ? plain : new byte[0];
    }

    /** Bytes of a page and their expected length, to the bytes of the plain page. */
    private interface Inflater {
        byte[] inflate(byte[] page, int bytes) throws IOException;
    }

    private record ArrayDecompressor(Inflater inflater) implements BytesInputDecompressor {
        @Override
        public BytesInput decompress(BytesInput page, int bytes) throws IOException {
            return BytesInput.from(plain(array(page), bytes));
        }

        @Override
        public void decompress(ByteBuffer page, int pageBytes, ByteBuffer out, int bytes)
                throws IOException {
            byte[] compressed = new byte[pageBytes];
            page.get(compressed);
            out.put(plain(compressed, bytes));
        }

        private byte[] plain(byte[] page, int bytes) throws IOException {
            byte[] plain;
            try {
                plain = inflater.inflate(page, bytes);
            } catch (RuntimeException e) {
                throw new IOException("damaged page: " + e.getMessage(), e);
            }
            if (plain.length != bytes) {
                throw new IOException(
                        "damaged page: %d bytes, its header says %d"
                                .formatted(plain.length, bytes));
            }
            return plain;
        }

        @Override
        public void release() {}
    }

    /** Bytes of a plain page to those of the compressed one. */
    private interface Deflater {
        byte[] deflate(byte[] page) throws IOException;
    }

    private record ArrayCompressor(CompressionCodecName codec, Deflater deflater)
            implements BytesInputCompressor {
        @Override
        public BytesInput compress(BytesInput page) throws IOException {
            return BytesInput.from(deflater.deflate(array(page)));
        }

        @Override
        public CompressionCodecName getCodecName() {
            return codec;
        }

        @Override
        public void release() {}
    }

    /** The page it returns is valid until the next call: the page store copies it at once. */
    private static final class ZstdCompressor implements BytesInputCompressor {
        private final ZstdCompressCtx context = new ZstdCompressCtx();
        private byte[] out = new byte[64 << 10];

        ZstdCompressor(int level) {
            context.setLevel(level);
        }

        @Override
        public BytesInput compress(BytesInput page) throws IOException {
            byte[] plain = array(page);
            int bound = Math.toIntExact(Zstd.compressBound(plain.length));
            if (out.length < bound) {
                out = new byte[bound];
            }
            int bytes = context.compressByteArray(out, 0, out.length, plain, 0, plain.length);
            return BytesInput.from(out, 0, bytes);
        }

        @Override
        public CompressionCodecName getCodecName() {
            return CompressionCodecName.ZSTD;
        }

        @Override
        public void release() {
            context.close();
        }
    }
}
