package dev.whence.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TailsTest {

    @TempDir Path root;

    private Path dictionary;

    @BeforeEach
    void writeDictionary() throws IOException {
        dictionary = root.resolve("dictionary");
        GenerationWriter.write(dictionary, IndexFixture.PROFILE, 0, List.of("a", "b.com", "zz"));
    }

    @Test
    void aMergeCarriesTheTailsOfFilesThatAreStillLive() throws IOException {
        SegmentWriter older = new SegmentWriter(IndexFixture.PROFILE);
        for (int id = 0; id < 600; id++) {
            add(older, id, id % 3 == 0 ? 0 : id);
        }
        SegmentWriter newer = new SegmentWriter(IndexFixture.PROFILE);
        for (int id = 0; id < 600; id += 5) {
            newer.removeFile(id, 1);
        }
        add(newer, 700, 4_000);
        List<Path> stack = List.of(write("older", older), write("newer", newer));
        Path merged = root.resolve("merged");
        SegmentWriter.fold(merged, stack, true);
        for (List<Path> segments : List.of(stack, List.of(merged))) {
            try (IndexSnapshot snapshot = open(segments)) {
                assertThat(snapshot.check()).isEmpty();
                for (int id = 0; id < 600; id++) {
                    if (id % 5 != 0) {
                        assertTail(snapshot, id, id % 3 == 0 ? 0 : id);
                    }
                }
                assertTail(snapshot, 700, 4_000);
            }
        }
        try (IndexSnapshot snapshot = open(List.of(merged))) {
            assertThat(snapshot.tail(IndexFixture.file(5, 1))).as("of a removed file").isEmpty();
        }
    }

    @Test
    void aTailIsReadWhenItIsWrittenAndNotHeldBefore() throws IOException {
        List<Integer> read = new ArrayList<>();
        SegmentWriter writer = new SegmentWriter(IndexFixture.PROFILE);
        for (int id : List.of(3, 1, 2)) {
            writer.addFile(
                    IndexFixture.file(id, 1),
                    () -> {
                        read.add(id);
                        return new byte[] {(byte) id};
                    });
        }
        assertThat(read).isEmpty();
        write("segment", writer);
        assertThat(read).as("each once, by id").containsExactly(1, 2, 3);
    }

    @Test
    void aSegmentWithoutTailsHasNoFileOfThem() throws IOException {
        SegmentWriter writer = new SegmentWriter(IndexFixture.PROFILE);
        add(writer, 1, 0);
        Path one = write("one", writer);
        assertThat(one.resolve("tails")).doesNotExist();
        SegmentWriter removal = new SegmentWriter(IndexFixture.PROFILE);
        removal.removeFile(2, 1);
        Path two = write("two", removal);
        SegmentWriter older = new SegmentWriter(IndexFixture.PROFILE);
        add(older, 2, 9);
        Path zero = write("zero", older);
        Path merged = root.resolve("merged");
        assertThat(SegmentWriter.fold(merged, List.of(zero, one, two), false))
                .extracting(BlockFile::name)
                .doesNotContain("tails");
        assertThat(merged.resolve("tails")).doesNotExist();
    }

    @Test
    void segmentsFromBeforeThereWereTailsAreReadAndMerged() throws IOException {
        Path before = Golden.write(root, "before-tails", "members", "files", "datasets.roar");
        SegmentWriter writer = new SegmentWriter(IndexFixture.PROFILE);
        add(writer, 9, 20);
        writer.removeFile(6, 1);
        List<Path> stack = List.of(before, write("newer", writer));
        Path merged = root.resolve("merged");
        SegmentWriter.fold(merged, stack, true);
        for (List<Path> segments : List.of(stack, List.of(merged))) {
            try (IndexSnapshot snapshot = open(segments)) {
                assertThat(snapshot.check()).isEmpty();
                assertThat(snapshot.files(1))
                        .containsExactly(IndexFixture.file(5, 1), IndexFixture.file(9, 1));
                assertThat(snapshot.datasetsOf(2)).containsExactly(new DatasetCount(1, 4));
                assertTail(snapshot, 5, 0);
                assertTail(snapshot, 9, 20);
            }
        }
    }

    @Test
    void aTailThatIsMissingOrOfAnotherFileIsFoundByTheCheck() throws IOException {
        SegmentWriter writer = new SegmentWriter(IndexFixture.PROFILE);
        add(writer, 1, 10);
        add(writer, 2, 10);
        Path block = write("segment", writer);
        rewriteTails(block, 1);
        assertThat(check(block)).singleElement().asString().contains("2 tails expected, found 1");
        rewriteTails(block, 1, 3);
        assertThat(check(block)).singleElement().asString().contains("tail of file 3");
        rewriteTails(block, 2, 2);
        assertThat(check(block)).singleElement().asString().contains("file 2 is out of order");
        Files.delete(block.resolve("tails"));
        assertThatThrownBy(() -> open(List.of(block))).isInstanceOf(NoSuchFileException.class);
    }

    @Test
    void tailsOutOfBoundsAreRefused() throws IOException {
        for (int bytes : new int[] {0, FileTail.MOST_BYTES + 1}) {
            SegmentWriter writer = new SegmentWriter(IndexFixture.PROFILE);
            writer.addFile(IndexFixture.file(1, 1), () -> new byte[bytes]);
            assertThatThrownBy(() -> writer.write(root.resolve("refused" + bytes)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("file 1");
        }
    }

    /** Replaces the tails of a block by others that its checksums cover. */
    private static void rewriteTails(Path block, long... ids) throws IOException {
        UUID blockId;
        try (var arena = Arena.ofConfined()) {
            blockId = MappedFile.open(block, IndexFormat.FILES, arena).envelope().blockId();
        }
        Files.delete(block.resolve("tails"));
        Envelope envelope = Envelope.of(IndexFormat.TAILS, IndexFixture.PROFILE, blockId);
        try (TailsWriter writer = new TailsWriter(block, envelope)) {
            for (long id : ids) {
                writer.add(id, new byte[] {1, 2});
            }
            writer.finish();
        }
    }

    private List<String> check(Path segment) throws IOException {
        try (IndexSnapshot snapshot = open(List.of(segment))) {
            return snapshot.check();
        }
    }

    /** Adds a file; with a tail, if it is to have bytes. */
    private static void add(SegmentWriter writer, int id, int bytes) {
        LakeFile file = IndexFixture.file(id, 1);
        if (bytes == 0) {
            writer.addFile(file);
        } else {
            writer.addFile(file, () -> IndexFixture.tail(id, bytes));
        }
    }

    private static void assertTail(IndexSnapshot snapshot, int id, int bytes) {
        var tail = snapshot.tail(IndexFixture.file(id, 1));
        if (bytes == 0) {
            assertThat(tail).as("tail of file %d", id).isEmpty();
        } else {
            assertThat(tail.orElseThrow()).isEqualTo(IndexFixture.tail(id, bytes));
        }
    }

    private Path write(String name, SegmentWriter writer) throws IOException {
        Path directory = root.resolve(name);
        writer.write(directory);
        return directory;
    }

    private IndexSnapshot open(List<Path> segments) throws IOException {
        return IndexSnapshot.open(List.of(dictionary), segments);
    }
}
