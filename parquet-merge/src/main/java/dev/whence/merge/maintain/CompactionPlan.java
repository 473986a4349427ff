package dev.whence.merge.maintain;

import dev.whence.merge.DataFile;
import dev.whence.merge.Partition;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Which files are put together. Pure and immutable.
 *
 * @param groups files of one partition each, at least two
 * @param left bytes of files that are due and that one run does not take
 */
public record CompactionPlan(List<Group> groups, long left) {

    /** Files that become one, or a few if they are large together. */
    public record Group(List<DataFile> files) {
        public Group {
            files = List.copyOf(files);
        }

        public long bytes() {
            return files.stream().mapToLong(DataFile::bytes).sum();
        }
    }

    public CompactionPlan {
        groups = List.copyOf(groups);
    }

    /** Plans by sizes alone. */
    public static CompactionPlan of(List<DataFile> files, CompactionRules rules) {
        Map<Partition, List<DataFile>> byPartition = new LinkedHashMap<>();
        for (DataFile file : files) {
            if (file.bytes() < rules.fileBytes() / 2) {
                byPartition.computeIfAbsent(file.partition(), _ -> new ArrayList<>()).add(file);
            }
        }
        List<Group> due = new ArrayList<>();
        byPartition.values().forEach(small -> due.addAll(due(small, rules)));
        List<Group> taken = new ArrayList<>();
        long bytes = 0;
        long left = 0;
        for (Group group : due) {
            if (taken.isEmpty() || bytes + group.bytes() <= rules.runBytes()) {
                taken.add(group);
                bytes += group.bytes();
            } else {
                left += group.bytes();
            }
        }
        return new CompactionPlan(taken, left);
    }

    public boolean isEmpty() {
        return groups.isEmpty();
    }

    /** Files that are put together. */
    public List<DataFile> files() {
        return groups.stream().flatMap(group -> group.files().stream()).toList();
    }

    /** Tiers of files of about one size, from the smallest on; a full one is due. */
    private static List<Group> due(List<DataFile> small, CompactionRules rules) {
        List<DataFile> bySize = new ArrayList<>(small);
        bySize.sort(Comparator.comparingLong(DataFile::bytes));
        if (bySize.size() > rules.mostFiles() && bySize.size() > 1) {
            return split(bySize, rules);
        }
        List<Group> due = new ArrayList<>();
        int from = 0;
        for (int i = 1; i <= bySize.size(); i++) {
            boolean ends =
                    i == bySize.size()
                            || bySize.get(i).bytes() / rules.fanOut() > bySize.get(from).bytes();
            if (ends) {
                List<DataFile> tier = bySize.subList(from, i);
                if (tier.size() >= rules.fanOut()) {
                    due.addAll(split(tier, rules));
                }
                from = i;
            }
        }
        return due;
    }

    /** A group ends before it is larger than one run may be. */
    private static List<Group> split(List<DataFile> files, CompactionRules rules) {
        List<Group> groups = new ArrayList<>();
        List<DataFile> group = new ArrayList<>();
        long bytes = 0;
        for (DataFile file : files) {
            if (group.size() > 1 && bytes + file.bytes() > rules.runBytes()) {
                groups.add(new Group(group));
                group = new ArrayList<>();
                bytes = 0;
            }
            group.add(file);
            bytes += file.bytes();
        }
        if (group.size() > 1) {
            groups.add(new Group(group));
        }
        return groups;
    }
}
