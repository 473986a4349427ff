package dev.whence.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class BlockNameTest {
    private final String id = BlockName.id(12, "01jabcdefghjkmnpqrstvwxyz0");

    @Test
    void readsTheVersionInTheKeyThatABlockGivesItsFiles() {
        var block = new Block(id, List.of(new FileRef("members", 1, 0)));
        assertThat(BlockName.of(block.keys().getFirst())).contains(new BlockName.Own(id, 12));
    }

    @Test
    void readsWhatAFoldWasMadeOf() {
        String folded =
                BlockName.foldedId(IndexStack.SEGMENTS, 12, 3, "01jabcdefghjkmnpqrstvwxyz0");
        assertThat(folded)
                .isEqualTo(
                        "folded-segments-00000000000000000012-00000000000000000003-01jabcdefghjkmnpqrstvwxyz0");
        assertThat(BlockName.of(BlockName.key(folded, "members")))
                .contains(new BlockName.Folded(folded, IndexStack.SEGMENTS, 12, 3));
    }

    @Test
    void findsNoNameInOtherKeys() {
        assertThat(BlockName.of("index/blocks/12-x/members")).isEmpty();
        assertThat(BlockName.of("index/blocks/folded-" + id + "/members")).isEmpty();
        assertThat(BlockName.of("index/blocks/" + id)).isEmpty();
        assertThat(BlockName.of("urls/" + id + "/members")).isEmpty();
    }
}
