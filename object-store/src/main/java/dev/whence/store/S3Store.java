package dev.whence.store;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import software.amazon.awssdk.core.exception.RetryableException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;

/** Objects in a bucket of an S3 server. */
final class S3Store implements ObjectStore {
    /** What a single put may write to S3, and so how large a download may be. */
    static final long MAX_PUT_BYTES = 5L << 30;

    private static final int DOWNLOAD_BUFFER_BYTES = 1 << 16;

    private final S3Settings settings;
    private final S3Clients clients;
    private final S3Errors errors;
    private final S3Puts puts;
    private final S3Copies copies = new S3Copies(this);

    private S3Store(S3Settings settings, S3Clients clients) {
        this.settings = settings;
        this.clients = clients;
        this.errors = new S3Errors(settings.bucket());
        this.puts = new S3Puts(clients, settings.bucket(), errors);
    }

    static S3Store open(S3Settings settings) {
        return new S3Store(settings, S3Clients.open(settings));
    }

    @Override
    public ObjectInfo head(String key) throws ObjectStoreException {
        String name = name(key);
        try {
            HeadObjectResponse head =
                    clients.repeating()
                            .headObject(request -> request.bucket(settings.bucket()).key(name));
            return new ObjectInfo(key, head.contentLength(), head.lastModified());
        } catch (SdkException e) {
            throw errors.named(key, "read", e);
        }
    }

    @Override
    public byte[] get(String key) throws ObjectStoreException {
        GetObjectRequest request = request(key, Limits.MAX_WHOLE_BYTES).build();
        return fetch(key, request, Limits.MAX_WHOLE_BYTES);
    }

    @Override
    public byte[] getRange(String key, long offset, int length) throws ObjectStoreException {
        Range range = new Range(Keys.check(key), offset, length);
        if (length == 0) {
            // S3 has no way to ask for nothing.
            range.requireWithin(head(key).bytes());
            return new byte[0];
        }
        GetObjectRequest request =
                request(key, length)
                        .range("bytes=%d-%d".formatted(offset, range.end() - 1))
                        .build();
        byte[] content = fetch(key, request, length);
        if (content.length != length) {
            throw range.notSatisfiable(
                    "the store has only %d of them".formatted(content.length), null);
        }
        return content;
    }

    @Override
    public InputStream open(String key) throws ObjectStoreException {
        GetObjectRequest request = request(key, 0).build();
        try {
            return new S3Stream(key, clients.repeating().getObject(request));
        } catch (SdkException e) {
            throw errors.named(key, "read", e);
        }
    }

    @Override
    public void download(String key, Path file) throws ObjectStoreException {
        GetObjectRequest request = request(key, MAX_PUT_BYTES).build();
        try (WholeFile whole = WholeFile.beside(file)) {
            clients.repeating()
                    .getObject(request, (response, body) -> save(key, response, body, whole));
            whole.force();
            whole.moveTo(file.toAbsolutePath());
        } catch (SdkException e) {
            throw errors.named(key, "download", e);
        } catch (ObjectStoreException e) {
            throw e;
        } catch (IOException e) {
            throw new ObjectStoreException(
                    key, "cannot download %s to %s: %s".formatted(key, file, e), e);
        }
    }

    /** What is lost on the way is asked for again; what the disk refuses is not. */
    private static GetObjectResponse save(
            String key, GetObjectResponse response, InputStream body, WholeFile whole)
            throws ObjectStoreException {
        var buffer = new byte[DOWNLOAD_BUFFER_BYTES];
        long bytes = 0;
        try (OutputStream file = Files.newOutputStream(whole.unfinished())) {
            for (int read = read(key, body, buffer); read >= 0; read = read(key, body, buffer)) {
                file.write(buffer, 0, read);
                bytes += read;
            }
        } catch (IOException e) {
            throw new ObjectStoreException(
                    key, "cannot write %s to %s: %s".formatted(key, whole.unfinished(), e), e);
        }
        if (bytes != response.contentLength()) {
            throw lost(
                    key,
                    new IOException(
                            "%s was cut off after %d of %d bytes"
                                    .formatted(key, bytes, response.contentLength())));
        }
        return response;
    }

    private static int read(String key, InputStream body, byte[] buffer) {
        try {
            return body.read(buffer);
        } catch (IOException e) {
            throw lost(key, e);
        }
    }

    @Override
    public void put(String key, ObjectBody body) throws ObjectStoreException {
        puts.put(key, name(key), body, false);
    }

    @Override
    public PutResult putIfAbsent(String key, ObjectBody body) throws ObjectStoreException {
        return puts.put(key, name(key), body, true);
    }

    @Override
    public PutResult copyIfAbsent(String from, String to) throws ObjectStoreException {
        try {
            head(to);
            return PutResult.ALREADY_EXISTS;
        } catch (ObjectNotFoundException _) {
            // Free, as far as anybody knows: the put decides.
        }
        return copies.copy(from, head(from).bytes(), body -> putIfAbsent(to, body));
    }

    @Override
    public Stream<ObjectInfo> list(String prefix) {
        Keys.checkPrefix(prefix);
        int traits = Spliterator.ORDERED | Spliterator.NONNULL | Spliterator.DISTINCT;
        return StreamSupport.stream(
                Spliterators.spliteratorUnknownSize(
                        new S3Listing(clients.repeating(), settings, errors, prefix), traits),
                false);
    }

    @Override
    public void delete(String key) throws ObjectStoreException {
        String name = name(key);
        try {
            clients.repeating()
                    .deleteObject(request -> request.bucket(settings.bucket()).key(name));
        } catch (SdkException e) {
            throw errors.named(key, "delete", e);
        }
    }

    @Override
    public URI location(String key) {
        try {
            return new URI("s3", settings.bucket(), "/" + name(key), null, null);
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("key " + key, e);
        }
    }

    @Override
    public void close() {
        clients.close();
    }

    private String name(String key) {
        return settings.keyPrefix() + Keys.check(key);
    }

    private GetObjectRequest.Builder request(String key, long bytes) {
        return GetObjectRequest.builder()
                .bucket(settings.bucket())
                .key(name(key))
                .overrideConfiguration(override ->
                        override.apiCallAttemptTimeout(S3Clients.attemptTimeout(bytes))
                                .apiCallTimeout(S3Clients.callTimeout(bytes)));
    }

    private byte[] fetch(String key, GetObjectRequest request, int maxBytes)
            throws ObjectStoreException {
        try {
            return clients.repeating()
                    .getObject(request, (response, body) -> read(key, response, body, maxBytes));
        } catch (SdkException e) {
            throw errors.named(key, "read", e);
        }
    }

    private static byte[] read(
            String key, GetObjectResponse response, AbortableInputStream body, int maxBytes)
            throws ObjectStoreException {
        long bytes = response.contentLength();
        Limits.requireAtMost(key, bytes, maxBytes);
        try {
            byte[] content = body.readNBytes((int) bytes);
            if (content.length != bytes) {
                throw new IOException(
                        "%s was cut off after %d of %d bytes"
                                .formatted(key, content.length, bytes));
            }
            if (response.contentRange() == null) {
                S3Checksum.requireWhole(key, response.metadata(), content);
            }
            return content;
        } catch (IOException e) {
            throw lost(key, e);
        }
    }

    /** Only so does the SDK try again. */
    private static RetryableException lost(String key, IOException e) {
        return RetryableException.create("connection lost while reading " + key, e);
    }
}
