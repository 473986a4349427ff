package dev.whence.indexer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whence.catalog.Block;
import dev.whence.catalog.FileRef;
import dev.whence.catalog.SegmentRef;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DueFoldTest {
    private final DueFold dueFold = new DueFold(3, 4);

    @Test
    void foldsTheNewestOfWhatIsFree() {
        List<SegmentRef> stack = stack(90, 90, 90, 7, 7, 7);
        assertThat(dueFold.due(stack, ref -> true, blocks -> true)).contains(stack.subList(3, 6));
        Set<SegmentRef> taken = Set.copyOf(stack.subList(3, 6));
        assertThat(dueFold.due(stack, ref -> !taken.contains(ref), blocks -> true))
                .contains(stack.subList(0, 3));
        assertThat(dueFold.due(stack, ref -> !taken.contains(ref), blocks -> false)).isEmpty();
    }

    @Test
    void foldsNothingAcrossBlocksThatAreNotFree() {
        List<SegmentRef> stack = stack(7, 7, 90, 7, 7);
        assertThat(dueFold.due(stack, ref -> ref.block().bytes() == 7, blocks -> true)).isEmpty();
        assertThat(dueFold.any(stack, ref -> ref.block().bytes() == 7))
                .hasValueSatisfying(blocks -> assertThat(blocks).hasSize(2));
        assertThat(dueFold.any(stack, ref -> ref.block().bytes() == 90)).isEmpty();
    }

    @Test
    void foldsSomethingWhateverTheSizesIfItMust() {
        List<SegmentRef> stack = stack(1_000, 100, 10, 1);
        assertThat(dueFold.due(stack, ref -> true, blocks -> true)).isEmpty();
        assertThat(dueFold.any(stack, ref -> true)).isPresent();
    }

    private static List<SegmentRef> stack(long... sizes) {
        var stack = new ArrayList<SegmentRef>();
        for (long bytes : sizes) {
            long number = stack.size() + 1;
            var block =
                    new Block(
                            Block.newId(number, "fresh"),
                            List.of(new FileRef("members", bytes, 0)));
            stack.add(new SegmentRef(block, number, number));
        }
        return stack;
    }
}
