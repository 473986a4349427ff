package dev.whence.merge;

import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.INT32;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.INT64;
import static org.assertj.core.api.Assertions.assertThat;

import dev.whence.store.ObjectBody;
import dev.whence.store.ObjectStore;
import dev.whence.store.ObjectStores;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroup;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Types;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Targets whose files say different things of one column, as writers that look at nulls make. */
class MixedSchemaMergeTest {
    private static final MessageType BOTH_REQUIRED =
            Types.buildMessage().required(INT64).named("k").required(INT32).named("v").named("m");
    private static final MessageType V_OPTIONAL =
            Types.buildMessage().required(INT64).named("k").optional(INT32).named("v").named("m");
    private static final MessageType K_OPTIONAL =
            Types.buildMessage().optional(INT64).named("k").required(INT32).named("v").named("m");

    private final ObjectStore store = ObjectStores.memory();

    @TempDir Path scratch;

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void aColumnIsOptionalIfItIsInAnyFile() throws IOException {
        Dataset target =
                new Dataset(
                        store,
                        List.of(
                                file("a", BOTH_REQUIRED, row(1L, 1), row(2L, 2)),
                                file("b", V_OPTIONAL, row(3L, null), row(4L, 4)),
                                file("c", K_OPTIONAL, row(null, 5), row(6L, 6))));
        Dataset source =
                new Dataset(
                        store,
                        List.of(
                                file("s", V_OPTIONAL, row(2L, null), row(4L, 40)),
                                file("t", K_OPTIONAL, row(null, 50), row(7L, 70))));
        for (RewriteMode mode : RewriteMode.values()) {
            MergeOutcome outcome =
                    new MergeJudge(scratch, MergeSettings.DEFAULT)
                            .judge(
                                    target,
                                    source,
                                    MergeRequest.of(MergeStrategy.UPSERT, mode, "k"),
                                    List.of());
            assertThat(outcome.counts().updated()).isEqualTo(3);
        }
    }

    private record Row(Long k, Integer v) {}

    private static Row row(Long k, Integer v) {
        return new Row(k, v);
    }

    private DataFile file(String name, MessageType schema, Row... rows) throws IOException {
        List<Group> groups = new ArrayList<>();
        for (Row row : rows) {
            Group group = new SimpleGroup(schema);
            if (row.k() != null) {
                group.add("k", row.k());
            }
            if (row.v() != null) {
                group.add("v", row.v());
            }
            groups.add(group);
        }
        byte[] bytes = ParquetFiles.write(schema, groups, new Random(1));
        store.put(name, ObjectBody.of(bytes));
        return DataFile.of(name, bytes.length);
    }
}
