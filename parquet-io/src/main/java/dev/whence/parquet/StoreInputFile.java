package dev.whence.parquet;

import dev.whence.store.ObjectStore;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import org.apache.parquet.io.DelegatingSeekableInputStream;
import org.apache.parquet.io.InputFile;
import org.apache.parquet.io.SeekableInputStream;
import org.jspecify.annotations.Nullable;

/**
 * An object of the store as the input of any Parquet reader. A stream reads ahead, so that small
 * reads in a row are one ranged read, and the first look at the end of the object brings the whole
 * tail, footer and all, for all streams. The file is thread-safe, its streams are not.
 */
public final class StoreInputFile implements InputFile {
    private static final int READ_AHEAD_BYTES = 256 << 10;

    private final ObjectStore store;
    private final String key;
    private final long bytes;
    private final int readAheadBytes;
    private volatile byte @Nullable [] tail;

    /**
     * @param bytes the object's length
     */
    public StoreInputFile(ObjectStore store, String key, long bytes) {
        this(store, key, bytes, READ_AHEAD_BYTES);
    }

    /**
     * @param bytes the object's length
     * @param readAheadBytes bytes of one ranged read at least, where there are as many
     */
    public StoreInputFile(ObjectStore store, String key, long bytes, int readAheadBytes) {
        this.store = store;
        this.key = key;
        this.bytes = bytes;
        this.readAheadBytes = readAheadBytes;
    }

    @Override
    public long getLength() {
        return bytes;
    }

    @Override
    public SeekableInputStream newStream() {
        return new Stream(new Reader());
    }

    @Override
    public String toString() {
        return key;
    }

    private byte[] tail() throws IOException {
        byte[] known = tail;
        if (known == null) {
            int length = (int) Math.min(bytes, Math.min(readAheadBytes, READ_AHEAD_BYTES));
            known = store.getRange(key, bytes - length, length);
            tail = known;
        }
        return known;
    }

    private static final class Stream extends DelegatingSeekableInputStream {
        private final Reader reader;

        Stream(Reader reader) {
            super(reader);
            this.reader = reader;
        }

        @Override
        public long getPos() {
            return reader.position;
        }

        @Override
        public void seek(long position) {
            reader.position = position;
        }
    }

    private final class Reader extends InputStream {
        private long position;
        private ByteBuffer window = ByteBuffer.allocate(0);
        private long windowStart;

        @Override
        public int read() throws IOException {
            return fill(1) < 1 ? -1 : window.get((int) (position++ - windowStart)) & 0xff;
        }

        @Override
        public int read(byte[] into, int from, int length) throws IOException {
            if (length == 0) {
                return 0;
            }
            int count = fill(length);
            if (count < 1) {
                return -1;
            }
            window.get((int) (position - windowStart), into, from, count);
            position += count;
            return count;
        }

        /** Makes the window begin at or before the position; returns how many bytes it can give. */
        private int fill(int wanted) throws IOException {
            if (position < 0) {
                throw new EOFException(key + ": position " + position);
            }
            if (position >= bytes) {
                return 0;
            }
            long end = windowStart + window.limit();
            if (position < windowStart || position >= end) {
                if (bytes - position <= Math.min(readAheadBytes, READ_AHEAD_BYTES)) {
                    window = ByteBuffer.wrap(tail());
                    windowStart = bytes - window.limit();
                } else {
                    long length = Math.min(Math.max(wanted, readAheadBytes), bytes - position);
                    window = ByteBuffer.wrap(store.getRange(key, position, (int) length));
                    windowStart = position;
                }
                end = windowStart + window.limit();
            }
            return (int) Math.min(wanted, end - position);
        }
    }
}
