package dev.whence.source;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdIOException;
import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * Zstandard frames (RFC 8878) one after the other. A frame costs its window in memory, outside of
 * the heap: one that wants more than it may have is refused. Damaged and cut off data come as
 * {@link MalformedSourceException}.
 */
final class ZstdFrames extends InputStream {
    private final String source;
    private final int windowLog;
    private final CountingStream compressed;
    private final ZstdInputStreamNoFinalizer frames;

    /**
     * @param windowLog the largest window, as a power of two
     */
    ZstdFrames(String source, InputStream in, int windowLog) throws IOException {
        this.source = source;
        this.windowLog = windowLog;
        this.compressed = new CountingStream(in);
        this.frames = new ZstdInputStreamNoFinalizer(compressed);
        frames.setLongMax(windowLog);
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
            String problem =
                    e.getErrorCode() == Zstd.errFrameParameterWindowTooLarge()
                            ? "a zstd frame wants a window of more than the %d bytes that it may have; pack the file again with zstd --long=%d or less"
                                    .formatted(1L << windowLog, windowLog)
                            : "damaged or cut off zstd data";
            throw new MalformedSourceException(
                    source, "before byte " + compressed.bytes + ": " + problem, e);
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
