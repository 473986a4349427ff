package dev.whence.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RejectsNameTest {
    private static final String FRESH = "01jabcdefghjkmnpqrstvwxyz0";

    @Test
    void readsBackTheKeyThatItGives() {
        var name = new RejectsName(new LogPartition("topic-A_1", 12), Long.MAX_VALUE);
        assertThat(name.key(FRESH))
                .isEqualTo(
                        "ingest/rejects/topic-A_1/12/09223372036854775807-" + FRESH + ".ndjson.zst")
                .startsWith(RejectsName.folder(name.partition()));
        assertThat(RejectsName.of(name.key(FRESH))).contains(name);
    }

    @Test
    void findsNoNameInOtherKeys() {
        String key = new RejectsName(new LogPartition("t", 0), 7).key(FRESH);
        assertThat(RejectsName.of(key + ".part")).isEmpty();
        assertThat(RejectsName.of(key.replace("rejects", "log"))).isEmpty();
        assertThat(RejectsName.of("ingest/rejects/notes.txt")).isEmpty();
    }
}
