package dev.whence.index;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever happens to a file's bytes: a named error, or the same answers; never others. */
class DamageTest {

    @TempDir Path root;

    private IndexFixture index;
    private List<Object> answers;
    private List<Path> files;

    @BeforeEach
    void write() throws IOException {
        index = IndexFixture.write(root);
        try (IndexSnapshot snapshot = index.open()) {
            assertThat(snapshot.check()).isEmpty();
            answers = IndexFixture.answers(snapshot);
        }
        files = new ArrayList<>();
        for (Path block :
                Stream.concat(index.generations.stream(), index.segments.stream()).toList()) {
            try (Stream<Path> listed = Files.list(block)) {
                files.addAll(listed.sorted().toList());
            }
        }
        assertThat(files).hasSize(14);
    }

    @Test
    @Tag("slow")
    void anyFlippedByteIsNamedOrChangesNoAnswerAndIsFoundByTheCheck() throws IOException {
        Random random = Seed.random("DamageTest.flipped");
        for (Path file : files) {
            long bytes = Files.size(file);
            for (int at = 0; at < bytes; at++) {
                int place = at;
                int flip = 1 << random.nextInt(8);
                damage(file, content -> with(content, place, (byte) (content[place] ^ flip)));
            }
        }
    }

    @Test
    @Tag("slow")
    void anyTruncatedFileIsCorruptWhenOpened() throws IOException {
        for (Path file : files) {
            long bytes = Files.size(file);
            for (int length = 0; length < bytes; length++) {
                int kept = length;
                assertThat(damage(file, content -> Arrays.copyOf(content, kept))).isTrue();
            }
        }
    }

    @Test
    void anyExtendedFileIsCorruptWhenOpened() throws IOException {
        for (Path file : files) {
            for (int more : new int[] {1, 7, 16, 64, 4096}) {
                assertThat(damage(file, content -> Arrays.copyOf(content, content.length + more)))
                        .isTrue();
            }
            assertThat(
                            damage(
                                    file,
                                    content -> {
                                        byte[] twice = Arrays.copyOf(content, content.length * 2);
                                        System.arraycopy(
                                                content, 0, twice, content.length, content.length);
                                        return twice;
                                    }))
                    .isTrue();
        }
    }

    @Test
    void anyZeroedOrRandomRegionIsNamed() throws IOException {
        Random random = Seed.random("DamageTest.region");
        for (Path file : files) {
            for (int round = 0; round < 60; round++) {
                int bytes = (int) Files.size(file);
                int from = random.nextInt(bytes);
                int to = Math.min(bytes, from + 1 + random.nextInt(512));
                boolean zero = random.nextBoolean();
                damage(
                        file,
                        content -> {
                            byte[] changed = content.clone();
                            byte[] noise = new byte[to - from];
                            if (!zero) {
                                random.nextBytes(noise);
                            }
                            System.arraycopy(noise, 0, changed, from, noise.length);
                            return changed;
                        });
            }
        }
    }

    @Test
    void aFileInAnothersPlaceIsCorruptWhenOpened() throws IOException {
        for (Path file : files) {
            for (Path other : files) {
                byte[] foreign = Files.readAllBytes(other);
                boolean dictionaries =
                        other.endsWith("domains.dict") && file.endsWith("domains.dict");
                if (!other.equals(file) && !dictionaries) {
                    assertThat(damage(file, _ -> foreign)).isTrue();
                }
            }
        }
    }

    @Test
    void aMissingFileIsNamed() throws IOException {
        for (Path file : files) {
            byte[] content = Files.readAllBytes(file);
            Files.delete(file);
            try (IndexSnapshot _ = index.open()) {
                throw new AssertionError("opened without " + file);
            } catch (NoSuchFileException e) {
                assertThat(e).hasMessageContaining(file.getFileName().toString());
            }
            Files.write(file, content);
        }
    }

    /** Damages a file, asks everything, and mends it; whether opening noticed. */
    private boolean damage(Path file, UnaryOperator<byte[]> change) throws IOException {
        byte[] content = Files.readAllBytes(file);
        byte[] changed = change.apply(content);
        if (Arrays.equals(content, changed)) {
            return true;
        }
        Files.write(file, changed);
        try (IndexSnapshot snapshot = index.open()) {
            assertThat(snapshot.check()).as("check of %s", file).isNotEmpty();
            try {
                assertThat(IndexFixture.answers(snapshot)).as("%s", file).isEqualTo(answers);
            } catch (UncheckedIOException e) {
                assertThat(e).hasCauseInstanceOf(CorruptIndexFileException.class);
            }
            return false;
        } catch (IndexFileException e) {
            assertThat(e).hasMessageContaining(file.getParent().getFileName().toString());
            return true;
        } finally {
            Path mended = file.resolveSibling("mended");
            Files.write(mended, content);
            Files.move(mended, file, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private static byte[] with(byte[] content, int at, byte value) {
        byte[] changed = content.clone();
        changed[at] = value;
        return changed;
    }
}
