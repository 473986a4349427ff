package dev.whence.source;

import com.github.luben.zstd.ZstdIOException;
import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * Zstandard frames (RFC 8878) one after the other, with windows up to 2 GiB ({@code zstd
 * --long=31}): the window is what a frame costs in memory. Damaged and cut off data come as {@link
 * MalformedSourceException}.
 */
final class ZstdFrames extends InputStream {
    private static final int MOST_WINDOW_BITS = 31;

    private final String source;
    private final CountingStream compressed;
    private final ZstdInputStreamNoFinalizer frames;

    ZstdFrames(String source, InputStream in) throws IOException {
        this.source = source;
        this.compressed = new CountingStream(in);
        this.frames = new ZstdInputStreamNoFinalizer(compressed);
        frames.setLongMax(MOST_WINDOW_BITS);
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int from, int length) throws IOException {
        try {
            return frames.read(target, from, length);
        } catch (ZstdIOException e) {
            throw new MalformedSourceException(
                    source,
                    "before byte " + compressed.bytes + ": damaged or cut off zstd data",
                    e);
        }
    }

    @Override
    public void close() throws IOException {
        frames.close();
    }

    private static final class CountingStream extends FilterInputStream {
        private long bytes;

        CountingStream(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            int octet = in.read();
            bytes += octet < 0 ? 0 : 1;
            return octet;
        }

        @Override
        public int read(byte[] target, int from, int length) throws IOException {
            int read = in.read(target, from, length);
            bytes += Math.max(read, 0);
            return read;
        }
    }
}
