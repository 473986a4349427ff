package dev.whence.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BatchFileNameTest {
    private static final String FRESH = "01jabcdefghjkmnpqrstvwxyz0";

    @Test
    void readsBackTheKeyThatItGives() {
        var name = new BatchFileName(new LogPartition("topic-A_1", 12), Long.MAX_VALUE);
        assertThat(name.key(FRESH))
                .isEqualTo("ingest/batches/topic-A_1/12/09223372036854775807-" + FRESH + ".parquet")
                .startsWith(BatchFileName.folder(name.partition()));
        assertThat(BatchFileName.of(name.key(FRESH))).contains(name);
    }

    @Test
    void findsNoNameInOtherKeys() {
        String key = new BatchFileName(new LogPartition("t", 0), 7).key(FRESH);
        assertThat(BatchFileName.of(key + ".part")).isEmpty();
        assertThat(BatchFileName.of(key.replace("batches", "rejects"))).isEmpty();
        assertThat(BatchFileName.of("ingest/batches/notes.txt")).isEmpty();
    }
}
