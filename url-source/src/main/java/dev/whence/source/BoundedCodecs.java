package dev.whence.source;

import dev.whence.lake.parquet.PageCodecs;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.compression.CompressionCodecFactory;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;

/** Page codecs for files of unknown origin: a page that claims to be huge is refused, not tried. */
final class BoundedCodecs implements CompressionCodecFactory {
    static final int MOST_PAGE_BYTES = 256 << 20;

    private static final int ANY_ZSTD_LEVEL = 3;

    private final PageCodecs codecs = new PageCodecs(ANY_ZSTD_LEVEL);

    @Override
    public BytesInputCompressor getCompressor(CompressionCodecName codec) {
        return codecs.getCompressor(codec);
    }

    @Override
    public BytesInputDecompressor getDecompressor(CompressionCodecName codec) {
        return new Bounded(codecs.getDecompressor(codec));
    }

    @Override
    public void release() {
        codecs.release();
    }

    private record Bounded(BytesInputDecompressor codec) implements BytesInputDecompressor {
        @Override
        public BytesInput decompress(BytesInput page, int bytes) throws IOException {
            require(bytes);
            return codec.decompress(page, bytes);
        }

        @Override
        public void decompress(ByteBuffer page, int pageBytes, ByteBuffer out, int bytes)
                throws IOException {
            require(bytes);
            codec.decompress(page, pageBytes, out, bytes);
        }

        @Override
        public void release() {
            codec.release();
        }

        private static void require(int bytes) throws IOException {
            if (bytes < 0 || bytes > MOST_PAGE_BYTES) {
                throw new IOException("a page claims " + bytes + " bytes");
            }
        }
    }
}
