package dev.whence.store;

import java.io.FilterInputStream;
import java.io.IOException;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

/** An object's bytes from the connection; closed early, it does not wait for the rest of them. */
final class S3Stream extends FilterInputStream {
    private final ResponseInputStream<GetObjectResponse> response;
    private final String key;
    private final long expectedBytes;
    private long bytes;
    private boolean ended;

    S3Stream(String key, ResponseInputStream<GetObjectResponse> response) {
        super(response);
        this.response = response;
        this.key = key;
        this.expectedBytes = response.response().contentLength();
    }

    @Override
    public int read() throws IOException {
        int next = response.read();
        count(next < 0 ? -1 : 1);
        return next;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        int read = response.read(target, offset, length);
        count(read);
        return read;
    }

    @Override
    public long skip(long count) throws IOException {
        long skipped = response.skip(count);
        bytes += skipped;
        return skipped;
    }

    @Override
    public boolean markSupported() {
        return false;
    }

    private void count(int read) throws IOException {
        if (read >= 0) {
            bytes += read;
            return;
        }
        ended = true;
        if (bytes != expectedBytes) {
            throw new StoreUnavailableException(
                    key,
                    "%s was cut off after %d of %d bytes".formatted(key, bytes, expectedBytes),
                    null);
        }
    }

    @Override
    public void close() throws IOException {
        if (!ended) {
            response.abort();
        }
        super.close();
    }
}
