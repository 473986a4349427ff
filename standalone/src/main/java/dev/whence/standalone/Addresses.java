package dev.whence.standalone;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * Where the parts of a running standalone are, and the keys of its store: the file {@code
 * standalone.json} of the data directory, by which the command line finds them. Only its owner can
 * read it.
 */
record Addresses(
        String http,
        String kafka,
        URI s3Endpoint,
        URI storeLocation,
        String region,
        String accessKey,
        String secretKey,
        long pid) {
    static final String FILE_NAME = "standalone.json";

    private static final JsonMapper JSON =
            JsonMapper.builder()
                    .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
                    .build();

    void write(Path directory) throws IOException {
        Path fresh = directory.resolve(FILE_NAME + ".new");
        Files.deleteIfExists(fresh);
        Files.createFile(
                fresh,
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.write(fresh, toJson());
        Files.move(
                fresh,
                directory.resolve(FILE_NAME),
                StandardCopyOption.ATOMIC_MOVE,
                StandardCopyOption.REPLACE_EXISTING);
    }

    private byte[] toJson() throws JsonProcessingException {
        return JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(this);
    }

    @Override
    public String toString() {
        return "http=%s kafka=%s s3=%s store=%s".formatted(http, kafka, s3Endpoint, storeLocation);
    }
}
