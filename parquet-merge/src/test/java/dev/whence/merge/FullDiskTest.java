package dev.whence.merge;

import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.BINARY;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.INT64;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.whence.merge.directory.DirectoryTable;
import dev.whence.merge.directory.Merging;
import dev.whence.merge.run.ParquetMerge;
import dev.whence.store.ObjectStore;
import dev.whence.store.ObjectStores;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroup;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Types;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process that may write no large file, which fails as a full disk does: in the midst of it. */
@Tag("slow")
class FullDiskTest {
    private static final MessageType SCHEMA =
            Types.buildMessage().required(INT64).named("k").required(BINARY).named("v").named("m");
    private static final String REFUSED = "the disk: ";

    @TempDir Path directory;

    @BeforeEach
    void writesATargetAndTwoSources() throws IOException {
        assumeTrue(Files.isExecutable(Path.of("/bin/sh")), "/bin/sh is absent");
        write("target/a.parquet", 0, 200, 20_000);
        write("large/a.parquet", 0, 200, 20_000);
        write("small/a.parquet", 0, 1, 10);
    }

    @Test
    void leavesTheTableAsItWasWhenTheSourceDoesNotFit() throws Exception {
        assertLeavesTheTableAsItWas("large", MergeStrategy.UPSERT);
    }

    @Test
    void leavesTheTableAsItWasWhenANewFileDoesNotFit() throws Exception {
        assertLeavesTheTableAsItWas("small", MergeStrategy.DELETE);
    }

    private void assertLeavesTheTableAsItWas(String source, MergeStrategy strategy)
            throws Exception {
        TreeMap<String, byte[]> before = files();
        Process merging =
                new ProcessBuilder(
                                "/bin/sh",
                                "-c",
                                "ulimit -f 1024; exec \"$0\" \"$@\"",
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-XX:-UsePerfData",
                                "-Xmx256m",
                                "--enable-native-access=ALL-UNNAMED",
                                "-cp",
                                System.getProperty("java.class.path"),
                                FullDiskTest.class.getName(),
                                directory.toString(),
                                source,
                                strategy.text())
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        String said = new String(merging.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(merging.waitFor()).isZero();
        assertThat(said).startsWith(REFUSED);
        assertThat(files()).containsExactlyEntriesOf(before);
        assertThat(directory.resolve("scratch")).isEmptyDirectory();
    }

    /** Merges, and says whether it was the disk that failed. */
    public static void main(String[] arguments) throws IOException {
        Path directory = Path.of(arguments[0]);
        try (ObjectStore store = ObjectStores.directory(directory)) {
            String key = arguments[1] + "/a.parquet";
            DataFile file = DataFile.of(key, store.head(key).bytes());
            new DirectoryTable(store, "target/", Clock.systemUTC(), new SecureRandom())
                    .change(
                            new Merging(
                                    new ParquetMerge(
                                            directory.resolve("scratch"), MergeSettings.DEFAULT),
                                    new Dataset(store, List.of(file)),
                                    MergeRequest.of(
                                            MergeStrategy.of(arguments[2]),
                                            RewriteMode.INCREMENTAL,
                                            "k"),
                                    Progress.NONE,
                                    _ -> {}));
        } catch (FileSystemException e) {
            System.out.println(REFUSED + e);
        }
    }

    private TreeMap<String, byte[]> files() throws IOException {
        var files = new TreeMap<String, byte[]>();
        try (Stream<Path> all = Files.walk(directory.resolve("target"))) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                files.put(file.toString(), Files.readAllBytes(file));
            }
        }
        return files;
    }

    private void write(String name, int from, int to, int bytes) throws IOException {
        Random random = new Random(1);
        List<Group> rows = new ArrayList<>();
        for (long key = from; key < to; key++) {
            byte[] value = new byte[bytes];
            random.nextBytes(value);
            rows.add(
                    new SimpleGroup(SCHEMA)
                            .append("k", key)
                            .append("v", Binary.fromConstantByteArray(value)));
        }
        Path file = directory.resolve(name);
        Files.createDirectories(file.getParent());
        Files.write(file, ParquetFiles.write(SCHEMA, rows, new Random(1)));
    }
}
