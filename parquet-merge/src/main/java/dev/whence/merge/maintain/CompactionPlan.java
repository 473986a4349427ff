package dev.whence.merge.maintain;

import dev.whence.merge.DataFile;
import dev.whence.merge.Partition;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Which files are put together. Pure and immutable.
 *
 * @param groups files of one partition each, at least two
 * @param bytesLeft of files that are due and that this run does not take
 */
public record CompactionPlan(List<Group> groups, long bytesLeft) {

    /** Files that become one, or a few if they are large together; in the table's order. */
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

    /**
     * Plans by sizes alone.
     *
     * @param files of the table, in its order
     */
    public static CompactionPlan of(List<DataFile> files, CompactionRules rules) {
        Map<Partition, List<DataFile>> byPartition = new LinkedHashMap<>();
        for (DataFile file : files) {
            if (file.bytes() < rules.fileBytes() / 2) {
                byPartition.computeIfAbsent(file.partition(), _ -> new ArrayList<>()).add(file);
            }
        }
        List<Group> taken = new ArrayList<>();
        long bytes = 0;
        long left = 0;
        for (List<DataFile> small : byPartition.values()) {
            for (List<DataFile> due : due(small, rules)) {
                for (Group group : split(inOrder(due, small), rules)) {
                    if (bytes + group.bytes() <= rules.runBytes()) {
                        taken.add(group);
                        bytes += group.bytes();
                    } else {
                        left += group.bytes();
                    }
                }
            }
        }
        return new CompactionPlan(taken, left);
    }

    /** Whether nothing is due. */
    public boolean changesNothing() {
        return groups.isEmpty();
    }

    /** Files that are put together. */
    public List<DataFile> files() {
        return groups.stream().flatMap(group -> group.files().stream()).toList();
    }

    /** Full tiers; of a partition that has none, and still too many files, the smallest. */
    private static List<List<DataFile>> due(List<DataFile> small, CompactionRules rules) {
        if (rules.takeAll()) {
            return List.of(small);
        }
        SortedMap<Integer, List<DataFile>> tiers = new TreeMap<>();
        for (DataFile file : small) {
            tiers.computeIfAbsent(tier(file.bytes(), rules.fanOut()), _ -> new ArrayList<>())
                    .add(file);
        }
        List<List<DataFile>> full =
                tiers.values().stream().filter(tier -> tier.size() >= rules.fanOut()).toList();
        return full.isEmpty() && small.size() > rules.mostFiles() ? List.of(smallest(small)) : full;
    }

    /** The power of the fan-out that a size reaches: what is put together reaches the next. */
    private static int tier(long bytes, int fanOut) {
        int tier = 0;
        for (long left = bytes; left >= fanOut; left /= fanOut) {
            tier++;
        }
        return tier;
    }

    /** Two, and all that at least double what they join: so rows are not written over and over. */
    private static List<DataFile> smallest(List<DataFile> small) {
        List<DataFile> bySize = new ArrayList<>(small);
        bySize.sort(Comparator.comparingLong(DataFile::bytes));
        List<DataFile> taken = new ArrayList<>(bySize.subList(0, 2));
        long bytes = taken.getFirst().bytes() + taken.getLast().bytes();
        for (DataFile file : bySize.subList(2, bySize.size())) {
            if (file.bytes() > bytes) {
                break;
            }
            taken.add(file);
            bytes += file.bytes();
        }
        return taken;
    }

    private static List<DataFile> inOrder(List<DataFile> due, List<DataFile> small) {
        Set<DataFile> chosen = new HashSet<>(due);
        return small.stream().filter(chosen::contains).toList();
    }

    /** A group ends before it is larger than a run; two small files never are. */
    private static List<Group> split(List<DataFile> files, CompactionRules rules) {
        List<Group> groups = new ArrayList<>();
        List<DataFile> group = new ArrayList<>();
        long bytes = 0;
        for (DataFile file : files) {
            if (bytes + file.bytes() > rules.runBytes()) {
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

    @Override
    public String toString() {
        var text = new StringBuilder();
        text.append(
                "put %,d files together in %,d groups, %,d bytes; due and left for the next run: %,d bytes\n"
                        .formatted(
                                files().size(),
                                groups.size(),
                                groups.stream().mapToLong(Group::bytes).sum(),
                                bytesLeft));
        for (Group group : groups) {
            text.append(
                    "together  %,d files, %,d bytes:\n"
                            .formatted(group.files().size(), group.bytes()));
            for (DataFile file : group.files()) {
                text.append("  %s: %,d bytes\n".formatted(file.key(), file.bytes()));
            }
        }
        return text.toString();
    }
}
