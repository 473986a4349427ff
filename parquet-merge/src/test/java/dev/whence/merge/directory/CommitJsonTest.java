package dev.whence.merge.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.whence.store.CountingObjectStore;
import dev.whence.store.ObjectBody;
import dev.whence.store.ObjectStore;
import dev.whence.store.ObjectStores;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Commits that somebody else wrote, or that were damaged: a clear error, and nothing is done. */
class CommitJsonTest {
    private static final String ID = "0123456789abcdef0123456789abcdef";
    private static final String KEY = "t/_whence/commits/00000000000000000001.json";
    private static final String GOLDEN =
            """
            {"format":1,"number":1,"merge_id":"0123456789abcdef0123456789abcdef",\
            "operation":"upsert","committed_at":"2024-06-14T00:00:00Z",\
            "read":{"everything":true,"partitions":[{"values":[{"column":"p","value":null}]}]},\
            "counts":{"source_rows":3,"source_duplicates":0,"inserted":1,"updated":2,"deleted":0,\
            "before":9,"after":10},\
            "added":[{"path":"p=1/part-0123456789abcdef0123456789abcdef-00000.parquet","bytes":4,\
            "rows":1,"crc32c":-5,"staged":"_whence/staging/0123456789abcdef0123456789abcdef/00000"}],\
            "removed":[{"path":"p=1/a.parquet","bytes":2,\
            "replaced":"_whence/replaced/00000000000000000001/00000"}],\
            "adopted":[],"swept":["fedcba9876543210fedcba9876543210"],\
            "kept":[{"path":"p=2/c.parquet","bytes":1,"rows":null,"crc32c":null}]}\
            """;

    private final ObjectStore store = ObjectStores.memory();

    @BeforeEach
    void begin() throws IOException {
        Words.put(store, "p=1/a.parquet", "aa");
        Words.put(store, "p=2/c.parquet", "c");
        Words.put(store, "_whence/staging/" + ID + "/00000", "word");
    }

    @Test
    void writesWhatItReads() throws Exception {
        TableCommit commit = CommitJson.read(KEY, 1, bytes(GOLDEN));
        assertThat(new String(CommitJson.write(KEY, commit), StandardCharsets.UTF_8))
                .isEqualTo(GOLDEN);
        store.put(KEY, ObjectBody.of(bytes(GOLDEN)));
        assertThat(Words.committed(store)).containsExactly("p=1/word", "p=2/c");
        Words.table(store).rollForward();
        assertThat(Words.globbed(store)).containsExactly("p=1/word", "p=2/c");
    }

    @Test
    void leavesAloneWhatItDoesNotKnow() throws Exception {
        String more = GOLDEN.replace("\"operation\"", "\"mood\":{\"x\":[1]},\"operation\"");
        assertThat(CommitJson.read(KEY, 1, bytes(more)))
                .isEqualTo(CommitJson.read(KEY, 1, bytes(GOLDEN)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"number\":1 | \"number\":2 | holds commit 2",
                "\"format\":1 | \"format\":2 | expected format 1, found 2",
                "\"format\":1, | '' | expected format 1, found 0",
                "\"operation\":\"upsert\", | '' | operation",
                "\"operation\":\"upsert\" | \"operation\":null | operation",
                "\"rows\":1 | \"rows\":null | rows",
                "[\"fedcba9876543210fedcba9876543210\"] | [\"../..\"] | no merge id",
                "p=2/c.parquet | ../../c.parquet | no data file",
                "p=2/c.parquet | /etc/c.parquet | no data file",
                "p=2/c.parquet | p=2//c.parquet | no data file",
                "p=2/c.parquet | p=2/c.txt | no data file",
                "p=2/c.parquet | p=2\\\\c.parquet | p=2\\c.parquet",
                "p=2/c.parquet | _whence/commits/x.parquet | no data file",
                "p=2/c.parquet | p=1/a.parquet | live and removed",
                "\"bytes\":1 | \"bytes\":-1 | negative",
                "_whence/staging/0123 | _whence/staging/ffff | below _whence/staging/0123",
                "abcdef/00000 | abcdef/../../x | below _whence/staging/0123",
                "0001/00000 | 0002/00000 | below _whence/replaced/",
                "\"adopted\":[] | \"adopted\":[\"q.parquet\"] | adopted and not live",
                "\"added\":[ | \"added\":[null, | not a commit",
                "\"staged\": | \"stage\": | staged",
            })
    void refusesACommitAndTouchesNothing(String what, String by, String problem) throws Exception {
        assertThat(GOLDEN).contains(what);
        String wrong = GOLDEN.replace(what, by == null ? "" : by);
        requireRefused(wrong, problem);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "null", "[]", "7", "\u0000\u0001", "{\"format\":1}"})
    void refusesWhatIsNoCommit(String json) throws Exception {
        requireRefused(json, KEY);
    }

    @Test
    void refusesWhatFollowsACommit() throws Exception {
        requireRefused(GOLDEN + "}", KEY);
    }

    @Test
    void refusesEveryPartOfACommit() throws Exception {
        for (int length = 0; length < GOLDEN.length(); length += 7) {
            requireRefused(GOLDEN.substring(0, length), KEY);
        }
    }

    @Test
    void refusesACommitThatIsTooLongWithoutReadingIt() throws Exception {
        store.put(KEY, ObjectBody.of(new byte[CommitJson.MAX_BYTES + 1]));
        var counted = new CountingObjectStore(store);
        assertThatThrownBy(() -> Words.table(counted).snapshot())
                .isInstanceOf(CorruptTableException.class)
                .hasMessageContaining("too many files");
        assertThat(counted.counts().bytesRead()).isZero();
    }

    private void requireRefused(String json, String problem) throws Exception {
        store.put(KEY, ObjectBody.of(bytes(json)));
        List<String> before = Words.keys(store, "");
        DirectoryTable table = Words.table(store);
        assertThatThrownBy(table::snapshot)
                .isInstanceOf(CorruptTableException.class)
                .hasMessageContaining(KEY)
                .hasMessageContaining(problem);
        assertThatThrownBy(table::rollForward).isInstanceOf(CorruptTableException.class);
        assertThatThrownBy(table::present).isInstanceOf(CorruptTableException.class);
        assertThat(Words.keys(store, "")).isEqualTo(before);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
