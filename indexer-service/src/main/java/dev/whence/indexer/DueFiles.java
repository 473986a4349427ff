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
 * <p>Within a folder, of files that follow each other by size those are put together that are worth
 * most: the exponential of the entropy of their sizes, which is their number if all are of one
 * size, and little more than one if one is much larger than the others. A row whose file is put
 * together with as much again as it is worth has its file grow by that factor: each is written
 * about log N times, and no large file is written anew for the sake of a small one. Pure and
 * immutable.
 */
final class DueFiles {
    static final int MOST_DIGITS = 4;

    /** Each file that is put together is opened. */
    private static final int MOST_OPENED = 512;

    /** How many files a folder with a prefix may keep: little and seldom comes there. */
    private static final int KEPT_BELOW = 2;

    private static final int BITS_OF_DIGIT = 4;
    private static final double ROUNDING = 1e-6;

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
        Window best = best(bySize);
        boolean tooMany = bySize.size() > kept;
        if (best.files().size() > 1 && (tooMany || best.worth() > settings.fanOut() - ROUNDING)) {
            return best.files();
        }
        LakeFile smallest = bySize.getFirst();
        boolean alone = tooMany && digits < MOST_DIGITS && smallest.bytes() > settings.fileBytes();
        return alone ? List.of(smallest) : List.of();
    }

    /** Files that follow each other by size, and how many files of one size they are worth. */
    private record Window(List<LakeFile> files, double worth) {}

    private Window best(List<LakeFile> bySize) {
        Window best = new Window(List.of(), 0);
        for (int from = 0; from < bySize.size() - 1; from++) {
            long sum = 0;
            double weighted = 0;
            int most = Math.min(bySize.size(), from + MOST_OPENED);
            for (int to = from; to < most; to++) {
                double bytes = Math.max(1, bySize.get(to).bytes());
                sum += bySize.get(to).bytes();
                if (sum > settings.runBytes()) {
                    break;
                }
                weighted += bytes * Math.log(bytes);
                double worth = Math.exp(Math.log((double) sum) - weighted / sum);
                if (to > from && worth > best.worth() + ROUNDING) {
                    best = new Window(bySize.subList(from, to + 1), worth);
                }
            }
        }
        return best;
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
