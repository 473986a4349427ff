package dev.whence.indexer;

import dev.whence.catalog.Block;
import dev.whence.catalog.BlockName;
import dev.whence.catalog.Version;
import dev.whence.catalog.VersionChain;
import java.io.IOException;
import java.util.Optional;

/**
 * Finds the version in which the lowest of some folded blocks ceased to stand: with this fold, with
 * another, or never yet. No version takes up a block again. Remembers the last answer: the files of
 * a block come one after the other. Not thread-safe.
 */
final class FoldEnds {
    private final VersionChain versions;
    private final ChainEnds ends;
    private String asked = "";
    private Optional<Version> end = Optional.empty();

    FoldEnds(VersionChain versions, ChainEnds ends) {
        this.versions = versions;
        this.ends = ends;
    }

    /** That version; empty while there is none, or if there never was such a block. */
    Optional<Version> of(BlockName.Folded folded) throws IOException {
        if (end.isEmpty() || !asked.equals(folded.blockId())) {
            end = find(folded);
            asked = folded.blockId();
        }
        return end;
    }

    private Optional<Version> find(BlockName.Folded folded) throws IOException {
        Optional<Block> lowest = versions.read(folded.base()).flatMap(folded::lowest);
        return lowest.isEmpty()
                ? Optional.empty()
                : ends.firstWithout(folded.base(), version -> version.names(lowest.get().id()));
    }
}
