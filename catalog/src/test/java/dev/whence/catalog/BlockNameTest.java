package dev.whence.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class BlockNameTest {
    private final String id = BlockName.id(12, "01jabcdefghjkmnpqrstvwxyz0");

    @Test
    void readsTheVersionInTheKeyThatABlockGivesItsFiles() {
        var block = new Block(id, List.of(new FileRef("members", 1, 0)));
        assertThat(BlockName.of(block.keys().getFirst())).contains(new BlockName(id, 12));
    }

    @Test
    void findsNoNameInOtherKeys() {
        assertThat(BlockName.of("index/blocks/12-x/members")).isEmpty();
        assertThat(BlockName.of("index/blocks/" + id)).isEmpty();
        assertThat(BlockName.of("urls/" + id + "/members")).isEmpty();
    }
}
