package dev.whence.cli.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whence.cli.Run;
import dev.whence.embedded.EmbeddedS3;
import dev.whence.store.ObjectBody;
import dev.whence.store.ObjectInfo;
import dev.whence.store.ObjectStore;
import dev.whence.store.ObjectStores;
import dev.whence.store.S3Settings;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckCommandTest {
    @TempDir Path directory;

    @Test
    void saysWhatWasReadAndWhatIsWrong() throws Exception {
        Path root = directory.resolve("store");
        try (ObjectStore store = ObjectStores.directory(root)) {
            LittleStore little =
                    new LittleStore(store, directory)
                            .dataset("d", List.of("http://a.example/", "http://b.example/"), 10);
            little.counts.get(0).put("a.example", 3L);
            little.publish();
        }
        Run run = Run.of("check", "--deep", "--store", root.toUri().toString());
        assertThat(run.lines())
                .containsExactly(
                        "table: dataset 0 'd' has 2 URLs, the index counts 4",
                        "dataset 0 'd', domain a.example: the index counts 3 URLs, the lake holds 1",
                        "version 1: read 3 blocks, 2 domains, 2 counts; 1 Parquet files with 2 rows",
                        "2 findings");
        assertThat(run.exitCode()).isEqualTo(3);
    }

    @Test
    void readsTheLakeOnlyWhereItIsTold() throws Exception {
        Path root = directory.resolve("store");
        try (ObjectStore store = ObjectStores.directory(root)) {
            LittleStore little =
                    new LittleStore(store, directory)
                            .dataset("d", List.of("http://a.example/"), 10);
            little.publish();
            List<String> files;
            try (var listed = store.list("urls/")) {
                files = listed.map(ObjectInfo::key).toList();
            }
            for (String file : files) {
                store.delete(file);
            }
        }
        String store = root.toUri().toString();
        Run quick = Run.of("check", "--store", store);
        assertThat(quick.lines())
                .containsExactly(
                        "version 1: read 3 blocks, 1 domains, 1 counts; 0 Parquet files with 0 rows",
                        "nothing is wrong with the index; --deep compares it with the lake");
        assertThat(quick.exitCode()).isZero();
        assertThat(Run.of("check", "--deep", "--store", store).exitCode()).isEqualTo(3);
        assertThat(Run.of("check", "--deep", "--sample", "1", "--store", store).err())
                .contains("no --sample");
    }

    @Test
    void readsTheS3ServerThatRunsOnADataDirectory() throws Exception {
        try (EmbeddedS3 s3 = EmbeddedS3.start(directory.resolve("s3"), 0, "access", "secret")) {
            s3.createBucket("bucket");
            try (ObjectStore store =
                    ObjectStores.s3(
                            new S3Settings(
                                    s3.endpoint(),
                                    "us-east-1",
                                    "bucket",
                                    "",
                                    "access",
                                    "secret",
                                    true))) {
                new LittleStore(store, directory)
                        .dataset("d", List.of("http://a.example/"), 10)
                        .publish();
            }
            Files.writeString(
                    directory.resolve("standalone.json"),
                    """
                    {"store_location": "s3://bucket", "s3_endpoint": "%s", "region": "us-east-1",
                     "access_key": "access", "secret_key": "secret"}\
                    """
                            .formatted(s3.endpoint()));
            Run run = Run.of("check", "--data", directory.toString(), "--sample", "5");
            assertThat(run.err()).isEmpty();
            assertThat(run.out()).endsWith("nothing is wrong\n");
            assertThat(run.exitCode()).isZero();
        }
    }

    @Test
    void cannotTellOfAnIndexThatANewerReleaseWrote() throws Exception {
        Path root = directory.resolve("store");
        try (ObjectStore store = ObjectStores.directory(root)) {
            LittleStore little =
                    new LittleStore(store, directory)
                            .dataset("d", List.of("http://a.example/"), 10);
            little.altered.put("members", CheckCommandTest::inAFormatOfLater);
            little.publish();
        }
        Run run = Run.of("check", "--store", root.toUri().toString());
        assertThat(run.exitCode()).as("nothing is known to be wrong").isEqualTo(2);
        assertThat(run.err())
                .contains("nothing was checked", "members", "format version 99; this code reads");
        assertThat(run.out()).isEmpty();
    }

    @Test
    void cannotTellOfAVersionThatANewerReleaseWrote() throws Exception {
        Path root = directory.resolve("store");
        String key;
        try (ObjectStore store = ObjectStores.directory(root)) {
            new LittleStore(store, directory)
                    .dataset("d", List.of("http://a.example/"), 10)
                    .publish();
            try (var versions = store.list("index/versions/")) {
                key = versions.map(ObjectInfo::key).findFirst().orElseThrow();
            }
            String version = new String(store.get(key), StandardCharsets.UTF_8);
            String later = version.replaceFirst("\"format\":1\\b", "\"format\":99");
            assertThat(later).isNotEqualTo(version);
            store.put(key, ObjectBody.of(later.getBytes(StandardCharsets.UTF_8)));
        }
        Run run = Run.of("check", "--store", root.toUri().toString());
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("nothing was checked", key, "found 99");
    }

    /** As docs/format/index-envelope.md has it: a number, and a masked checksum of the header. */
    private static byte[] inAFormatOfLater(byte[] file) {
        ByteBuffer header = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
        header.putInt(24, 99);
        var crc = new CRC32C();
        crc.update(file, 0, 60);
        header.putInt(60, Integer.rotateRight((int) crc.getValue(), 15) + 0xa282ead8);
        return file;
    }

    @Test
    void saysThatThereIsNothingToCheck() {
        String store = directory.resolve("store").toUri().toString();
        Run empty = Run.of("check", "--store", store);
        assertThat(empty.exitCode()).as("a store that is new is not wrong").isZero();
        assertThat(empty.lines())
                .containsExactly("there is nothing to check: nothing has been published yet");
        Run asked = Run.of("check", "--store", store, "--version", "9");
        assertThat(asked.exitCode()).isEqualTo(2);
        assertThat(asked.err()).contains("there is no version 9");
        assertThat(Run.of("check", "--store", "ftp://x").exitCode()).isEqualTo(1);
        assertThat(Run.of("check", "--store", store, "--sample", "0").exitCode()).isEqualTo(1);
    }
}
