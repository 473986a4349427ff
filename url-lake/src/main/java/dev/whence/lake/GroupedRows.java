package dev.whence.lake;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The addresses of a buffer's rows by group, inside a group in the order in which they were added.
 * An address is the chunk's index in the upper half and the offset in the lower.
 */
final class GroupedRows {
    private final int[] groups;

    /** Where each group's addresses begin, and the end of the last. */
    private final int[] starts;

    private final long[] addresses;

    private GroupedRows(int[] groups, int[] starts, long[] addresses) {
        this.groups = groups;
        this.starts = starts;
        this.addresses = addresses;
    }

    /**
     * @param ends bytes used in each chunk
     */
    static GroupedRows of(List<byte[]> chunks, int[] ends, int rows) {
        Map<Integer, Place> places = new TreeMap<>();
        forEachRow(chunks, ends, places, (place, address) -> place.next++);

        int[] groups = new int[places.size()];
        int[] starts = new int[places.size() + 1];
        int i = 0;
        for (Map.Entry<Integer, Place> entry : places.entrySet()) {
            groups[i] = entry.getKey();
            starts[i + 1] = starts[i] + entry.getValue().next;
            entry.getValue().next = starts[i];
            i++;
        }
        long[] addresses = new long[rows];
        forEachRow(chunks, ends, places, (place, address) -> addresses[place.next++] = address);
        return new GroupedRows(groups, starts, addresses);
    }

    int[] groups() {
        return groups.clone();
    }

    /** A copy of a group's addresses. */
    long[] rowsOf(int group) {
        int i = Arrays.binarySearch(groups, group);
        if (i < 0) {
            throw new IllegalArgumentException("group " + group + " has no rows");
        }
        return Arrays.copyOfRange(addresses, starts[i], starts[i + 1]);
    }

    private static void forEachRow(
            List<byte[]> chunks, int[] ends, Map<Integer, Place> places, RowVisitor visitor) {
        int group = -1;
        Place place = new Place();
        for (int c = 0; c < ends.length; c++) {
            byte[] chunk = chunks.get(c);
            for (int row = 0; row < ends[c]; row += RowBytes.length(chunk, row)) {
                if (RowBytes.group(chunk, row) != group) {
                    group = RowBytes.group(chunk, row);
                    place = places.computeIfAbsent(group, unseen -> new Place());
                }
                visitor.visit(place, ((long) c << 32) | row);
            }
        }
    }

    /** A group's rows while they are counted, then the place of its next address. */
    private static final class Place {
        int next;
    }

    private interface RowVisitor {
        void visit(Place place, long address);
    }
}
