package dev.whence.indexer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whence.index.LakeFile;
import dev.whence.index.RowGroupBounds;
import dev.whence.lake.LakeLayout;
import dev.whence.url.DomainPrefix;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DueFilesTest {
    private static final int MB = 1 << 20;

    private final CompactionSettings settings =
            new CompactionSettings(128 * MB, 8, 10, 512 * MB, Duration.ZERO);
    private final DueFiles dueFiles = new DueFiles(settings);
    private long nextFile;

    @Test
    void leavesAFewFilesAlone() {
        assertThat(due(1, 1, 1, 1, 1, 1, 1)).isEmpty();
        assertThat(due(1, 3, 9, 27, 81, 243, 486)).isEmpty();
        assertThat(due()).isEmpty();
    }

    @Test
    void putsFilesOfAboutOneSizeTogetherAndLeavesLargeOnes() {
        assertThat(due(100, 2, 2, 2, 2, 2, 2, 2, 2))
                .singleElement()
                .satisfies(group ->
                        assertThat(sizes(group)).containsExactlyInAnyOrder(2, 2, 2, 2, 2, 2, 2, 2))
                .satisfies(group -> assertThat(group.digits()).isZero());
    }

    @Test
    void putsThoseTogetherThatAreWorthMostWhereThereAreTooMany() {
        assertThat(due(1, 3, 9, 20, 70, 71, 72, 73, 74, 127))
                .singleElement()
                .satisfies(group ->
                        assertThat(sizes(group))
                                .containsExactlyInAnyOrder(20, 70, 71, 72, 73, 74, 127));
    }

    @Test
    void splitsWhatIsTooLargeForOneFileAsDeepAsItNeeds() {
        assertThat(due(60, 60, 60, 60, 60, 60, 60, 60))
                .singleElement()
                .satisfies(group -> assertThat(group.digits()).isEqualTo(1));
        var tiny = new CompactionSettings(1 << 10, 8, 10, 512 * MB, Duration.ZERO);
        assertThat(new DueFiles(tiny).of(files("", 6, 6, 6, 6, 6, 6, 6, 6)))
                .singleElement()
                .satisfies(group -> assertThat(group.digits()).isEqualTo(4));
    }

    @Test
    void takesNoMoreThanOneRunMay() {
        int[] hundreds = IntStream.generate(() -> 100).limit(40).toArray();
        assertThat(due(hundreds))
                .singleElement()
                .satisfies(group -> assertThat(group.files()).hasSize(5));
        assertThat(due(IntStream.generate(() -> 513).limit(40).toArray())).isEmpty();
        assertThat(due(IntStream.generate(() -> 300).limit(40).toArray()))
                .as("one alone, to be split")
                .singleElement()
                .satisfies(group -> assertThat(group.files()).hasSize(1));
    }

    @Test
    void leavesFullFilesOfTheDeepestFoldersAlone() {
        assertThat(dueFiles.of(files("abcd", IntStream.generate(() -> 70).limit(40).toArray())))
                .isEmpty();
        assertThat(dueFiles.of(files("abcd", 1, 2, 2)))
                .singleElement()
                .satisfies(group -> assertThat(group.digits()).isEqualTo(4));
    }

    /** The folder whose files have waited longest comes first. */
    @Test
    void everyFolderHasItsTurn() {
        var files = new ArrayList<LakeFile>();
        files.addAll(files("b", 1, 1, 1));
        files.addAll(files("", 1, 1, 1, 1, 1, 1, 1, 1));
        files.addAll(files("a", 1, 1, 1));
        assertThat(
                        dueFiles.of(files).stream()
                                .map(group ->
                                        DomainPrefix.ofKey(group.files().getFirst().key())
                                                .digits()))
                .containsExactly("b", "", "a");
    }

    /** The promise of the index: ten files, and each row written about log N times. */
    @ParameterizedTest
    @CsvSource({"20000, 100, 12, 9", "3000, 1000, 12, 9", "800, 60000, 9, 9"})
    void aDomainIsHeldByTenFilesAtMostHoweverLargeTheDatasetGrows(
            int flushes, int kilobytes, int mostWrites, int mostFiles) {
        Random random = Seeded.random("DueFilesTest");
        var files = new ArrayList<LakeFile>();
        long came = 0;
        long written = 0;
        int worst = 0;
        for (int flush = 1; flush <= flushes; flush++) {
            long bytes = 1024L * kilobytes / 2 + random.nextInt(1024 * kilobytes);
            files.add(file("", bytes));
            came += bytes;
            // As often as there is something due: it keeps up with what comes.
            for (List<CompactionGroup> due = dueFiles.of(files);
                    !due.isEmpty();
                    due = dueFiles.of(files)) {
                for (CompactionGroup group : due) {
                    files.removeAll(group.files());
                    written += write(group, files);
                }
            }
            if (flush % 200 == 0) {
                worst = Math.max(worst, mostHolders(files));
            }
        }
        System.out.printf(
                "%d flushes of %d kB: %d files, at most %d for a domain, each byte written %.1f times%n",
                flushes, kilobytes, files.size(), worst, (double) written / came);
        assertThat(worst).isLessThanOrEqualTo(mostFiles);
        assertThat(written).isLessThanOrEqualTo(mostWrites * came);
    }

    private long write(CompactionGroup group, List<LakeFile> files) {
        DomainPrefix from = DomainPrefix.ofKey(group.files().getFirst().key());
        int more = group.digits() - from.length();
        long bytes = group.bytes() >> (4 * more);
        for (int prefix = 0; prefix < 1 << (4 * more); prefix++) {
            String digits =
                    from.digits() + (more == 0 ? "" : ("%0" + more + "x").formatted(prefix));
            files.add(file(digits, Math.max(1, bytes)));
        }
        return group.bytes();
    }

    private static int mostHolders(List<LakeFile> files) {
        var prefixes = files.stream().map(file -> DomainPrefix.ofKey(file.key())).toList();
        return prefixes.stream()
                .mapToInt(own ->
                        (int)
                                prefixes.stream()
                                        .filter(other -> own.digits().startsWith(other.digits()))
                                        .count())
                .max()
                .orElse(0);
    }

    private List<CompactionGroup> due(int... megabytes) {
        return dueFiles.of(files("", megabytes));
    }

    private List<LakeFile> files(String prefix, int... megabytes) {
        return Arrays.stream(megabytes).mapToObj(size -> file(prefix, (long) size * MB)).toList();
    }

    private LakeFile file(String prefix, long bytes) {
        long id = nextFile++;
        return new LakeFile(
                id,
                7,
                LakeLayout.compacted(7, new DomainPrefix(prefix), 1, Long.toString(id)),
                bytes,
                List.of(new RowGroupBounds(1, "a.example", "z.example")));
    }

    private static List<Integer> sizes(CompactionGroup group) {
        return group.files().stream().map(file -> (int) (file.bytes() / MB)).toList();
    }
}
