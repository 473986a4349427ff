package dev.whence.merge.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.whence.merge.MergeRefusedException;
import dev.whence.merge.Partition;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class HivePathsTest {

    @Test
    void readsValuesAsTextAndDecoded() {
        assertThat(HivePaths.partition("year=2024/month=01/part.parquet"))
                .isEqualTo(partition("year", "2024", "month", "01"));
        assertThat(HivePaths.partition("city=S%C3%A3o%20Paulo/p.parquet"))
                .isEqualTo(partition("city", "São Paulo"));
        assertThat(HivePaths.partition("a%20b=x%2Fy%3Dz/p.parquet"))
                .isEqualTo(partition("a b", "x/y=z"));
        assertThat(HivePaths.partition("a=b=c/p.parquet")).isEqualTo(partition("a", "b=c"));
        assertThat(HivePaths.partition("a=/p.parquet")).isEqualTo(partition("a", ""));
        assertThat(HivePaths.partition("a=100%/p.parquet")).isEqualTo(partition("a", "100%"));
        assertThat(HivePaths.partition("a=%zz%4/p.parquet")).isEqualTo(partition("a", "%zz%4"));
        assertThat(HivePaths.partition("a=1+1/p.parquet")).isEqualTo(partition("a", "1+1"));
        assertThat(HivePaths.partition("a=%E9t%E9/p.parquet"))
                .as("Hive's single characters")
                .isEqualTo(partition("a", "été"));
    }

    @Test
    void knowsHivesNullFromATextThatLooksLikeIt() {
        assertThat(HivePaths.partition("a=__HIVE_DEFAULT_PARTITION__/p.parquet"))
                .isEqualTo(partition("a", null));
        Partition text = partition("a", "__HIVE_DEFAULT_PARTITION__");
        assertThat(HivePaths.partition(HivePaths.folder(text) + "p.parquet")).isEqualTo(text);
    }

    @Test
    void passesOverWhatIsNoPartition() {
        assertThat(HivePaths.partition("a=b.parquet")).isEqualTo(Partition.NONE);
        assertThat(HivePaths.partition("data/part.parquet")).isEqualTo(Partition.NONE);
        assertThat(HivePaths.partition("=x/part.parquet")).isEqualTo(Partition.NONE);
        assertThat(HivePaths.folder("data/a=1/more/part.parquet")).isEqualTo("data/a=1/");
        assertThat(HivePaths.folder("part=1.parquet")).isEmpty();
    }

    @Test
    void refusesFilesOfOtherColumnsAndNamesBoth() {
        assertThatThrownBy(() ->
                        HivePaths.requireSameColumns(
                                List.of("a=1/x.parquet", "a=2/y.parquet", "z.parquet")))
                .isInstanceOf(MergeRefusedException.class)
                .hasMessageContaining("a=1/x.parquet")
                .hasMessageContaining("z.parquet");
        assertThatThrownBy(() ->
                        HivePaths.requireSameColumns(
                                List.of("a=1/b=2/x.parquet", "b=2/a=1/y.parquet")))
                .isInstanceOf(MergeRefusedException.class);
        assertThatThrownBy(() -> HivePaths.partition("a=1/a=2/x.parquet"))
                .isInstanceOf(MergeRefusedException.class)
                .hasMessageContaining("a=1/a=2/x.parquet");
    }

    @Test
    void readsBackWhateverItWrites() {
        long seed = Long.getLong("seed", 20_260_101L);
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        String alphabet = "aZ09 ._-%/=:?*#\"'\\{}[]^+&é漢\u0001\u007f\u0085\ud83d\ude00";
        int[] points = alphabet.codePoints().toArray();
        for (int round = 0; round < 5_000; round++) {
            var values = new ArrayList<Partition.Value>();
            int columns = 1 + random.nextInt(3);
            for (int column = 0; column < columns; column++) {
                String name = text(random, points, 1) + column;
                values.add(
                        new Partition.Value(
                                name, random.nextInt(10) == 0 ? null : text(random, points, 0)));
            }
            Partition partition = new Partition(values);
            String path = HivePaths.folder(partition) + "part.parquet";
            assertThat(HivePaths.partition(path)).as(path).isEqualTo(partition);
            assertThat(path.split("/")).as(path).hasSize(columns + 1);
            assertThat(TablePaths.isData(path)).as(path).isTrue();
        }
    }

    private static String text(Random random, int[] points, int least) {
        var text = new StringBuilder();
        for (int left = least + random.nextInt(6); left > 0; left--) {
            text.appendCodePoint(points[random.nextInt(points.length)]);
        }
        return text.toString();
    }

    static Partition partition(@Nullable String... columnsAndValues) {
        var values = new ArrayList<Partition.Value>();
        for (int at = 0; at < columnsAndValues.length; at += 2) {
            values.add(new Partition.Value("" + columnsAndValues[at], columnsAndValues[at + 1]));
        }
        return new Partition(values);
    }
}
