package dev.whence.index;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * How a {@link LakeFile} lies in a block of {@code files}; its dataset stands at the block's head.
 *
 * <pre>
 * Entry    = EntryBytes:varint FileId:varint RowGroups:varint RowGroup+ Bytes:varint Key
 * RowGroup = Rows:varint First:Domain Last:Domain
 * Domain   = Length:u8 Byte[Length]
 * Key      = Length:varint Byte[Length]      UTF-8
 * </pre>
 */
final class FileEntry {

    /** The longest object key of S3. */
    static final int MAX_KEY_BYTES = 1024;

    static final int MAX_ROW_GROUPS = 1 << 14;

    /** By dataset (unsigned), first domain and file id: the order of {@code files}. */
    static final Comparator<LakeFile> ORDER =
            Comparator.comparing(LakeFile::datasetId, Integer::compareUnsigned)
                    .thenComparing(FileEntry::firstDomain)
                    .thenComparingLong(LakeFile::fileId);

    private FileEntry() {}

    static String firstDomain(LakeFile file) {
        return file.rowGroups().getFirst().firstDomain();
    }

    static String lastDomain(LakeFile file) {
        return file.rowGroups().getLast().lastDomain();
    }

    /**
     * @throws IllegalArgumentException if the file's row groups are missing, too many, without rows
     *     or out of order, or its id, key, length or domains out of range
     */
    static void checkWritable(LakeFile file) {
        int groups = file.rowGroups().size();
        check(file.fileId() >= 0, file, "its id is negative");
        check(file.bytes() >= 0, file, "its length is negative");
        check(
                file.key().getBytes(UTF_8).length <= MAX_KEY_BYTES,
                file,
                "its key is longer than 1,024 bytes");
        check(groups >= 1, file, "it has no row group");
        check(groups <= MAX_ROW_GROUPS, file, "it has more than 16,384 row groups");
        DomainKey before = DomainKey.of(firstDomain(file));
        for (RowGroupBounds group : file.rowGroups()) {
            DomainKey first = DomainKey.of(group.firstDomain());
            DomainKey last = DomainKey.of(group.lastDomain());
            check(group.rows() > 0, file, "a row group has no rows");
            check(
                    before.compareTo(first) <= 0 && first.compareTo(last) <= 0,
                    file,
                    "its row groups are not sorted by domain");
            before = last;
        }
    }

    static void write(LakeFile file, BlockBuffer entry, BlockBuffer out) {
        entry.clear();
        entry.varint(file.fileId());
        entry.varint(file.rowGroups().size());
        for (RowGroupBounds group : file.rowGroups()) {
            entry.varint(group.rows());
            writeDomain(entry, group.firstDomain());
            writeDomain(entry, group.lastDomain());
        }
        entry.varint(file.bytes());
        byte[] key = file.key().getBytes(UTF_8);
        entry.varint(key.length);
        entry.put(key, 0, key.length);
        out.varint(entry.length());
        out.put(entry);
    }

    static void writeDomain(BlockBuffer out, String domain) {
        byte[] bytes = domain.getBytes(ISO_8859_1);
        out.u8(bytes.length);
        out.put(bytes, 0, bytes.length);
    }

    /** Takes the next entry out of a block. */
    static BlockReader next(BlockReader block) {
        return block.take(block.varint(BlockTreeWriter.MAX_BLOCK_BYTES));
    }

    /** Whether a row group's bounds hold the domain; allocates nothing. */
    static boolean mayHold(BlockReader entry, DomainKey domain) {
        entry.varint();
        int groups = entry.varint(MAX_ROW_GROUPS);
        for (int i = 0; i < groups; i++) {
            entry.varint();
            int first = compareDomain(entry, domain);
            int last = compareDomain(entry, domain);
            if (first > 0) {
                return false;
            }
            if (last >= 0) {
                return true;
            }
        }
        return false;
    }

    static LakeFile read(BlockReader entry, int datasetId) {
        long fileId = entry.varint();
        int groups = entry.varint(MAX_ROW_GROUPS);
        List<RowGroupBounds> rowGroups = new ArrayList<>();
        for (int i = 0; i < groups; i++) {
            long rows = entry.varint();
            rowGroups.add(new RowGroupBounds(rows, readDomain(entry), readDomain(entry)));
        }
        long bytes = entry.varint();
        byte[] key = new byte[entry.varint(MAX_KEY_BYTES)];
        entry.read(key, 0, key.length);
        return new LakeFile(
                fileId, datasetId, new String(key, UTF_8), bytes, List.copyOf(rowGroups));
    }

    static String readDomain(BlockReader in) {
        byte[] bytes = new byte[in.u8()];
        in.read(bytes, 0, bytes.length);
        return new String(bytes, ISO_8859_1);
    }

    /** How the domain that stands next compares with another; steps over it. */
    static int compareDomain(BlockReader in, DomainKey domain) {
        int length = in.u8();
        int order = in.compare(length, domain.bytes());
        in.skip(length);
        return order;
    }

    private static void check(boolean holds, LakeFile file, String problem) {
        if (!holds) {
            throw new IllegalArgumentException(
                    "File %d (%s): %s".formatted(file.fileId(), file.key(), problem));
        }
    }
}
