package dev.whence.indexer;

import dev.whence.index.LakeFile;
import dev.whence.index.RowGroupBounds;
import dev.whence.url.DomainPrefix;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableSet;

/**
 * A dataset's files sorted by their first domain, in blocks of which the greatest last domain is
 * known: files whose bounds lie elsewhere are passed over by blocks. Immutable.
 */
final class FilesByDomain {
    private static final int BLOCK_FILES = 64;

    private final List<LakeFile> files;
    private final List<String> lastOfBlock = new ArrayList<>();

    FilesByDomain(List<LakeFile> files) {
        this.files =
                files.stream().sorted(Comparator.comparing(FilesByDomain::firstDomain)).toList();
        for (int block = 0; block < this.files.size(); block += BLOCK_FILES) {
            lastOfBlock.add(
                    block(block / BLOCK_FILES).stream()
                            .map(FilesByDomain::lastDomain)
                            .max(Comparator.naturalOrder())
                            .orElseThrow());
        }
    }

    /** The files of which a row group's bounds hold one of the domains, and whose prefix does. */
    List<Comparison.Side> mayHold(NavigableSet<String> domains) {
        var byPrefix = new DomainsByPrefix(domains);
        var sides = new ArrayList<Comparison.Side>();
        for (int block = 0; block < lastOfBlock.size(); block++) {
            List<LakeFile> some = block(block);
            if (firstDomain(some.getFirst()).compareTo(domains.last()) > 0) {
                break;
            }
            if (lastOfBlock.get(block).compareTo(domains.first()) >= 0) {
                for (LakeFile file : some) {
                    NavigableSet<String> own = byPrefix.of(DomainPrefix.ofKey(file.key()));
                    if (mayHoldOne(file, own)) {
                        sides.add(side(file, own));
                    }
                }
            }
        }
        return sides;
    }

    private List<LakeFile> block(int block) {
        int from = block * BLOCK_FILES;
        return files.subList(from, Math.min(files.size(), from + BLOCK_FILES));
    }

    private static Comparison.Side side(LakeFile file, NavigableSet<String> domains) {
        return new Comparison.Side(
                file.key(),
                file.bytes(),
                domains.subSet(firstDomain(file), true, lastDomain(file), true));
    }

    private static boolean mayHoldOne(LakeFile file, NavigableSet<String> domains) {
        for (RowGroupBounds group : file.rowGroups()) {
            String candidate = domains.ceiling(group.firstDomain());
            if (candidate != null && candidate.compareTo(group.lastDomain()) <= 0) {
                return true;
            }
        }
        return false;
    }

    private static String firstDomain(LakeFile file) {
        return file.rowGroups().getFirst().firstDomain();
    }

    private static String lastDomain(LakeFile file) {
        return file.rowGroups().getLast().lastDomain();
    }
}
