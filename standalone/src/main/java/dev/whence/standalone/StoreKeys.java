package dev.whence.standalone;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;

/**
 * The keys of the embedded S3 server: made at the first start, kept in a file that only its owner
 * can read.
 */
record StoreKeys(String accessKey, String secretKey) {
    private static final String FILE_NAME = "s3.key";
    private static final String ACCESS_KEY = "whence";
    private static final int SECRET_BYTES = 24;

    static StoreKeys of(Path directory) throws IOException {
        Path file = directory.resolve(FILE_NAME);
        if (!Files.exists(file)) {
            byte[] secret = new byte[SECRET_BYTES];
            new SecureRandom().nextBytes(secret);
            Files.createFile(
                    file,
                    PosixFilePermissions.asFileAttribute(
                            PosixFilePermissions.fromString("rw-------")));
            Files.writeString(file, HexFormat.of().formatHex(secret));
        }
        String secret = Files.readString(file).strip();
        if (secret.length() < 2 * SECRET_BYTES) {
            // A start that was killed between making the file and filling it.
            Files.delete(file);
            return of(directory);
        }
        return new StoreKeys(ACCESS_KEY, secret);
    }

    @Override
    public String toString() {
        return "StoreKeys[" + accessKey + "]";
    }
}
