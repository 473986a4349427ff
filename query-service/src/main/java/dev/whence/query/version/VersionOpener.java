package dev.whence.query.version;

import dev.whence.catalog.BlockCache;
import dev.whence.catalog.DatasetTable;
import dev.whence.catalog.LocalVersion;
import dev.whence.catalog.Version;
import dev.whence.index.CorruptIndexFileException;
import dev.whence.index.IndexSnapshot;
import dev.whence.url.UrlProfile;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.List;

/**
 * Fetches what a version needs and is not here yet, or is damaged here, and opens it. Thread-safe.
 */
final class VersionOpener {
    private final BlockCache blocks;
    private final UrlProfile profile;

    VersionOpener(BlockCache blocks, UrlProfile profile) {
        this.blocks = blocks;
        this.profile = profile;
    }

    /**
     * Opens a version.
     *
     * @throws UnknownProfileException if its domains were cut by other rules than ours: lookups
     *     would miss silently
     * @throws IOException if a block cannot be fetched, or is not what the version says
     */
    OpenVersion open(Version version) throws IOException {
        var made = new UrlProfile(version.urlProfile(), version.suffixListDate());
        if (!made.equals(profile)) {
            throw new UnknownProfileException(version.number(), made, profile);
        }
        LocalVersion local = LocalVersion.fetch(version, blocks);
        try {
            return map(version, local);
        } catch (CorruptIndexFileException | NoSuchFileException e) {
            // It was whole when it was fetched, so this may be the local disk's doing.
            if (!blocks.dropDamaged(version.blocks().toList())) {
                throw e;
            }
            return map(version, LocalVersion.fetch(version, blocks));
        }
    }

    private static OpenVersion map(Version version, LocalVersion local) throws IOException {
        // Before anything is mapped: what goes wrong here must leave no mapping behind.
        List<DatasetTable.Row> datasets = List.copyOf(local.table().rows());
        return new OpenVersion(
                version, IndexSnapshot.open(local.generations(), local.segments()), datasets);
    }
}
