package dev.whence.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.whence.url.UrlProfile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Folds that say something else than the blocks that they were made of, and how far folds are. */
class FoldCheckTest {
    private static final UrlProfile PROFILE = UrlProfile.current();

    @TempDir Path root;

    @Test
    void findsAFoldOfGenerationsThatGivesOtherDomains() throws IOException {
        Path first = generation("first", 3, "a", "c");
        Path second = generation("second", 5, "b", "d");
        Path folded = root.resolve("folded");
        GenerationWriter.fold(folded, List.of(first, second));
        assertThat(generations(folded, first, second)).isEmpty();
        assertThat(generations(folded, first, generation("e", 5, "b", "e")))
                .contains("than e at 6");
        assertThat(generations(folded, first, generation("f", 5, "b")))
                .contains("instead of 3 to 6");
        assertThat(generations(folded, first, generation("g", 5, "a", "d")))
                .contains("than a at 5");
    }

    @Test
    void findsAFoldOfSegmentsThatDiffersAnywhere() throws IOException {
        Path first = segment("first", 1, 1, 0, 7);
        Path second = segment("second", 1, 2, 1, 8);
        Path folded = root.resolve("folded");
        SegmentWriter.fold(folded, List.of(first, second), false);
        assertThat(segments(folded, first, second)).isEmpty();
        assertThat(segments(folded, first, segment("change", 1, 3, 1, 8)))
                .contains("summed up as 4");
        assertThat(segments(folded, first, segment("ordinal", 2, 2, 1, 8))).contains("ordinal 1 ");
        assertThat(segments(folded, first)).contains("summed up as 1");
        assertThat(segments(folded, first, second, segment("more", 1, -3, -1, 9)))
                .contains("more pairs");
        assertThat(segments(folded, first, segment("bits", 1, 2, -1, 8))).contains("dataset 4");
        assertThat(segments(folded, first, segment("tail", 1, 2, 1, 10)))
                .contains("tail of file 10");
        assertThat(segments(folded, first, segment("none", 1, 2, 1, 9))).contains("more tails");
        assertThat(segments(folded, segment("file", 1, 1, 0, 9), second))
                .contains("part-8 is not listed");
    }

    @Test
    void saysHowFarItIsAndEndsWhenItIsTold() throws IOException {
        Path first = segment("first", 1, 1, 0, 7);
        Path second = segment("second", 2, 2, 1, 8);
        var told = new ArrayList<String>();
        SegmentWriter.fold(
                root.resolve("folded"),
                List.of(first, second),
                true,
                (done, of) -> told.add(done + " of " + of));
        assertThat(told).containsExactly("1 of 2");
        Path generations = generation("generation", 0, "a", "b");
        GenerationWriter.fold(
                root.resolve("merged"),
                List.of(generations),
                (done, of) -> told.add(done + " of " + of));
        assertThat(told).endsWith("0 of 2");
        Path ended = root.resolve("ended");
        assertThatThrownBy(() ->
                        GenerationWriter.fold(
                                ended,
                                List.of(generations),
                                (_, _) -> {
                                    throw new IllegalStateException("enough");
                                }))
                .hasMessage("enough");
        assertThat(ended).isEmptyDirectory();
    }

    private static String generations(Path folded, Path... adjacent) throws IOException {
        return FoldCheck.ofGenerations(folded, List.of(adjacent), 100, new Random(1)).orElse("");
    }

    private static String segments(Path folded, Path... adjacent) throws IOException {
        return FoldCheck.ofSegments(folded, List.of(adjacent)).orElse("");
    }

    private Path generation(String name, int first, String... domains) throws IOException {
        Path directory = root.resolve(name);
        GenerationWriter.write(directory, PROFILE, first, List.of(domains));
        return directory;
    }

    /**
     * One pair of dataset 4, gained (1), lost (-1) or neither (0), and one file; one of an even
     * number has a tail.
     */
    private Path segment(String name, int ordinal, long change, int gained, long fileId)
            throws IOException {
        Path directory = root.resolve(name);
        var writer = new SegmentWriter(PROFILE);
        writer.change(ordinal, 4, change);
        if (gained > 0) {
            writer.gain(ordinal, 4);
        } else if (gained < 0) {
            writer.lose(ordinal, 4);
        }
        var file =
                new LakeFile(
                        fileId,
                        4,
                        "urls/dataset_id=4/domain_prefix=a/part-" + fileId,
                        100,
                        List.of(new RowGroupBounds(1, "a", "a")));
        if (fileId % 2 == 0) {
            writer.addFile(file, () -> new byte[] {(byte) fileId});
        } else {
            writer.addFile(file);
        }
        writer.write(directory);
        return directory;
    }
}
