package dev.whence.parquet;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.compression.CompressionCodecFactory;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;

/** Page codecs for files of unknown origin: a page that claims to be huge is refused, not tried. */
public final class BoundedCodecs implements CompressionCodecFactory {
    private static final int ANY_ZSTD_LEVEL = 3;

    private final PageCodecs codecs = new PageCodecs(ANY_ZSTD_LEVEL);
    private final long mostPageBytes;

    /** Codecs that read no larger page than this. */
    public BoundedCodecs(long mostPageBytes) {
        this.mostPageBytes = mostPageBytes;
    }

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

    private final class Bounded implements BytesInputDecompressor {
        private final BytesInputDecompressor codec;

        Bounded(BytesInputDecompressor codec) {
            this.codec = codec;
        }

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

        private void require(int bytes) throws IOException {
            if (bytes < 0) {
                throw new IOException("a page claims " + bytes + " bytes");
            }
            if (bytes > mostPageBytes) {
                throw new PageTooLargeException(bytes, mostPageBytes);
            }
        }
    }
}
