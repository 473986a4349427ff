package dev.whence.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A fold stands where the blocks stood that it was made of, or nowhere. */
class VersionFollowsTest {
    private static final String FRESH = "01jabcdefghjkmnpqrstvwxyz0";

    private final Block table = new Block(Block.newId(1, FRESH), List.of());
    private final Version before =
            version(
                    4,
                    List.of(generation(1, 0, 5), generation(2, 5, 2), generation(3, 7, 9)),
                    List.of(segment(1, 1, 1), segment(2, 2, 3), segment(4, 4, 4)));

    @Test
    void takesUpABlockThatWasFoldedFromAdjacentOnes() {
        Version two =
                version(
                        5,
                        List.of(folded(4, 0, 0, 7), before.generations().getLast()),
                        before.segments());
        assertThat(two.requireFollows(Optional.of(before))).isEqualTo(two);
        Version upper =
                version(
                        5,
                        List.of(before.generations().getFirst(), folded(3, 5, 5, 11)),
                        List.of(foldedSegment(2, 1, 1, 4)));
        assertThat(upper.requireFollows(Optional.of(before))).isEqualTo(upper);
    }

    @Test
    void takesUpNoFoldThatStandsElsewhere() {
        assertRefused(folded(4, 0, 0, 6), "ends within a block");
        assertRefused(folded(4, 0, 0, 5), "takes the place of one block");
        assertRefused(folded(4, 0, 5, 11), "bears another place in its name");
        assertRefused(folded(5, 0, 0, 7), "was made of a later version");
        Block segments = new Block(BlockName.foldedId(IndexStack.SEGMENTS, 4, 0, FRESH), List.of());
        assertRefused(new GenerationRef(segments, 0, 7), "was made of the other stack");
        Block table = new Block(BlockName.foldedId(IndexStack.SEGMENTS, 4, 1, FRESH), List.of());
        assertRefused(new GenerationRef(table, 1, 6), "begins within a block");
    }

    @Test
    void takesUpNoFoldASecondTime() {
        GenerationRef fold = folded(4, 0, 0, 7);
        Version after =
                version(5, List.of(fold, before.generations().getLast()), before.segments());
        Version later = version(6, List.of(generation(6, 0, 16)), before.segments());
        later.requireFollows(Optional.of(after));
        Version again =
                version(7, List.of(fold, before.generations().getLast()), before.segments());
        assertThatThrownBy(() -> again.requireFollows(Optional.of(later)))
                .hasMessageContaining(fold.block().id());
    }

    private void assertRefused(GenerationRef fold, String why) {
        Version next = version(5, List.of(fold), before.segments());
        assertThatThrownBy(() -> next.requireFollows(Optional.of(before)))
                .as(why)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(fold.block().id());
    }

    private static GenerationRef generation(long version, int first, int domains) {
        return new GenerationRef(
                new Block(Block.newId(version, FRESH + "g"), List.of()), first, domains);
    }

    private static SegmentRef segment(long version, long from, long to) {
        return new SegmentRef(new Block(Block.newId(version, FRESH + "s"), List.of()), from, to);
    }

    private static GenerationRef folded(long base, long named, int first, int domains) {
        String id = BlockName.foldedId(IndexStack.GENERATIONS, base, named, FRESH);
        return new GenerationRef(new Block(id, List.of()), first, domains);
    }

    private static SegmentRef foldedSegment(long base, long named, long from, long to) {
        String id = BlockName.foldedId(IndexStack.SEGMENTS, base, named, FRESH);
        return new SegmentRef(new Block(id, List.of()), from, to);
    }

    private Version version(
            long number, List<GenerationRef> generations, List<SegmentRef> segments) {
        return new Version(
                Version.FORMAT,
                number,
                Instant.EPOCH,
                "writer",
                1,
                "2026-01-01",
                generations,
                segments,
                table,
                List.of(),
                List.of(),
                new Version.Counts(0, 0, 0, 0),
                0,
                0,
                0,
                List.of(),
                List.of());
    }
}
