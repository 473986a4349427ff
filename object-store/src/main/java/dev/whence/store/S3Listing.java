package dev.whence.store;

import java.io.UncheckedIOException;
import java.util.Collections;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.S3Object;

/** The objects below a prefix in the server's order, a page of at most 1,000 at a time. */
final class S3Listing implements Iterator<ObjectInfo> {
    private final S3Client client;
    private final S3Settings settings;
    private final S3Errors errors;
    private final String prefix;

    private Iterator<S3Object> page = Collections.emptyIterator();
    private @Nullable String continuation;
    private boolean last;

    S3Listing(S3Client client, S3Settings settings, S3Errors errors, String prefix) {
        this.client = client;
        this.settings = settings;
        this.errors = errors;
        this.prefix = prefix;
    }

    @Override
    public boolean hasNext() {
        while (!page.hasNext() && !last) {
            fetch();
        }
        return page.hasNext();
    }

    @Override
    public ObjectInfo next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        S3Object object = page.next();
        String key = object.key().substring(settings.keyPrefix().length());
        return new ObjectInfo(key, object.size(), object.lastModified());
    }

    private void fetch() {
        try {
            ListObjectsV2Response response =
                    client.listObjectsV2(list ->
                            list.bucket(settings.bucket())
                                    .prefix(settings.keyPrefix() + prefix)
                                    .continuationToken(continuation));
            // Other programs mark folders by empty objects whose keys end in a slash: none of ours.
            page =
                    response.contents().stream()
                            .filter(object -> !object.key().endsWith("/"))
                            .iterator();
            continuation = response.nextContinuationToken();
            last = !Boolean.TRUE.equals(response.isTruncated());
        } catch (SdkException e) {
            throw new UncheckedIOException(errors.named(prefix, "list", e));
        }
    }
}
