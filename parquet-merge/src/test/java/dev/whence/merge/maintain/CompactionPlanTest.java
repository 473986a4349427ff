package dev.whence.merge.maintain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.whence.merge.DataFile;
import dev.whence.merge.Partition;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CompactionPlanTest {
    private static final Partition ELSEWHERE =
            new Partition(List.of(new Partition.Value("p", "1")));

    /** Small are files of less than 500,000 bytes. */
    private static final CompactionRules RULES =
            new CompactionRules(1_000_000, 4, 10_000, 10_000_000);

    @Test
    void leavesFilesThatAreLargeEnough() {
        assertThat(plan(RULES, 500_000, 600_000, 900_000, 500_000, 1_000_000).changesNothing())
                .isTrue();
        assertThat(plan(CompactionRules.all(1_000_000, 10_000_000), 500_000, 500_000, 1))
                .as("one small file alone")
                .isEqualTo(new CompactionPlan(List.of(), 0));
        assertThat(plan(RULES)).isEqualTo(new CompactionPlan(List.of(), 0));
    }

    @Test
    void putsAFullTierTogetherInTheTablesOrder() {
        CompactionPlan plan = plan(RULES, 100, 5_000, 255, 64, 200, 63);
        assertThat(plan.groups()).hasSize(1);
        assertThat(plan.files()).extracting(DataFile::key).containsExactly("0", "2", "3", "4");
        assertThat(plan(RULES, 100, 5_000, 256, 64, 200).changesNothing())
                .as("three of a tier")
                .isTrue();
    }

    @Test
    void neverPutsPartitionsTogether() {
        List<DataFile> files = new ArrayList<>(files(10, 10, 10));
        files.add(new DataFile("other", 10, ELSEWHERE));
        assertThat(CompactionPlan.of(files, RULES).changesNothing()).isTrue();
        for (int i = 0; i < 3; i++) {
            files.add(new DataFile("more" + i, 10, ELSEWHERE));
        }
        assertThat(CompactionPlan.of(files, RULES).files())
                .hasSize(4)
                .allMatch(file -> file.partition().equals(ELSEWHERE));
    }

    @Test
    void takesAllSmallFilesOfAPartitionWhenToldTo() {
        CompactionPlan plan =
                plan(CompactionRules.all(1_000_000, 10_000_000), 1, 499_999, 20_000, 700_000);
        assertThat(plan.files()).extracting(DataFile::key).containsExactly("0", "1", "2");
    }

    @Test
    void takesNoMoreThanARunMayAndSaysWhatIsLeft() {
        Random random = new Random(7);
        for (int round = 0; round < 200; round++) {
            CompactionRules rules =
                    new CompactionRules(
                            1_000,
                            random.nextInt(2, 9),
                            random.nextInt(1, 20),
                            random.nextLong(1_000, 5_000));
            List<DataFile> files = new ArrayList<>();
            for (int i = random.nextInt(60); i > 0; i--) {
                files.add(
                        new DataFile(
                                "f" + i,
                                random.nextInt(900),
                                random.nextBoolean() ? ELSEWHERE : Partition.NONE));
            }
            CompactionPlan plan = CompactionPlan.of(files, rules);
            long taken = plan.files().stream().mapToLong(DataFile::bytes).sum();
            assertThat(taken).isLessThanOrEqualTo(rules.runBytes());
            assertThat(plan.files())
                    .doesNotHaveDuplicates()
                    .allMatch(file -> file.bytes() < 500)
                    .isSubsetOf(files);
            assertThat(plan.groups())
                    .allMatch(group -> group.files().size() > 1)
                    .allMatch(group ->
                            group.files().stream().map(DataFile::partition).distinct().count()
                                    == 1);
            assertThat(plan.bytesLeft() == 0 || !plan.changesNothing())
                    .as("something is taken if anything is due")
                    .isTrue();
            assertThat(CompactionPlan.of(files, rules)).as("pure").isEqualTo(plan);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "500, 8, 10, 3.0",
        "500, 8, 10000, 2.0",
        "500, 4, 10000, 3.5",
        "500, 2, 10000, 7.2",
        "5000, 8, 10, 5.0",
        "5000, 8, 10000, 4.0",
        "5000, 4, 10, 5.6"
    })
    void writesEachRowAnewAboutLogNTimes(int appends, int fanOut, int mostFiles, double most) {
        var rules = new CompactionRules(1L << 40, fanOut, mostFiles, 1L << 40);
        List<DataFile> files = new ArrayList<>();
        long rewritten = 0;
        for (int i = 0; i < appends; i++) {
            files.add(DataFile.of("append" + i, 1_000));
            CompactionPlan plan = CompactionPlan.of(files, rules);
            for (CompactionPlan.Group group : plan.groups()) {
                files.removeAll(group.files());
                files.add(DataFile.of("compact" + i, group.bytes()));
                rewritten += group.bytes();
            }
            assertThat(files.size()).isLessThanOrEqualTo(mostFiles);
        }
        assertThat(files.stream().mapToLong(DataFile::bytes).sum()).isEqualTo(1_000L * appends);
        assertThat(rewritten / (1_000.0 * appends)).as("times a row").isLessThanOrEqualTo(most);
        assertThat(files.size()).isLessThanOrEqualTo(30);
    }

    @Test
    void printsForPeopleAndForPrograms() {
        CompactionPlan plan =
                plan(CompactionRules.all(1_000_000, 1_000_000), 400_000, 400_000, 400_000, 30);
        assertThat(plan.toString())
                .isEqualTo(
                        """
                        put 2 files together in 1 groups, 800,000 bytes; due and left for the next run: 400,030 bytes
                        together  2 files, 800,000 bytes:
                          0: 400,000 bytes
                          1: 400,000 bytes
                        """);
        JsonNode json = new JsonMapper().valueToTree(plan);
        assertThat(json.toString())
                .isEqualTo(
                        """
                        {"groups":[{"files":[{"key":"0","bytes":400000,"partition":{"values":[]}},\
                        {"key":"1","bytes":400000,"partition":{"values":[]}}]}],"bytesLeft":400030}\
                        """);
    }

    @Test
    void refusesRulesOutOfBounds() {
        assertThatThrownBy(() -> new CompactionRules(0, 8, 10, 1))
                .hasMessageContaining("fileBytes");
        assertThatThrownBy(() -> new CompactionRules(9, 1, 10, 9))
                .hasMessage("fanOut is 1, must be 2 to 100");
        assertThatThrownBy(() -> new CompactionRules(9, 2, 0, 9)).hasMessageContaining("mostFiles");
        assertThatThrownBy(() -> new CompactionRules(9, 2, 1, 8))
                .hasMessageContaining("runBytes is 8, must be 9 to ");
    }

    private static CompactionPlan plan(CompactionRules rules, long... bytes) {
        return CompactionPlan.of(files(bytes), rules);
    }

    private static List<DataFile> files(long... bytes) {
        List<DataFile> files = new ArrayList<>();
        for (int i = 0; i < bytes.length; i++) {
            files.add(DataFile.of(Integer.toString(i), bytes[i]));
        }
        return files;
    }
}
