package dev.whence.indexer;

import dev.whence.index.LakeFile;
import dev.whence.url.DomainPrefix;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;

/**
 * Says by sizes alone which files of a dataset are due to be put together. A domain can be held by
 * the files of one folder for each number of digits: by those without a prefix, and by those of the
 * one prefix of each length that is its own. Folders are tiers: what comes lies without a prefix
 * and is put together there; a group too large for one file moves down, split by as many digits as
 * it needs. So all folders on the way to a domain share the number of files that may hold it.
 *
 * <p>Within a folder small files go first, and with them others up to twice as large as all of them
 * together: each row is written about log N times. Pure and immutable.
 */
final class DueFiles {
    static final int MOST_DIGITS = 4;

    /** Each file that is put together is opened. */
    private static final int MOST_OPENED = 512;

    /** How many files a folder with a prefix may keep: little and seldom comes there. */
    private static final int KEPT_BELOW = 2;

    private static final int BITS_OF_DIGIT = 4;

    private final CompactionSettings settings;

    DueFiles(CompactionSettings settings) {
        this.settings = settings;
    }

    /**
     * The groups that are due, each no larger than one run may be; the one with the oldest file
     * comes first, so that all have their turn.
     *
     * @param files all live files of one dataset
     */
    List<CompactionGroup> of(List<LakeFile> files) {
        var folders = new HashMap<DomainPrefix, List<LakeFile>>();
        int deepest = 0;
        for (LakeFile file : files) {
            DomainPrefix prefix = DomainPrefix.ofKey(file.key());
            deepest = Math.max(deepest, prefix.length());
            if (mayBeTaken(file, prefix)) {
                folders.computeIfAbsent(prefix, unseen -> new ArrayList<>()).add(file);
            }
        }
        int keptAbove = Math.max(1, settings.mostFiles() - KEPT_BELOW * deepest - 1);
        var groups = new ArrayList<CompactionGroup>();
        for (var folder : folders.entrySet()) {
            int digits = folder.getKey().length();
            List<LakeFile> due =
                    due(folder.getValue(), digits, digits == 0 ? keptAbove : KEPT_BELOW);
            if (!due.isEmpty()) {
                groups.add(group(due, digits));
            }
        }
        groups.sort(Comparator.comparingLong(CompactionGroup::oldestFile));
        return List.copyOf(groups);
    }

    /** One that no run could take is left alone, and one that cannot be split any more. */
    private boolean mayBeTaken(LakeFile file, DomainPrefix prefix) {
        return file.bytes() <= settings.runBytes()
                && (prefix.length() < MOST_DIGITS || file.bytes() < settings.fileBytes() / 2);
    }

    private List<LakeFile> due(List<LakeFile> folder, int digits, int kept) {
        List<LakeFile> bySize =
                folder.stream()
                        .sorted(
                                Comparator.comparingLong(LakeFile::bytes)
                                        .thenComparingLong(LakeFile::fileId))
                        .toList();
        int tooMany = Math.max(0, bySize.size() - kept);
        int similar = similar(bySize);
        if (tooMany == 0 && similar < settings.fanOut()) {
            return List.of();
        }
        int wanted = Math.max(similar, tooMany + 1);
        int take = 0;
        for (long bytes = 0; take < Math.min(wanted, MOST_OPENED); take++) {
            bytes += bySize.get(take).bytes();
            if (bytes > settings.runBytes()) {
                break;
            }
        }
        boolean alone =
                take == 1
                        && bySize.getFirst().bytes() > settings.fileBytes()
                        && digits < MOST_DIGITS;
        return take > 1 || alone ? bySize.subList(0, take) : List.of();
    }

    /** How many of the smallest are about of one size. */
    private static int similar(List<LakeFile> bySize) {
        long before = bySize.getFirst().bytes();
        int similar = 1;
        while (similar < bySize.size() && bySize.get(similar).bytes() <= 2 * before) {
            before += bySize.get(similar++).bytes();
        }
        return similar;
    }

    private CompactionGroup group(List<LakeFile> files, int digits) {
        long bytes = files.stream().mapToLong(LakeFile::bytes).sum();
        int more = 0;
        while (digits + more < MOST_DIGITS
                && bytes >> (BITS_OF_DIGIT * more) > settings.fileBytes()) {
            more++;
        }
        return new CompactionGroup(files.getFirst().datasetId(), files, digits + more);
    }
}
