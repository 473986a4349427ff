package dev.whence.embedded;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.UUID;
import org.gaul.s3proxy.blobstore.ForwardingBlobStore;
import org.gaul.s3proxy.blobstore.S3Exceptions;
import org.gaul.s3proxy.nio2blob.FilesystemNio2BlobStore;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;

/**
 * Buckets in which an object is seen whole or not at all. The filesystem store writes an object
 * beside its final name, where listings show it half-written and where a kill leaves it for ever.
 * So each object is written in a directory of its own first, outside of every bucket, and then
 * linked (if it must be absent) or renamed into its bucket: each one step of the filesystem.
 *
 * <p>Multipart uploads and copies go the filesystem store's own way: a kill in the middle of one
 * can leave an object with a random suffix. Whence uses neither.
 */
final class WholeObjectsStore extends ForwardingBlobStore {
    private static final String INCOMING = "objects";
    private static final int MAX_PUBLISH_ATTEMPTS = 100;

    private final Path buckets;
    private final Path incoming;
    private final FilesystemNio2BlobStore incomingStore;

    private WholeObjectsStore(Path buckets, Path incomingRoot) {
        super(new FilesystemNio2BlobStore(buckets.toString()));
        this.buckets = buckets;
        this.incoming = incomingRoot.resolve(INCOMING);
        this.incomingStore = new FilesystemNio2BlobStore(incomingRoot.toString());
    }

    /** The caller holds the directory's lock: whatever lies in incoming, nobody is writing it. */
    static WholeObjectsStore open(Path directory) throws IOException {
        Path buckets = Files.createDirectories(directory.resolve("buckets"));
        Path incomingRoot = Files.createDirectories(directory.resolve("incoming"));
        Path incoming = Files.createDirectories(incomingRoot.resolve(INCOMING));
        try (var unfinished = Files.newDirectoryStream(incoming)) {
            for (Path file : unfinished) {
                Files.delete(file);
            }
        }
        return new WholeObjectsStore(buckets, incomingRoot);
    }

    @Override
    public PutObjectResponse putBlob(PutObjectRequest request, InputStream payload) {
        String ifNoneMatch = request.ifNoneMatch();
        if (request.ifMatch() != null || (ifNoneMatch != null && !ifNoneMatch.equals("*"))) {
            throw S3Exceptions.fromStatusCode(501);
        }
        if (request.key().endsWith("/")) {
            return super.putBlob(request, payload);
        }
        if (!containerExists(request.bucket())) {
            throw S3Exceptions.noSuchBucket(request.bucket(), "put of " + request.key());
        }
        Path object = pathOf(request);
        refuseBelowObject(object);
        String name = UUID.randomUUID().toString();
        PutObjectRequest unconditional =
                request.toBuilder().bucket(INCOMING).key(name).ifNoneMatch(null).build();
        Path whole = incoming.resolve(name);
        try {
            PutObjectResponse response = incomingStore.putBlob(unconditional, payload);
            publish(whole, object, ifNoneMatch != null);
            return response;
        } finally {
            deleteIfThere(whole);
        }
    }

    private Path pathOf(PutObjectRequest request) {
        Path bucket = buckets.resolve(request.bucket());
        Path object = bucket.resolve(request.key()).normalize();
        if (!object.startsWith(bucket) || object.equals(bucket)) {
            throw S3Exceptions.invalidArgument("a key must not lead out of its bucket");
        }
        return object;
    }

    private void publish(Path whole, Path object, boolean onlyIfAbsent) {
        for (int attempt = 1; ; attempt++) {
            try {
                Files.createDirectories(object.getParent());
                refuseFolder(object);
                if (onlyIfAbsent) {
                    Files.createLink(object, whole);
                } else {
                    Files.move(
                            whole,
                            object,
                            StandardCopyOption.ATOMIC_MOVE,
                            StandardCopyOption.REPLACE_EXISTING);
                }
                return;
            } catch (FileAlreadyExistsException e) {
                refuseBelowObject(object);
                throw S3Exceptions.fromStatusCode(412);
            } catch (NoSuchFileException e) {
                // A delete of the folder's last object takes the folder with it, at any moment.
                if (attempt == MAX_PUBLISH_ATTEMPTS) {
                    throw new UncheckedIOException(e);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private void refuseBelowObject(Path object) {
        for (Path folder = object.getParent();
                folder != null && !folder.equals(buckets);
                folder = folder.getParent()) {
            if (Files.isRegularFile(folder)) {
                throw S3Exceptions.invalidRequest("a part of the key's path is an object already");
            }
        }
    }

    private static void refuseFolder(Path object) {
        if (Files.isDirectory(object)) {
            throw S3Exceptions.invalidRequest("the key is a folder of other keys");
        }
    }

    private static void deleteIfThere(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Versions are made by renames that this store does not go through. */
    @Override
    public boolean supportsVersioning() {
        return false;
    }
}
