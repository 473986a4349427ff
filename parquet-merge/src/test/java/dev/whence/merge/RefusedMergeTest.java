package dev.whence.merge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.whence.merge.MergeSettings.Pruning;
import dev.whence.merge.run.MergePlan;
import dev.whence.merge.run.ParquetMerge;
import dev.whence.store.ObjectBody;
import dev.whence.store.ObjectStore;
import dev.whence.store.ObjectStores;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroup;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What a plan refuses, so that nothing is written, and which mode it chooses. */
class RefusedMergeTest {
    private final ObjectStore store = ObjectStores.memory();

    @TempDir Path scratch;

    @AfterEach
    void close() {
        store.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "optional int32 v; | optional int64 v;",
                "optional int32 v (INTEGER(8,true)); | optional int32 v;",
                "optional int64 v; | optional int64 v (INTEGER(64,false));",
                "optional float v; | optional double v;",
                "optional double v; | optional int64 v;",
                "optional int64 v; | optional binary v (STRING);",
                "optional binary v; | optional fixed_len_byte_array(4) v;",
                "optional int32 v (DECIMAL(9,2)); | optional int32 v (DECIMAL(9,3));",
                "optional int64 v (TIMESTAMP(MILLIS,true)); | optional int64 v (TIMESTAMP(MICROS,true));",
                "optional int64 v (TIMESTAMP(MICROS,true)); | optional int64 v (TIMESTAMP(MICROS,false));",
                "optional int32 v; | repeated int32 v;",
                "optional int32 v; | optional group v { optional int32 x; }",
                "optional int32 v; | optional int32 v; optional int32 more;",
                "optional int32 v; optional int32 more; | optional int32 v;",
            })
    void refusesASourceThatTheTargetCannotHold(String held, String offered) throws IOException {
        Dataset target = dataset("t", "message m { required int64 k; %s }".formatted(held));
        Dataset source = dataset("s", "message m { required int64 k; %s }".formatted(offered));
        for (RewriteMode mode : RewriteMode.values()) {
            assertThatThrownBy(() -> plan(target, source, MergeSettings.DEFAULT, mode, "k").close())
                    .isInstanceOf(MergeRefusedException.class)
                    .hasMessageMatching("(?s).*column (v|more|v\\.x)\\b.*");
        }
        assertThat(scratch).isEmptyDirectory();
    }

    @ParameterizedTest
    @EnumSource(RewriteMode.class)
    void refusesToMoveAMatchedRowToAnotherPartition(RewriteMode mode) throws IOException {
        DataFile file = dataset("t", "message m { required int64 k; }").files().getFirst();
        var one = new Partition(List.of(new Partition.Value("p", "1")));
        Dataset target = new Dataset(store, List.of(new DataFile(file.key(), file.bytes(), one)));
        MessageType schema =
                MessageTypeParser.parseMessageType(
                        "message m { required int64 k; required int32 p; }");
        Dataset source =
                dataset("s", schema, new SimpleGroup(schema).append("k", 1L).append("p", 2));
        assertThatThrownBy(() -> plan(target, source, MergeSettings.DEFAULT, mode, "k").close())
                .isInstanceOf(MergeRefusedException.class)
                .hasMessageContaining("would move from partition");
        assertThat(scratch).isEmptyDirectory();
    }

    @Test
    void autoFallsBackToFullFromItsThresholdOnAndSaysWhy() throws IOException {
        MessageType schema =
                MessageTypeParser.parseMessageType(
                        "message m { required int64 k; required int32 v; }");
        Dataset target =
                dataset("t", schema, new SimpleGroup(schema).append("k", 1L).append("v", 1));
        Dataset source =
                dataset("s", schema, new SimpleGroup(schema).append("k", 1L).append("v", 2));
        try (MergePlan low = plan(target, source, fullFrom(0), RewriteMode.AUTO, "k");
                MergePlan high = plan(target, source, fullFrom(1), RewriteMode.AUTO, "k")) {
            assertThat(low.mode()).isEqualTo(RewriteMode.FULL);
            assertThat(low.summary().reason()).contains("more than 0 %");
            assertThat(high.mode()).isEqualTo(RewriteMode.INCREMENTAL);
            assertThat(high.summary().reason()).contains("at most 100 %");
        }
    }

    private static MergeSettings fullFrom(double share) {
        return new MergeSettings(1, Pruning.KEYS, Duration.ofMinutes(1), share, 16L << 20);
    }

    private MergePlan plan(
            Dataset target, Dataset source, MergeSettings settings, RewriteMode mode, String key)
            throws IOException {
        return new ParquetMerge(scratch, settings)
                .plan(
                        target,
                        source,
                        MergeRequest.of(MergeStrategy.UPSERT, mode, key),
                        Progress.NONE);
    }

    private Dataset dataset(String name, String schema) throws IOException {
        MessageType parsed = MessageTypeParser.parseMessageType(schema);
        return dataset(name, parsed, new SimpleGroup(parsed).append("k", 1L));
    }

    private Dataset dataset(String name, MessageType schema, Group row) throws IOException {
        byte[] file = ParquetFiles.write(schema, List.of(row), new Random(1));
        store.put(name, ObjectBody.of(file));
        return new Dataset(store, List.of(DataFile.of(name, file.length)));
    }
}
